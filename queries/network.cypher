// :params {state: ['SLE'], territory: [], organisation: [], region: [], theme: [], obligation: [], request: [], need: [], offer: [], precedent: [], programme: [], sector: [], legislation: [], activity: [], actionplan: [], benefit: [], field: [], statement: [], source: [], seen: ['State SLE'], relationships: ['ACTIVE_IN', 'MEMBER_OF', 'RECEIVED_BY'], types: ['Programme', 'Organisation', 'Precedent', 'Theme'], free: ['Programme', 'Organisation', 'Precedent', 'Theme'], themes: [], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), most: 300, visible: ['public']}
// One level of a neighbourhood: what is linked with the nodes that are shown already (by type, `$seen` all of them as
// type and id), counted by type, and of each type the `$most` that come first. Kept out: what is retired, no longer
// said, not visible or not there on the date; records of help under other themes (types not in `$free`). A programme
// without an end comes after those with one, a line of a costed plan after the needs of requests; then they go by how
// many of the shown nodes they are linked with.
CALL () {
  UNWIND $state AS id
  MATCH (n:State {iso3: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $territory AS id
  MATCH (n:Territory {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $organisation AS id
  MATCH (n:Organisation {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $region AS id
  MATCH (n:Region {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $theme AS id
  MATCH (n:Theme {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $obligation AS id
  MATCH (n:Obligation {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $request AS id
  MATCH (n:Request {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $need AS id
  MATCH (n:Need {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $offer AS id
  MATCH (n:Offer {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $precedent AS id
  MATCH (n:Precedent {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $programme AS id
  MATCH (n:Programme {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $sector AS id
  MATCH (n:Sector {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $legislation AS id
  MATCH (n:Legislation {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $activity AS id
  MATCH (n:Activity {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $actionplan AS id
  MATCH (n:ActionPlan {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $benefit AS id
  MATCH (n:Benefit {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $field AS id
  MATCH (n:Field {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $statement AS id
  MATCH (n:Statement {id: id})-[r]-(m)
  RETURN n, r, m
  UNION ALL
  UNWIND $source AS id
  MATCH (n:Source {id: id})-[r]-(m)
  RETURN n, r, m
}
WITH n, r, m
WHERE r.valid_to IS NULL AND type(r) IN $relationships AND m.retired IS NULL AND coalesce(m.visibility, 'public') IN $visible
  AND (type(r) <> 'MEMBER_OF' OR (coalesce(r.since, $as_of) <= $as_of AND (r.until IS NULL OR r.until > $as_of) AND NOT (coalesce(r.status, '') = 'former' AND r.until IS NULL)))
  AND (NOT m:Programme OR (coalesce(m.end_latest, $as_of) >= $as_of AND (m.end_latest IS NOT NULL OR m.start_latest >= $open_since)
    AND (m.start_earliest IS NOT NULL OR m.end_latest IS NOT NULL) AND coalesce(m.start_earliest, $as_of) <= $as_of
    AND (m.start_earliest IS NOT NULL OR m.end_earliest <= $open_until)))
WITH m, count(DISTINCT n) AS links,
  CASE
      WHEN m:State THEN 'State'
      WHEN m:Territory THEN 'Territory'
      WHEN m:Organisation THEN 'Organisation'
      WHEN m:Region THEN 'Region'
      WHEN m:Theme THEN 'Theme'
      WHEN m:Obligation THEN 'Obligation'
      WHEN m:Request THEN 'Request'
      WHEN m:Need THEN 'Need'
      WHEN m:Offer THEN 'Offer'
      WHEN m:Precedent THEN 'Precedent'
      WHEN m:Programme THEN 'Programme'
      WHEN m:Sector THEN 'Sector'
      WHEN m:Legislation THEN 'Legislation'
      WHEN m:Activity THEN 'Activity'
      WHEN m:ActionPlan THEN 'ActionPlan'
      WHEN m:Benefit THEN 'Benefit'
      WHEN m:Field THEN 'Field'
      WHEN m:Statement THEN 'Statement'
      ELSE 'Source'
  END AS type,
  coalesce(m.iso3, m.id) AS id
WHERE type IN $types AND NOT type + ' ' + id IN $seen
  AND coalesce(m.date_earliest, m.holds_from, $as_of) <= $as_of AND coalesce(m.holds_until, $as_of) >= $as_of
  AND (type <> 'State' OR coalesce(m.since, $as_of) <= $as_of)
  AND (type <> 'Need' OR NOT EXISTS {
    MATCH (m)<-[states:STATES_NEED]-(by:Request|ActionPlan)
    WHERE states.valid_to IS NULL AND NOT by.visibility IN $visible
  })
  AND (type <> 'Field' OR EXISTS {
    MATCH (m)<-[about:ABOUT]-(statement:Statement)
    WHERE about.valid_to IS NULL AND statement.retired IS NULL AND statement.visibility IN $visible
  })
  AND (type IN $free OR EXISTS {
    MATCH (m)-[touches:TOUCHES|COVERS|CONCERNS|OPENS]->(t:Theme)
    WHERE touches.valid_to IS NULL AND t.id IN $themes
  } OR EXISTS {
    MATCH (m)-[sector:IN_SECTOR]->(:Sector)-[opens:OPENS]->(t:Theme)
    WHERE sector.valid_to IS NULL AND opens.valid_to IS NULL AND t.id IN $themes
  })
WITH type, id, coalesce(m.name, m.title, m.subject, m.sentence, m.text, id) AS name, links,
  (type = 'Programme' AND m.end_latest IS NULL) OR (type = 'Need' AND m.level IS NOT NULL) AS later
ORDER BY type, later, links DESC, id
WITH type, collect({id: id, name: name, links: links, later: later}) AS those
RETURN type, size(those) AS total, those[0..$most] AS first
ORDER BY type;
