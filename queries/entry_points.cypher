// :params {state: 'SLE', themes: ['border-control'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Programmes in the State that may run on the date, with the themes that their sectors or titles open; and the
// State's own costed plans, which are under way by its own word, with the themes of their lines.
// One without an end (or a start) in the source may run if it began (or ends) within the open period.
MATCH (state:State|Territory)
WHERE coalesce(state.iso3, state.id) = $state
WITH DISTINCT state // so that Neo4j begins here, not with all programmes
MATCH (state)<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of
  AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH DISTINCT p,
  [(p)-[i:IN_SECTOR]->(sector:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, name: t.name, how: o.how, directness: o.directness, through: sector.name, by: 'sector'}]
  + [(p)-[touches:TOUCHES]->(t:Theme)
    WHERE touches.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, name: t.name, how: touches.how, directness: touches.directness, through: p.title, by: 'title'}]
  AS opens
WHERE size(opens) > 0
WITH p, opens,
  [(p)-[r:FUNDED_BY]->(o:State|Territory|Organisation) WHERE r.valid_to IS NULL | coalesce(o.iso3, o.id)] AS funders,
  [(p)-[r:IMPLEMENTED_BY]->(o:State|Territory|Organisation) WHERE r.valid_to IS NULL | coalesce(o.iso3, o.id)] AS implementers
RETURN 'Programme' AS type, p.id AS id, p.title AS title, p.start_text AS start, p.start_earliest AS start_earliest,
  p.start_latest AS start_latest, p.end_text AS end, p.end_earliest AS end_earliest, p.end_latest AS end_latest, p.end_kind AS end_kind,
  p.amount AS amount, p.currency AS currency, opens, funders, implementers
UNION ALL
MATCH (state:State|Territory)<-[by:MADE_BY]-(p:ActionPlan)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(t:Theme)
WHERE coalesce(state.iso3, state.id) = $state AND by.valid_to IS NULL AND states.valid_to IS NULL AND c.valid_to IS NULL
  AND p.retired IS NULL AND need.retired IS NULL AND p.visibility IN $visible AND need.visibility IN $visible
  AND t.id IN $themes
WITH DISTINCT p, t, coalesce(p.start_text, p.date_text) AS start, coalesce(p.start_earliest, p.date_earliest) AS began,
  coalesce(p.start_latest, p.date_latest) AS began_latest
WHERE (began IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(began, $as_of) <= $as_of
  AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR began_latest >= $open_since)
  AND (began IS NOT NULL OR p.end_earliest <= $open_until)
RETURN 'ActionPlan' AS type, p.id AS id, p.title AS title, start, began AS start_earliest,
  began_latest AS start_latest, p.end_text AS end, p.end_earliest AS end_earliest, p.end_latest AS end_latest, null AS end_kind,
  p.cost AS amount, p.currency AS currency,
  collect({theme: t.id, name: t.name, how: 'The State has costed lines on this itself: help can pay for one, or add to it.', directness: 3, through: p.title, by: 'plan'}) AS opens,
  [] AS funders, [$state] AS implementers;
