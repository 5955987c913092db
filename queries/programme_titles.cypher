// :params {ids: ['SL/000724']}
// The titles of these programmes.
UNWIND $ids AS id
MATCH (p:Programme {id: id})
RETURN id, p.title AS title
ORDER BY id;
