// :params {state: 'SLE', themes: ['border-control'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Programmes in the State that may run on the date, with the themes that their sectors or titles open.
// One without an end (or a start) in the source may run if it began (or ends) within the open period.
MATCH (state:State|Territory)<-[active:ACTIVE_IN]-(p:Programme)
WHERE coalesce(state.iso3, state.id) = $state AND active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
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
RETURN p.id AS id, p.title AS title, p.start_text AS start, p.start_earliest AS start_earliest,
  p.start_latest AS start_latest, p.end_text AS end, p.end_earliest AS end_earliest, p.end_latest AS end_latest, p.end_kind AS end_kind,
  p.amount AS amount, p.currency AS currency, opens, funders, implementers
ORDER BY id;
