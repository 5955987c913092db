// :params {statements: [], offers: [], precedents: [], programmes: [], requests: []}
// The sources of the records that an answer rests on.
UNWIND $statements AS id
MATCH (:Statement {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $offers AS id
MATCH (:Offer {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $precedents AS id
MATCH (:Precedent {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $programmes AS id
MATCH (:Programme {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $requests AS id
MATCH (:Request {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence;
