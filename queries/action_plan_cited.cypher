// :params {statement: [], offer: [], mandate: [], precedent: [], programme: [], request: [], need: [], legislation: [], activity: [], actionplan: [], organisation: [], state: [], membership: ['caricom']}
// From which sources each of these records comes: one row a record and source. `membership` are organisations, for
// the sources of who their members are.
UNWIND $statement AS id
MATCH (:Statement {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Statement' AS type, id, s.id AS source
UNION ALL
UNWIND $offer AS id
MATCH (:Offer {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Offer' AS type, id, s.id AS source
UNION ALL
UNWIND $mandate AS id
MATCH (:Mandate {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Mandate' AS type, id, s.id AS source
UNION ALL
UNWIND $precedent AS id
MATCH (:Precedent {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Precedent' AS type, id, s.id AS source
UNION ALL
UNWIND $programme AS id
MATCH (:Programme {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Programme' AS type, id, s.id AS source
UNION ALL
UNWIND $request AS id
MATCH (:Request {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Request' AS type, id, s.id AS source
UNION ALL
UNWIND $need AS id
MATCH (:Need {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Need' AS type, id, s.id AS source
UNION ALL
UNWIND $legislation AS id
MATCH (:Legislation {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Legislation' AS type, id, s.id AS source
UNION ALL
UNWIND $activity AS id
MATCH (:Activity {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Activity' AS type, id, s.id AS source
UNION ALL
UNWIND $actionplan AS id
MATCH (:ActionPlan {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'ActionPlan' AS type, id, s.id AS source
UNION ALL
UNWIND $organisation AS id
MATCH (:Organisation {id: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'Organisation' AS type, id, s.id AS source
UNION ALL
UNWIND $state AS id
MATCH (:State {iso3: id})-[f:FROM]->(s:Source) WHERE f.valid_to IS NULL
RETURN DISTINCT 'State' AS type, id, s.id AS source
UNION ALL
UNWIND $membership AS id
MATCH (:Organisation {id: id})<-[m:MEMBER_OF]-(:State) WHERE m.valid_to IS NULL AND m.source IS NOT NULL
RETURN DISTINCT 'Membership' AS type, id, m.source AS source;
