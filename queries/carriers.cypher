// :params {states: ['BRB'], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// The programmes that may run in these States on the date: one row a sector or theme that they are under, with the
// themes that it opens and each State and programme as one word, which for thousands of them is read soonest.
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
MATCH (p)-[link:IN_SECTOR|TOUCHES]->(x:Sector|Theme)
WHERE link.valid_to IS NULL
WITH x, collect(DISTINCT iso3 + ' ' + p.id) AS those
RETURN those, CASE WHEN x:Theme THEN [x.id] ELSE [(x)-[opens:OPENS]->(t:Theme) WHERE opens.valid_to IS NULL | t.id] END AS themes
ORDER BY x.id;
