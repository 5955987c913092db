// :params {states: ['SLE', 'GIN'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Ids of the programmes that may run in the States on the date (the rule of entry_points.cypher), with their start.
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
RETURN DISTINCT p.id AS id, p.start_earliest AS began;
