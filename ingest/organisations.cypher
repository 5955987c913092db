// :params {}
// The organisations that are known by name, whoever told of them.
MATCH (o:Organisation)
WHERE o.retired IS NULL AND coalesce(o.unresolved, false) = false
RETURN o.id AS id, [name IN [o.name, o.short_name] + coalesce(o.other_names, []) WHERE name IS NOT NULL] AS names
ORDER BY id;
