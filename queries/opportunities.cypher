// :params {partner: 'USA', themes: ['border-control'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), visible: ['public']}
// Programmes that the provider, or an agency below it, funds or carries out in States and that may run on the date
// (the rule of entry_points.cypher), with the themes that their sectors or titles open, and all places of each.
MATCH (partner:State|Territory|Organisation)
WHERE coalesce(partner.iso3, partner.id) = $partner
WITH DISTINCT partner // so that Neo4j begins here, not with all programmes
MATCH (partner)<-[part:PART_OF*0..1]-(agency:State|Territory|Organisation)<-[by:FUNDED_BY|IMPLEMENTED_BY]-(p:Programme)
WHERE all(one IN part WHERE one.valid_to IS NULL) AND by.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH p, collect(DISTINCT agency.name) AS agencies, collect(DISTINCT type(by)) AS roles
WITH p, agencies, roles,
  [(p)-[i:IN_SECTOR]->(sector:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, how: o.how, directness: o.directness, through: 'the sector ' + sector.name}]
  + [(p)-[touches:TOUCHES]->(t:Theme)
    WHERE touches.valid_to IS NULL AND t.id IN $themes
    | {theme: t.id, how: touches.how, directness: touches.directness, through: 'the title'}]
  AS opens
WHERE size(opens) > 0
RETURN p.id AS id, p.title AS title, p.start_text AS start, p.end_text AS end, p.end_latest AS end_latest,
  p.amount AS amount, p.currency AS currency, agencies, roles, opens,
  COLLECT {
    MATCH (p)-[active:ACTIVE_IN]->(place:State|Territory)
    WHERE active.valid_to IS NULL
    RETURN DISTINCT coalesce(place.iso3, place.id) AS iso3 ORDER BY iso3
  } AS states
ORDER BY id;
