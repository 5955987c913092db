// :params {state: 'BRB', as_of: date('2026-11-21'), most: 25}
// The regional organisations of which the State is a member on the date and the sub-regions that it lies in, if they
// have no more members than `most`: few enough to speak with one voice, or to sit round one table. With the members.
MATCH (s:State)-[m:MEMBER_OF]->(o:Organisation)
WHERE s.iso3 = $state AND o.regional = true AND m.valid_to IS NULL AND o.retired IS NULL
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
WITH DISTINCT o
MATCH (o)<-[n:MEMBER_OF]-(other:State)
WHERE n.valid_to IS NULL AND other.retired IS NULL AND coalesce(other.since, $as_of) <= $as_of
  AND (n.status = 'member' OR (n.status = 'former' AND n.until IS NOT NULL))
  AND coalesce(n.since, $as_of) <= $as_of AND (n.until IS NULL OR n.until > $as_of)
WITH DISTINCT o, other
ORDER BY other.iso3
WITH o, collect({iso3: other.iso3, name: other.name}) AS members
WHERE size(members) >= 3 AND size(members) <= $most
RETURN 'organisation' AS kind, o.id AS id, o.name AS name, members
UNION ALL
MATCH (s:State)-[up:PART_OF*1..3]->(region:Region)
WHERE s.iso3 = $state AND all(one IN up WHERE one.valid_to IS NULL) AND region.level <> 'region'
WITH DISTINCT region
MATCH (region)<-[down:PART_OF*1..2]-(other:State)
WHERE all(one IN down WHERE one.valid_to IS NULL) AND other.retired IS NULL AND coalesce(other.since, $as_of) <= $as_of
WITH DISTINCT region, other
ORDER BY other.iso3
WITH region, collect({iso3: other.iso3, name: other.name}) AS members
WHERE size(members) >= 3 AND size(members) <= $most
RETURN 'region' AS kind, region.id AS id, region.name AS name, members;
