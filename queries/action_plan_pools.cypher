// :params {states: ['SLE', 'GIN'], as_of: date('2026-11-21'), recorded: date('2026-11-21'), year_before: date('2025-11-21'), asked_since: date('2021-11-21'), visible: ['public']}
// What these States have done, received or asked for by the date, by the rule of pools.cypher, but found from the
// States, which is much less to read where all themes are asked about for a few of them.
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[to:RECEIVED_BY]-(p:Precedent)-[c:CONCERNS]->(t:Theme)
WHERE c.valid_to IS NULL AND to.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
  AND p.kind = 'help' AND coalesce(p.date_latest, p.date_earliest, $recorded) <= $as_of
RETURN DISTINCT 'received' AS kind, t.id AS theme, iso3, 'Precedent' AS type, p.id AS id, p.title AS title, p.date_text AS date
UNION ALL
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})
MATCH (s)<-[chain:PART_OF|PROVIDED_BY*1..2]-(p:Precedent)
WHERE all(one IN chain WHERE one.valid_to IS NULL) AND p.retired IS NULL AND p.visibility IN $visible
  AND p.kind = 'help' AND coalesce(p.date_latest, p.date_earliest, $recorded) <= $as_of
MATCH (p)-[c:CONCERNS]->(t:Theme)
WHERE c.valid_to IS NULL
RETURN DISTINCT 'gave' AS kind, t.id AS theme, iso3, 'Precedent' AS type, p.id AS id, p.title AS title, p.date_text AS date
UNION ALL
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[i:INVOLVES]-(a:Activity)-[c:CONCERNS]->(t:Theme)
WHERE c.valid_to IS NULL AND i.valid_to IS NULL AND a.retired IS NULL AND a.visibility IN $visible
  AND i.role IN ['host', 'subject', 'participant', 'reviewer'] AND NOT a.kind IN ['joint external evaluation', 'funding']
  AND coalesce(a.date_latest, a.date_earliest, $recorded) <= $as_of
RETURN DISTINCT 'event' AS kind, t.id AS theme, iso3, 'Activity' AS type, a.id AS id, a.title AS title, a.date_text AS date
UNION ALL
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[to:RECEIVED_BY]-(a:Activity)-[c:CONCERNS]->(t:Theme)
WHERE c.valid_to IS NULL AND to.valid_to IS NULL AND a.retired IS NULL AND a.visibility IN $visible
  AND a.kind IN ['activity', 'contract line'] AND a.date_earliest <= $year_before
RETURN DISTINCT 'reported' AS kind, t.id AS theme, iso3, 'Activity' AS type, a.id AS id, a.title AS title, a.date_text AS date
UNION ALL
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[by:MADE_BY]-(r:Request)-[states:STATES_NEED*0..1]->(x:Request|Need)-[c:CONCERNS]->(t:Theme)
WHERE c.valid_to IS NULL AND by.valid_to IS NULL AND all(one IN states WHERE one.valid_to IS NULL)
  AND x.retired IS NULL AND x.visibility IN $visible AND r.retired IS NULL AND r.visibility IN $visible
  AND coalesce(r.date_earliest, r.date_latest, $as_of) <= $as_of AND coalesce(r.date_latest, r.date_earliest, $as_of) >= $asked_since
RETURN DISTINCT 'request' AS kind, t.id AS theme, iso3, 'Request' AS type, r.id AS id, r.subject AS title, r.date_text AS date;
