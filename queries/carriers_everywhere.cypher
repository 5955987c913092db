// :params {states: ['BRB'], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// As `carriers.cypher`, for so many States that it is sooner done to look at every programme once than at each State's.
// What most programmes fail is asked first.
MATCH (p:Programme)
WHERE coalesce(p.end_latest, $as_of) >= $as_of AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL) AND coalesce(p.start_earliest, $as_of) <= $as_of
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
  AND p.closed IS NULL AND p.retired IS NULL AND p.visibility IN $visible
MATCH (p)-[link:IN_SECTOR|TOUCHES]->(x:Sector|Theme)
WHERE link.valid_to IS NULL
MATCH (p)-[active:ACTIVE_IN]->(s:State)
WHERE active.valid_to IS NULL AND s.iso3 IN $states
WITH x, collect(DISTINCT s.iso3 + ' ' + p.id) AS those
RETURN those, CASE WHEN x:Theme THEN [x.id] ELSE [(x)-[opens:OPENS]->(t:Theme) WHERE opens.valid_to IS NULL | t.id] END AS themes
ORDER BY x.id;
