// :params {as_of: date('2020-12-31')}
// All States on the date, and the regional organisations that groupings may be held together by.
MATCH (s:State)
WHERE s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
OPTIONAL MATCH (s)-[m:MEMBER_OF]->(o:RegionalOrganisation)
WHERE m.valid_to IS NULL AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
WITH s, o ORDER BY o.id
RETURN s.iso3 AS iso3, s.name AS name, coalesce(s.languages, []) AS languages,
  [x IN collect(DISTINCT {id: o.id, name: o.name}) WHERE x.id IS NOT NULL] AS organisations
ORDER BY iso3;
