// :params {visible: ['public']}
// Programmes whose start is known, one row each: when they begin at the earliest and at the latest, where, under which
// themes, who funds them (at the level at which partners are ranked), and how many names of funders are not resolved.
MATCH (p:Programme)
WHERE p.retired IS NULL AND p.visibility IN $visible AND p.start_earliest IS NOT NULL AND p.start_latest IS NOT NULL
RETURN p.id AS id, p.title AS title, p.start_earliest AS began, p.start_latest AS began_latest,
  COLLECT {
    MATCH (p)-[active:ACTIVE_IN]->(place:State|Territory)
    WHERE active.valid_to IS NULL
    RETURN DISTINCT coalesce(place.iso3, place.id)
  } AS places,
  COLLECT {
    MATCH (p)-[i:IN_SECTOR]->(:Sector)-[o:OPENS]->(t:Theme)
    WHERE i.valid_to IS NULL AND o.valid_to IS NULL
    RETURN DISTINCT t.id
    UNION
    MATCH (p)-[touches:TOUCHES]->(t:Theme)
    WHERE touches.valid_to IS NULL
    RETURN DISTINCT t.id
  } AS themes,
  COLLECT {
    MATCH (p)-[by:FUNDED_BY]->(agency:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH coalesce(above, agency) AS funder
    RETURN DISTINCT {id: coalesce(funder.iso3, funder.id), resolved: NOT coalesce(funder.unresolved, false)}
  } AS funders
ORDER BY id;
