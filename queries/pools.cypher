// :params {themes: ['biosafety-biosecurity'], as_of: date('2026-11-21'), recorded: date('2026-11-21'), year_before: date('2025-11-21'), asked_since: date('2021-11-21'), visible: ['public']}
// What States have done, received or asked for under these themes by the date: one row a record and State.
MATCH (t:Theme)<-[c:CONCERNS]-(p:Precedent)-[to:RECEIVED_BY]->(s:State)
WHERE c.valid_to IS NULL AND to.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
  AND p.kind = 'help' AND coalesce(p.date_latest, p.date_earliest, $recorded) <= $as_of
WITH DISTINCT t, p, s
WHERE t.id IN $themes
RETURN DISTINCT 'received' AS kind, s.iso3 AS iso3, 'Precedent' AS type, p.id AS id, p.title AS title, p.date_text AS date
UNION ALL
MATCH (t:Theme)<-[c:CONCERNS]-(p:Precedent)-[by:PROVIDED_BY]->(agency:State|Organisation)
WHERE c.valid_to IS NULL AND by.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
  AND p.kind = 'help' AND coalesce(p.date_latest, p.date_earliest, $recorded) <= $as_of
WITH DISTINCT t, p, agency
WHERE t.id IN $themes
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State)
WHERE part.valid_to IS NULL
WITH DISTINCT p, coalesce(above, agency) AS s
WHERE s:State
RETURN 'gave' AS kind, s.iso3 AS iso3, 'Precedent' AS type, p.id AS id, p.title AS title, p.date_text AS date
UNION ALL
MATCH (t:Theme)<-[c:CONCERNS]-(a:Activity)-[i:INVOLVES]->(s:State)
WHERE t.id IN $themes AND c.valid_to IS NULL AND i.valid_to IS NULL AND a.retired IS NULL AND a.visibility IN $visible
  AND i.role IN ['host', 'subject', 'participant', 'reviewer'] AND NOT a.kind IN ['joint external evaluation', 'funding']
  AND coalesce(a.date_latest, a.date_earliest, $recorded) <= $as_of
RETURN DISTINCT 'event' AS kind, s.iso3 AS iso3, 'Activity' AS type, a.id AS id, a.title AS title, a.date_text AS date
UNION ALL
MATCH (t:Theme)<-[c:CONCERNS]-(a:Activity)-[to:RECEIVED_BY]->(s:State)
WHERE t.id IN $themes AND c.valid_to IS NULL AND to.valid_to IS NULL AND a.retired IS NULL AND a.visibility IN $visible
  AND a.kind IN ['activity', 'contract line'] AND a.date_earliest <= $year_before
RETURN DISTINCT 'reported' AS kind, s.iso3 AS iso3, 'Activity' AS type, a.id AS id, a.title AS title, a.date_text AS date
UNION ALL
MATCH (t:Theme)<-[c:CONCERNS]-(x:Request|Need)<-[states:STATES_NEED*0..1]-(r:Request)-[by:MADE_BY]->(s:State)
WHERE t.id IN $themes AND c.valid_to IS NULL AND by.valid_to IS NULL AND all(one IN states WHERE one.valid_to IS NULL)
  AND x.retired IS NULL AND x.visibility IN $visible AND r.retired IS NULL AND r.visibility IN $visible
  AND coalesce(r.date_earliest, r.date_latest, $as_of) <= $as_of AND coalesce(r.date_latest, r.date_earliest, $as_of) >= $asked_since
RETURN DISTINCT 'request' AS kind, s.iso3 AS iso3, 'Request' AS type, r.id AS id, r.subject AS title, r.date_text AS date;
