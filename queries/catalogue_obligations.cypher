// The obligations of resolution 1540 (2004) as paragraphs, sections of the matrix and its rows, with their themes.
MATCH (o:Obligation)
WHERE o.retired IS NULL AND o.level <> 'cell'
RETURN o.id AS id, o.name AS name, o.description AS description, o.level AS level, o.section AS section,
  COLLECT {
    MATCH (o)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL AND t.retired IS NULL
    RETURN DISTINCT t.id
  } AS themes
ORDER BY id;
