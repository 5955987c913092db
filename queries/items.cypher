// :params {asked: ['OP3c', 'border-control']}
// The items behind themes and obligations asked for: the theme itself, and what in OP 1 belongs to it; of an
// obligation, itself if it is a row of OP 1, else its themes and those of the rows under it. And the
// sections of the matrix in which that stands.
UNWIND $asked AS id
MATCH (n:Theme|Obligation {id: id})
OPTIONAL MATCH (n)<-[part:PART_OF*1..3]-(under:Obligation)
WHERE all(p IN part WHERE p.valid_to IS NULL)
WITH id, n, [n] + collect(DISTINCT under) AS all
UNWIND all AS one
OPTIONAL MATCH (one)-[c:CONCERNS]->(theme:Theme)
WHERE c.valid_to IS NULL
OPTIONAL MATCH (one)<-[d:CONCERNS]-(row:Obligation {section: 'OP1', level: 'row'})
WHERE d.valid_to IS NULL
WITH id, collect(DISTINCT CASE WHEN one:Theme OR one.section = 'OP1' THEN one.id END)
  + collect(DISTINCT CASE WHEN one:Obligation AND coalesce(one.section, '') <> 'OP1' THEN theme.id END)
  + collect(DISTINCT row.id) AS items,
  collect(DISTINCT CASE WHEN one:Theme THEN one.id ELSE theme.id END) AS themes,
  collect(DISTINCT CASE WHEN one:Theme THEN one.sections[0] ELSE one.section END) AS sections
RETURN id, items, themes, sections
ORDER BY id;
