// :params {states: ['SLE'], as_of: date('2020-12-31'), evidence: ['treaty', 'assessment', 'stated_need'], visible: ['public']}
// What is known about the fields of these States on that date: one row an item, with its States as lists in the order of
// READING in readings.py (a row a State and item takes twice as long to send and read). An item is the row of the matrix
// in OP 1 and the theme elsewhere. Of each source and kind the latest statements count; any negative wins.
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) IN $states
WITH DISTINCT s // so that Neo4j begins here, not with all statements
MATCH (s)-[:HAS_FIELD]->(f:Field)<-[about:ABOUT]-(st:Statement)-[from:FROM]->(source:Source)
WHERE about.valid_to IS NULL AND from.valid_to IS NULL AND st.retired IS NULL
  AND st.kind IN $evidence AND st.visibility IN $visible AND st.reading <> 'unknown'
  AND st.holds_from <= $as_of AND coalesce(st.holds_until, $as_of) >= $as_of
WITH DISTINCT coalesce(s.iso3, s.id) AS iso3, f, st, source.id AS source
WITH iso3, f, source, st.kind AS kind, max(st.observed_at) AS latest, collect(st) AS statements
UNWIND [st IN statements WHERE st.observed_at = latest] AS st
MATCH (f)-[c:CONCERNS]->(target:Obligation|Theme)
WHERE c.valid_to IS NULL
OPTIONAL MATCH (target)-[t:CONCERNS]->(theme:Theme)
WHERE t.valid_to IS NULL AND target.section <> 'OP1'
WITH DISTINCT iso3, coalesce(theme, target) AS item, st
ORDER BY st.observed_at DESC, st.id
WITH iso3, item, collect(st) AS statements
WITH iso3, item, [st IN statements | [st.id, st.text, st.kind, st.reading]] AS told,
  CASE
    WHEN any(st IN statements WHERE st.reading = 'incomplete') THEN 'incomplete'
    WHEN any(st IN statements WHERE st.reading = 'no entry') THEN 'no entry'
    ELSE 'in place'
  END AS reading,
  any(st IN statements WHERE st.reading = 'in place') AND any(st IN statements WHERE st.reading <> 'in place') AS conflict
RETURN item.id AS item, item.name AS name, collect([iso3, reading, conflict, told]) AS readings
ORDER BY item;
