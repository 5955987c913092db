// All organisations by id; a name that the table of partners' names does not resolve is none yet.
MATCH (o:Organisation)
WHERE o.retired IS NULL AND coalesce(o.unresolved, false) = false
RETURN o.id AS id, o.name AS name, o.short_name AS short_name, o.kind AS kind, coalesce(o.regional, false) AS regional
ORDER BY id;
