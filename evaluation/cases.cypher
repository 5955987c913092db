// :params {visible: ['public']}
// Documented help, one row a precedent: who gave it (at the level at which partners are ranked), to whom, under which
// themes, and when.
MATCH (p:Precedent)
WHERE p.kind = 'help' AND p.retired IS NULL AND p.visibility IN $visible
RETURN p.id AS id, p.title AS title, p.date_earliest AS began, p.date_latest AS ended, p.recipients_text AS recipients_text,
  COLLECT {
    MATCH (p)-[by:PROVIDED_BY]->(agency:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH coalesce(above, agency) AS partner
    RETURN DISTINCT coalesce(partner.iso3, partner.id)
  } AS providers,
  COLLECT {
    MATCH (p)-[to:RECEIVED_BY]->(place:State|Territory|Organisation)
    WHERE to.valid_to IS NULL
    RETURN DISTINCT coalesce(place.iso3, place.id)
  } AS recipients,
  COLLECT {
    MATCH (p)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT t.id
  } AS themes
ORDER BY id;
