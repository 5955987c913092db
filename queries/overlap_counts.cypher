// :params {ids: ['SL/000724']}
// How many of these programmes open each theme, by their sectors or titles.
UNWIND $ids AS id
MATCH (p:Programme {id: id})-[link:IN_SECTOR|TOUCHES]->(x:Sector|Theme)
WHERE link.valid_to IS NULL
OPTIONAL MATCH (x:Sector)-[opens:OPENS]->(opened:Theme)
WHERE opens.valid_to IS NULL
WITH DISTINCT p, coalesce(opened, x) AS t
WHERE t:Theme
RETURN t.id AS theme, count(p) AS number
ORDER BY theme;
