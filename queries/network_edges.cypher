// :params {state: ['SLE'], territory: [], organisation: [], region: [], theme: [], obligation: [], request: [], need: [], offer: [], precedent: [], programme: [], sector: [], legislation: [], activity: [], actionplan: [], benefit: [], field: [], statement: [], source: [], ids: ['SLE', 'ecowas'], relationships: ['MEMBER_OF', 'ACTIVE_IN'], as_of: date('2026-11-21')}
// The relationships among the nodes that are shown (given by type, and all their ids once more), each from its start.
CALL () {
  UNWIND $state AS id
  MATCH (n:State {iso3: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $territory AS id
  MATCH (n:Territory {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $organisation AS id
  MATCH (n:Organisation {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $region AS id
  MATCH (n:Region {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $theme AS id
  MATCH (n:Theme {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $obligation AS id
  MATCH (n:Obligation {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $request AS id
  MATCH (n:Request {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $need AS id
  MATCH (n:Need {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $offer AS id
  MATCH (n:Offer {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $precedent AS id
  MATCH (n:Precedent {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $programme AS id
  MATCH (n:Programme {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $sector AS id
  MATCH (n:Sector {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $legislation AS id
  MATCH (n:Legislation {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $activity AS id
  MATCH (n:Activity {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $actionplan AS id
  MATCH (n:ActionPlan {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $benefit AS id
  MATCH (n:Benefit {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $field AS id
  MATCH (n:Field {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $statement AS id
  MATCH (n:Statement {id: id})-[r]->(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $source AS id
  MATCH (n:Source {id: id})-[r]->(m)
  RETURN n, r, m
}
WITH n, r, m
WHERE r.valid_to IS NULL AND type(r) IN $relationships AND coalesce(m.iso3, m.id) IN $ids
  AND (type(r) <> 'MEMBER_OF' OR (coalesce(r.since, $as_of) <= $as_of AND (r.until IS NULL OR r.until > $as_of) AND NOT (coalesce(r.status, '') = 'former' AND r.until IS NULL)))
RETURN DISTINCT labels(n) AS from_labels, coalesce(n.iso3, n.id) AS from_id, type(r) AS type, labels(m) AS to_labels, coalesce(m.iso3, m.id) AS to_id,
  properties(r) AS properties
ORDER BY from_id, type, to_id;
