// :params {states: ['SLE', 'GIN'], themes: ['border-control'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Programmes that may run in these States on the date, whoever funds or carries them out, with the themes that they
// open, and in which of the States each runs.
UNWIND $states AS iso3
MATCH (place:State|Territory)
WHERE coalesce(place.iso3, place.id) = iso3
WITH DISTINCT iso3, place // so that Neo4j begins here, not with all programmes
MATCH (place)<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH p, collect(DISTINCT iso3) AS states
WITH p, states,
  [(p)-[i:IN_SECTOR]->(sector:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, how: o.how, directness: o.directness, through: 'the sector ' + sector.name}]
  + [(p)-[touches:TOUCHES]->(t:Theme)
    WHERE touches.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, how: touches.how, directness: touches.directness, through: 'the title'}]
  AS opens
WHERE size(opens) > 0
RETURN p.id AS id, p.title AS title, p.start_text AS start, p.end_text AS end, p.end_latest AS end_latest,
  p.amount AS amount, p.currency AS currency, states,
  COLLECT {
    MATCH (p)-[by:FUNDED_BY|IMPLEMENTED_BY]->(agency:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    RETURN DISTINCT agency.name AS name ORDER BY name
  } AS agencies, [] AS roles, opens
ORDER BY id;
