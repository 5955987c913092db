// :params {themes: ['transport'], states: ['BRB', 'JAM'], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// In which of these States a programme that may run on the date (the rule of entry_points.cypher) opens which of these
// themes, by its sector or its title: from the themes, for those that some region lacks are few.
UNWIND $themes AS theme
MATCH (:Theme {id: theme})<-[opens:OPENS]-(:Sector)<-[in:IN_SECTOR]-(p:Programme)
WHERE opens.valid_to IS NULL AND in.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
MATCH (p)-[active:ACTIVE_IN]->(s:State)
WHERE active.valid_to IS NULL AND s.iso3 IN $states
RETURN DISTINCT theme, s.iso3 AS iso3
UNION
UNWIND $themes AS theme
MATCH (:Theme {id: theme})<-[touches:TOUCHES]-(p:Programme)
WHERE touches.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
MATCH (p)-[active:ACTIVE_IN]->(s:State)
WHERE active.valid_to IS NULL AND s.iso3 IN $states
RETURN DISTINCT theme, s.iso3 AS iso3;
