// :params {statement: [], offer: [], mandate: [], precedent: [], programme: [], request: [], need: [], legislation: [], activity: [], actionplan: [], benefit: [], organisation: [], pointofcontact: [], state: [], source: []}
// The sources of the records that an answer rests on.
UNWIND $statement AS id
MATCH (:Statement {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $offer AS id
MATCH (:Offer {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $mandate AS id
MATCH (:Mandate {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $precedent AS id
MATCH (:Precedent {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $programme AS id
MATCH (:Programme {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $request AS id
MATCH (:Request {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $need AS id
MATCH (:Need {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $legislation AS id
MATCH (:Legislation {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $activity AS id
MATCH (:Activity {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $actionplan AS id
MATCH (:ActionPlan {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $benefit AS id
MATCH (:Benefit {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $pointofcontact AS id
MATCH (:PointOfContact {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $organisation AS id
MATCH (:Organisation {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $state AS id
MATCH (:State {iso3: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence
UNION
UNWIND $source AS id
MATCH (s:Source {id: id})
RETURN DISTINCT s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence;
