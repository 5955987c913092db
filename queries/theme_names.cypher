// :params {themes: ['border-control']}
// The names of these themes.
UNWIND $themes AS theme
MATCH (t:Theme {id: theme})
RETURN t.id AS id, t.name AS name
ORDER BY id;
