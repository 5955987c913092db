// :params {states: ['SLE', 'GIN'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Programmes that may run in the States on the date (the rule of entry_points.cypher), in which of them, the themes
// that their sectors or titles open, and who funds and carries them out: the agency and who stands above it.
UNWIND $states AS iso3
MATCH (place:State|Territory)<-[active:ACTIVE_IN]-(p:Programme)
WHERE coalesce(place.iso3, place.id) = iso3 AND active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH p, collect(DISTINCT iso3) AS states
WITH p, states,
  [(p)-[i:IN_SECTOR]->(sector:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL
    | {theme: t.id, how: o.how, directness: o.directness, door: 'sector ' + sector.id, through: sector.name}]
  + [(p)-[touches:TOUCHES]->(t:Theme)
    WHERE touches.valid_to IS NULL
    | {theme: t.id, how: touches.how, directness: touches.directness, door: 'title ' + touches.rule, through: 'title'}]
  AS opens
WHERE size(opens) > 0
RETURN p.id AS id, p.title AS title, p.start_text AS start, p.start_earliest AS start_earliest, p.start_latest AS start_latest,
  p.end_text AS end, p.end_earliest AS end_earliest, p.end_latest AS end_latest, p.amount AS amount, p.currency AS currency,
  states, opens,
  COLLECT {
    MATCH (p)-[r:FUNDED_BY|IMPLEMENTED_BY]->(agency:State|Territory|Organisation)
    WHERE r.valid_to IS NULL
    OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH DISTINCT type(r) AS role, agency, coalesce(above, agency) AS partner
    RETURN {role: role, agency: coalesce(agency.iso3, agency.id), id: coalesce(partner.iso3, partner.id), name: partner.name, resolved: NOT coalesce(partner.unresolved, false)}
  } AS behind
ORDER BY id;
