// All themes.
MATCH (t:Theme)
WHERE t.retired IS NULL
RETURN t.id AS id, t.name AS name
ORDER BY id;
