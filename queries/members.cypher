// :params {organisation: 'ecowas', as_of: date('2020-12-31')}
// The States that are members of the organisation on the date (on the day on which it ends it is over).
MATCH (s:State)-[m:MEMBER_OF]->(:Organisation {id: $organisation})
WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
RETURN DISTINCT s.iso3 AS iso3, s.name AS name
ORDER BY iso3;
