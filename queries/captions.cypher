// :params {state: [], territory: [], organisation: [], region: [], theme: [], obligation: [], statement: [], source: [], sector: [], request: [], need: [], offer: [], mandate: [], precedent: [], programme: [], legislation: [], activity: [], actionplan: [], benefit: [], field: [], visible: ['public']}
// What these records are called, by type, where the caller may see them.
UNWIND $state AS id
MATCH (n:State {iso3: id})
RETURN 'State' AS type, id, n.name AS name
UNION ALL
UNWIND $territory AS id
MATCH (n:Territory {id: id})
RETURN 'Territory' AS type, id, n.name AS name
UNION ALL
UNWIND $organisation AS id
MATCH (n:Organisation {id: id})
RETURN 'Organisation' AS type, id, n.name AS name
UNION ALL
UNWIND $region AS id
MATCH (n:Region {id: id})
RETURN 'Region' AS type, id, n.name AS name
UNION ALL
UNWIND $theme AS id
MATCH (n:Theme {id: id})
RETURN 'Theme' AS type, id, n.name AS name
UNION ALL
UNWIND $obligation AS id
MATCH (n:Obligation {id: id})
RETURN 'Obligation' AS type, id, n.name AS name
UNION ALL
UNWIND $statement AS id
MATCH (n:Statement {id: id}) WHERE n.visibility IN $visible
RETURN 'Statement' AS type, id, n.text AS name
UNION ALL
UNWIND $source AS id
MATCH (n:Source {id: id})
RETURN 'Source' AS type, id, n.title AS name
UNION ALL
UNWIND $sector AS id
MATCH (n:Sector {id: id})
RETURN 'Sector' AS type, id, n.name AS name
UNION ALL
UNWIND $request AS id
MATCH (n:Request {id: id}) WHERE n.visibility IN $visible
RETURN 'Request' AS type, id, n.subject AS name
UNION ALL
UNWIND $need AS id
MATCH (n:Need {id: id}) WHERE n.visibility IN $visible
RETURN 'Need' AS type, id, n.subject AS name
UNION ALL
UNWIND $offer AS id
MATCH (n:Offer {id: id}) WHERE n.visibility IN $visible
RETURN 'Offer' AS type, id, n.subject AS name
UNION ALL
UNWIND $mandate AS id
MATCH (n:Mandate {id: id}) WHERE n.visibility IN $visible
RETURN 'Mandate' AS type, id, n.subject AS name
UNION ALL
UNWIND $precedent AS id
MATCH (n:Precedent {id: id}) WHERE n.visibility IN $visible
RETURN 'Precedent' AS type, id, n.title AS name
UNION ALL
UNWIND $programme AS id
MATCH (n:Programme {id: id}) WHERE n.visibility IN $visible
RETURN 'Programme' AS type, id, n.title AS name
UNION ALL
UNWIND $legislation AS id
MATCH (n:Legislation {id: id}) WHERE n.visibility IN $visible
RETURN 'Legislation' AS type, id, n.title AS name
UNION ALL
UNWIND $activity AS id
MATCH (n:Activity {id: id}) WHERE n.visibility IN $visible
RETURN 'Activity' AS type, id, n.title AS name
UNION ALL
UNWIND $actionplan AS id
MATCH (n:ActionPlan {id: id}) WHERE n.visibility IN $visible
RETURN 'ActionPlan' AS type, id, n.title AS name
UNION ALL
UNWIND $benefit AS id
MATCH (n:Benefit {id: id}) WHERE n.visibility IN $visible
RETURN 'Benefit' AS type, id, n.sentence AS name
UNION ALL
UNWIND $field AS id
MATCH (place)-[has:HAS_FIELD]->(n:Field {id: id})-[concerns:CONCERNS]->(item)
WHERE has.valid_to IS NULL AND concerns.valid_to IS NULL
RETURN 'Field' AS type, id, place.name + ': ' + item.name AS name;
