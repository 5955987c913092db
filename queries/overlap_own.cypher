// :params {who: 'undp', as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Ids of the programmes that an organisation or a State, or an agency below it, funds or carries out, wherever they
// are, and that may run on the date (the rule of entry_points.cypher), with their start.
MATCH (who:State|Territory|Organisation)
WHERE coalesce(who.iso3, who.id) = $who
WITH DISTINCT who // so that Neo4j begins here, not with all programmes
MATCH (who)<-[r:FUNDED_BY|IMPLEMENTED_BY]-(p:Programme)
WHERE r.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
RETURN p.id AS id, p.start_earliest AS began
UNION
MATCH (above:State|Organisation)<-[part:PART_OF]-(agency:Organisation)
WHERE coalesce(above.iso3, above.id) = $who AND part.valid_to IS NULL
WITH DISTINCT agency
MATCH (agency)<-[r:FUNDED_BY|IMPLEMENTED_BY]-(p:Programme)
WHERE r.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
RETURN p.id AS id, p.start_earliest AS began;
