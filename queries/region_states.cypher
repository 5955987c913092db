// :params {region: 'Caribbean', as_of: date('2026-11-21')}
// The States of a region of the United Nations' M49 list, at any of its levels, on the date.
MATCH (s:State)-[part:PART_OF*1..3]->(r:Region {id: $region})
WHERE all(p IN part WHERE p.valid_to IS NULL) AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
RETURN DISTINCT s.iso3 AS iso3, s.name AS name
ORDER BY iso3;
