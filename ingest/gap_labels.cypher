// :params {today: date('2026-11-21'), evidence: ['matrix', 'treaty', 'assessment', 'stated_need', 'law']}
// Fields with a negative statement that holds today and is the latest of its source and kind carry Gap.
MATCH (f:Field)
OPTIONAL MATCH (f)<-[about:ABOUT]-(s:Statement)-[from:FROM]->(source:Source)
WHERE about.valid_to IS NULL AND from.valid_to IS NULL AND s.visibility = 'public' AND s.reading <> 'unknown'
  AND s.retired IS NULL AND s.kind IN $evidence
  AND s.holds_from <= $today AND coalesce(s.holds_until, $today) >= $today
WITH f, source.id AS source, s.kind AS kind, max(s.observed_at) AS latest, collect(s) AS statements
WITH f, [s IN statements WHERE s.observed_at = latest AND s.reading IN ['incomplete', 'no entry']] AS negative
WITH f, sum(size(negative)) > 0 AS gap
WHERE gap <> f:Gap
FOREACH (_ IN CASE WHEN gap THEN [1] ELSE [] END | SET f:Gap)
FOREACH (_ IN CASE WHEN gap THEN [] ELSE [1] END | REMOVE f:Gap);
