// :params {ids: ['SL/000724'], themes: ['border-control']}
// These programmes with their dates, who pays, and how they open the themes.
UNWIND $ids AS id
MATCH (p:Programme {id: id})
WHERE p.closed IS NULL
RETURN id, p.title AS title, p.start_text AS start, p.end_text AS end,
  COLLECT {
    MATCH (p)-[f:FUNDED_BY]->(o:State|Territory|Organisation)
    WHERE f.valid_to IS NULL
    RETURN DISTINCT o.name
  } AS funders,
  COLLECT {
    MATCH (p)-[i:IN_SECTOR]->(:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes
    RETURN {theme: t.id, how: o.how, directness: o.directness}
    UNION
    MATCH (p)-[o:TOUCHES]->(t:Theme)
    WHERE o.valid_to IS NULL AND t.id IN $themes
    RETURN {theme: t.id, how: o.how, directness: o.directness}
  } AS opens
ORDER BY id;
