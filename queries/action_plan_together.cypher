// :params {state: 'BRB', as_of: date('2026-11-21'), most: 25}
// The regional organisations of which the State is a member on the date, if they have no more members than `most`:
// few enough to speak with one voice. With the members.
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
RETURN o.id AS id, o.name AS name, members
ORDER BY id;
