// :params {}
// The requests that are held.
MATCH (r:Request)
WHERE r.retired IS NULL
RETURN r.id AS id
ORDER BY id;
