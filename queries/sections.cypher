// The sections of the matrix with what is read in each: in OP 1 the rows, elsewhere the themes whose main section it is.
MATCH (section:Obligation {level: 'section'})
RETURN section.id AS section, section.row AS place, 0 AS number, null AS item, section.name AS name
UNION ALL
MATCH (row:Obligation {level: 'row', section: 'OP1'})-[part:PART_OF]->(section:Obligation {level: 'section'})
WHERE part.valid_to IS NULL
RETURN DISTINCT section.id AS section, section.row AS place, row.row AS number, row.id AS item, row.name AS name
UNION ALL
MATCH (theme:Theme)
WHERE theme.retired IS NULL AND size(theme.sections) > 0
MATCH (section:Obligation {id: 'section/' + theme.sections[0]})
RETURN section.id AS section, section.row AS place, 1000 AS number, theme.id AS item, theme.name AS name;
