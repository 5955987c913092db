// :params {state: 'SLE', dataset: '', as_of: date('2026-12-31'), visible: ['public']}
// The fields of a State's matrix as its own form has them, of that date or earlier: all matrices that are held, or of
// one data set.
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = $state
MATCH (s)-[:HAS_FIELD]->(:Field)<-[about:ABOUT]-(st:Statement {kind: 'matrix'})-[r:REPORTED_BY]->(d:Dataset)
WHERE about.valid_to IS NULL AND st.retired IS NULL AND st.visibility IN $visible AND r.valid_to IS NULL
  AND st.observed_at <= $as_of AND $dataset IN ['', d.id]
RETURN DISTINCT d.id AS dataset, st.id AS id, st.indicator AS field, st.row_label AS label, st.grade AS grade,
  st.document AS document, st.note AS remarks, st.observed_text AS date, st.observed_at AS observed_at,
  st.edition AS edition, st.complete AS complete, st.approved AS approved, st.visibility AS visibility
ORDER BY observed_at DESC, dataset, id;
