// :params {}
// All regions with their level: region, subregion or intermediate region.
MATCH (r:Region)
WHERE r.retired IS NULL
RETURN r.id AS id, r.level AS level
ORDER BY id;
