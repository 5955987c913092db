// :params {ids: ['border-control']}
// What these themes are about, and to which sections of the matrix they belong.
UNWIND $ids AS id
MATCH (t:Theme {id: id})
RETURN id, t.name AS name, t.description AS description, coalesce(t.sections, []) AS sections
ORDER BY id;
