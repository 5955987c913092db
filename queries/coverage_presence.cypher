// :params {themes: ['border-control'], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// In which States a programme that may run on the date (the rule of entry_points.cypher) opens which of these themes.
MATCH (p:Programme)-[active:ACTIVE_IN]->(s:State)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH p, collect(DISTINCT s.iso3) AS states
WITH states, [(p)-[i:IN_SECTOR]->(:Sector)-[o:OPENS]->(t:Theme) WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes | t.id]
  + [(p)-[touches:TOUCHES]->(t:Theme) WHERE touches.valid_to IS NULL AND t.id IN $themes | t.id] AS themes
UNWIND themes AS theme
UNWIND states AS iso3
RETURN DISTINCT theme, iso3
ORDER BY theme, iso3;
