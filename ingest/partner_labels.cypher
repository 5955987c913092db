// Whoever offers, funds, implements or has helped carries Partner, and so does the State or organisation above it.
MATCH (partner:State|Organisation)
WHERE NOT partner:Partner AND (
  EXISTS {
    MATCH (partner)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE r.valid_to IS NULL AND what.retired IS NULL
  }
  OR EXISTS {
    MATCH (partner)<-[part:PART_OF]-(:Organisation)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE part.valid_to IS NULL AND r.valid_to IS NULL AND what.retired IS NULL
  }
)
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
