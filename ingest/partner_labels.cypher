// Whoever offers, funds, implements or has helped carries Partner, and so does the State or organisation above it.
MATCH (p:State|Organisation)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
WHERE r.valid_to IS NULL AND what.retired IS NULL
OPTIONAL MATCH (p)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH collect(DISTINCT p) + collect(DISTINCT above) AS partners
UNWIND partners AS partner
WITH DISTINCT partner
WHERE NOT partner:Partner
SET partner:Partner;

MATCH (partner:Partner)
WHERE NOT EXISTS {
    MATCH (partner)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE r.valid_to IS NULL AND what.retired IS NULL
  }
  AND NOT EXISTS {
    MATCH (partner)<-[part:PART_OF]-(:Organisation)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE part.valid_to IS NULL AND r.valid_to IS NULL AND what.retired IS NULL
  }
REMOVE partner:Partner;
