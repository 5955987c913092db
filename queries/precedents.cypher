// :params {themes: ['border-control'], kinds: ['help'], as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// What took place under these themes by the date: one row a precedent, with who provided and received it. A partner is
// the State or organisation above the agency that the source names.
MATCH (p:Precedent)
WHERE p.retired IS NULL AND p.visibility IN $visible AND p.kind IN $kinds
  AND coalesce(p.date_latest, p.date_earliest, $recorded) <= $as_of
  AND EXISTS {
    MATCH (p)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL AND t.id IN $themes
  }
RETURN p.id AS id, p.title AS title, p.date_text AS date, p.date_earliest AS earliest, p.date_latest AS latest,
  p.kind AS kind, p.rode_on AS rode_on, p.outcome AS outcome, p.recipients_text AS recipients_text,
  COLLECT {
    MATCH (p)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    WITH DISTINCT t
    ORDER BY t.id
    RETURN {id: t.id, name: t.name}
  } AS themes,
  COLLECT {
    MATCH (p)-[by:PROVIDED_BY]->(agency:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH DISTINCT coalesce(agency.iso3, agency.id) AS id, agency.name AS name,
      coalesce(above.iso3, above.id) AS above, above.name AS above_name
    ORDER BY id, above
    RETURN {id: id, name: name, above: above, above_name: above_name}
  } AS providers,
  COLLECT {
    MATCH (p)-[to:RECEIVED_BY]->(r:State|Territory|Organisation)
    WHERE to.valid_to IS NULL
    WITH DISTINCT r
    ORDER BY r.name
    RETURN {id: coalesce(r.iso3, r.id), name: r.name}
  } AS recipients,
  COLLECT {
    MATCH (p)-[from:FROM]->(source:Source)
    WHERE from.valid_to IS NULL
    RETURN DISTINCT source.id
  } AS sources
ORDER BY id;
