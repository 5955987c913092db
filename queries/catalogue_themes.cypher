// All themes by id, with the sections of the matrix that they belong to.
MATCH (t:Theme)
WHERE t.retired IS NULL
RETURN t.id AS id, t.name AS name, t.description AS description, coalesce(t.sections, []) AS sections
ORDER BY id;
