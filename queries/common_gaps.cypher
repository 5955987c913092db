// :params {statements: ['SLE/BWC/2026-01-23'], least: 3}
// The sources of these statements that speak of at least so many States: one that speaks of a single State would
// name it by its title.
UNWIND $statements AS id
MATCH (st:Statement {id: id})-[from:FROM]->(s:Source)
WHERE from.valid_to IS NULL
MATCH (st)-[about:ABOUT]->(f:Field)<-[has:HAS_FIELD]-(state:State)
WHERE about.valid_to IS NULL AND has.valid_to IS NULL
WITH s, count(DISTINCT state.iso3) AS states
WHERE states >= $least
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
ORDER BY id;
