// :params {}
// The State or organisation above each agency: the level at which partners are ranked.
MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
RETURN DISTINCT agency.id AS id, coalesce(above.iso3, above.id) AS partner
ORDER BY id, partner;
