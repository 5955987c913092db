// :params {items: ['border-control', 'OP1/5', 'section/OP3cd']}
// The names of obligations and themes.
UNWIND $items AS id
MATCH (n:Theme|Obligation {id: id})
RETURN DISTINCT id, n.name AS name
ORDER BY id;
