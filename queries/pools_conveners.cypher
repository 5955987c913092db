// :params {themes: ['biosafety-biosecurity'], as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// Which organisations (for an agency, the organisation above it as well) a record ties to these themes by the date: a
// standing mandate, an offer, help that they gave. One row an organisation, theme and record.
MATCH (t:Theme)<-[c:COVERS|CONCERNS]-(record:Mandate|Offer|Precedent)-[by:MADE_BY|PROVIDED_BY]->(agency:Organisation)
WHERE t.id IN $themes AND c.valid_to IS NULL AND by.valid_to IS NULL AND record.retired IS NULL AND record.visibility IN $visible
  AND coalesce(agency.unresolved, false) = false AND coalesce(record.kind, 'help') = 'help'
  AND coalesce(record.date_earliest, CASE WHEN record:Offer THEN $as_of ELSE coalesce(record.date_latest, $recorded) END) <= $as_of
OPTIONAL MATCH (agency)-[part:PART_OF]->(above:Organisation)
WHERE part.valid_to IS NULL
UNWIND [agency, above] AS o
WITH DISTINCT t, record, o, agency
WHERE o IS NOT NULL
RETURN t.id AS theme, o.id AS id, o.name AS name, coalesce(o.regional, false) AS regional,
  CASE WHEN record:Mandate THEN 'Mandate' WHEN record:Offer THEN 'Offer' ELSE 'Precedent' END AS type,
  record.id AS record, coalesce(record.subject, record.title) AS title, agency.name AS agency
ORDER BY theme, id, type, record;
