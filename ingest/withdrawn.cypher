// :params {datasets: ['programmes-sle']}
// Data sets of earlier versions that still say something.
MATCH (d:Dataset)<-[r:REPORTED_BY]-()
WHERE d.id IN $datasets AND r.valid_to IS NULL
RETURN DISTINCT d.id AS id, d.title AS title, d.rank AS rank
ORDER BY id;
