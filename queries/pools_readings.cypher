// :params {items: ['biosafety-biosecurity', 'OP1/5'], states: ['SLE', 'KEN'], as_of: date('2026-11-21'), evidence: ['treaty', 'assessment', 'stated_need'], visible: ['public']}
// How these items read for these States on that date, by the rule of readings.cypher, but found from the items, which
// is much less to read where few of them are asked about for many States.
UNWIND $items AS id
MATCH (item:Theme|Obligation {id: id})
OPTIONAL MATCH (item)<-[t:CONCERNS]-(o:Obligation)
WHERE t.valid_to IS NULL AND o.section <> 'OP1'
WITH item, [item] + collect(DISTINCT o) AS targets
UNWIND targets AS target
MATCH (target)<-[c:CONCERNS]-(f:Field)<-[:HAS_FIELD]-(s:State)
WHERE c.valid_to IS NULL AND s.iso3 IN $states
MATCH (f)<-[about:ABOUT]-(st:Statement)-[from:FROM]->(source:Source)
WHERE about.valid_to IS NULL AND from.valid_to IS NULL AND st.retired IS NULL
  AND st.kind IN $evidence AND st.visibility IN $visible AND st.reading <> 'unknown'
  AND st.holds_from <= $as_of AND coalesce(st.holds_until, $as_of) >= $as_of
WITH DISTINCT s.iso3 AS iso3, item, f, st, source.id AS source
WITH iso3, item, f, source, st.kind AS kind, max(st.observed_at) AS latest, collect(st) AS statements
UNWIND [st IN statements WHERE st.observed_at = latest] AS st
WITH DISTINCT iso3, item, st
ORDER BY iso3, item.id, st.observed_at DESC, st.id
WITH iso3, item, collect(st) AS statements
RETURN iso3, item.id AS item, item.name AS name,
  CASE
    WHEN any(st IN statements WHERE st.reading = 'incomplete') THEN 'incomplete'
    WHEN any(st IN statements WHERE st.reading = 'no entry') THEN 'no entry'
    ELSE 'in place'
  END AS reading,
  any(st IN statements WHERE st.reading = 'in place') AND any(st IN statements WHERE st.reading <> 'in place') AS conflict,
  [st IN statements | {id: st.id, text: st.text, kind: st.kind, reading: st.reading}] AS statements
ORDER BY iso3, item;
