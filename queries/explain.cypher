// :params {states: ['SLE'], items: ['border-control', 'section/OP3cd'], visible: ['public']}
// All statements about these items in these States, whether they hold on a date or not: an item is the row of the
// matrix in OP 1, the theme elsewhere, and the section for laws. With where each stands in its source and here.
UNWIND $states AS iso3
MATCH (s:State|Territory)-[:HAS_FIELD]->(f:Field)<-[about:ABOUT]-(st:Statement)
WHERE coalesce(s.iso3, s.id) = iso3 AND about.valid_to IS NULL AND st.retired IS NULL AND st.visibility IN $visible
MATCH (f)-[c:CONCERNS]->(target:Obligation|Theme)
WHERE c.valid_to IS NULL
OPTIONAL MATCH (target)-[t:CONCERNS]->(theme:Theme)
WHERE t.valid_to IS NULL AND target.section <> 'OP1'
WITH DISTINCT iso3, coalesce(theme, target) AS item, f, st
WHERE item.id IN $items
RETURN iso3, item.id AS item, item.name AS name, f.id AS field, st.id AS id, st.text AS text, st.kind AS kind,
  st.grade AS grade, st.reading AS reading, st.reason AS reason, st.observed_text AS observed,
  st.observed_at AS observed_at, st.valid_from AS valid_from, st.valid_to AS valid_to,
  st.holds_from AS holds_from, st.holds_until AS holds_until, st.note AS note,
  COLLECT {
    MATCH (st)-[from:FROM]->(source:Source)
    WHERE from.valid_to IS NULL
    RETURN DISTINCT {id: source.id, title: source.title, publisher: source.publisher, line: from.source_line} AS place
  } AS sources,
  COLLECT {
    MATCH (st)-[r:REPORTED_BY]->(d:Dataset)
    WHERE r.valid_to IS NULL
    RETURN DISTINCT {dataset: d.id, line: r.line} AS place
  } AS here
ORDER BY iso3, item, observed_at DESC, id;
