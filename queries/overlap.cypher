// :params {ids: ['SL/000724']}
// These programmes: where they are, the themes that their sectors or titles open, and who funds and carries them out:
// the agency and who stands above it. Which of them may run where on a date: overlap_there.cypher, overlap_own.cypher.
UNWIND $ids AS id
MATCH (p:Programme {id: id})
WITH p,
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
  [(p)-[active:ACTIVE_IN]->(place:State|Territory) WHERE active.valid_to IS NULL | {iso3: coalesce(place.iso3, place.id), name: place.name}] AS places,
  opens,
  COLLECT {
    MATCH (p)-[r:FUNDED_BY|IMPLEMENTED_BY]->(agency:State|Territory|Organisation)
    WHERE r.valid_to IS NULL
    OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH DISTINCT type(r) AS role, agency, coalesce(above, agency) AS partner
    RETURN {role: role, agency: coalesce(agency.iso3, agency.id), agency_name: agency.name, id: coalesce(partner.iso3, partner.id), name: partner.name, resolved: NOT coalesce(partner.unresolved, false)}
  } AS behind
ORDER BY id;
