// :params {keys: ['DEU'], helps: true}
// Whoever offers, funds, implements or has helped carries Partner, and so does the State or organisation above it.
// These are those that do and should not, or the other way round, with the number of their relationships.
MATCH (partner:State|Organisation)
WITH partner, EXISTS {
    MATCH (partner)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE r.valid_to IS NULL AND what.retired IS NULL
  }
  OR EXISTS {
    MATCH (partner)<-[part:PART_OF]-(:Organisation)<-[r:FUNDED_BY|IMPLEMENTED_BY|PROVIDED_BY|MADE_BY]-(what:Programme|Precedent|Offer)
    WHERE part.valid_to IS NULL AND r.valid_to IS NULL AND what.retired IS NULL
  } AS helps
WHERE helps <> partner:Partner
RETURN coalesce(partner.iso3, partner.id) AS key, helps, COUNT { (partner)--() } AS degree
ORDER BY key;

MATCH (partner:State|Organisation)
WHERE partner.iso3 IN $keys OR partner.id IN $keys
FOREACH (_ IN CASE WHEN $helps THEN [1] ELSE [] END | SET partner:Partner)
FOREACH (_ IN CASE WHEN $helps THEN [] ELSE [1] END | REMOVE partner:Partner);
