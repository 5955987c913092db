// :params {}
// The States and territories that are known, whoever told of them, with all of their names.
MATCH (s:State|Territory)
WHERE s.retired IS NULL
RETURN coalesce(s.iso3, s.id) AS id, CASE WHEN s:State THEN 'State' ELSE 'Territory' END AS label,
  [name IN [s.name, s.iso2, s.name_en, s.name_fr, s.name_es, s.name_ar, s.name_zh, s.name_ru]
    + coalesce(s.other_names, []) WHERE name IS NOT NULL] AS names
ORDER BY id;
