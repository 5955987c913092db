// :params {as_of: date('2026-11-21')}
// The regions of the United Nations' M49 list with their States on the date.
MATCH (region:Region)<-[part:PART_OF*1..3]-(s:State)
WHERE all(p IN part WHERE p.valid_to IS NULL) AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
WITH DISTINCT region, s.iso3 AS iso3
ORDER BY region.id, iso3
RETURN region.id AS id, region.name AS name, region.level AS level, collect(iso3) AS states
ORDER BY id;
