// :params {organisations: ['caricom', 'sica'], as_of: date('2009-10-01')}
// The States that are members of these organisations on the date (on the day on which it ends it is over).
UNWIND $organisations AS id
MATCH (s:State)-[m:MEMBER_OF]->(:Organisation {id: id})
WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
RETURN DISTINCT id, s.iso3 AS iso3
ORDER BY id, iso3;
