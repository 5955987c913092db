// :params {id: 'SLE'}
// One State: its names, the regions it is in, and the organisations it is or was with, as each source has it.
MATCH (s:State {iso3: $id})
WHERE s.retired IS NULL
RETURN s.iso3 AS iso3, s.name AS name, s.status AS status, s.since AS since,
  s.name_en AS en, s.name_fr AS fr, s.name_es AS es, s.name_ar AS ar, s.name_zh AS zh, s.name_ru AS ru,
  COLLECT {
    MATCH (s)-[part:PART_OF*1..3]->(region:Region)
    WHERE all(p IN part WHERE p.valid_to IS NULL)
    RETURN DISTINCT {id: region.id, level: region.level}
  } AS regions,
  COLLECT {
    MATCH (s)-[m:MEMBER_OF]->(o:Organisation)
    WHERE m.valid_to IS NULL AND o.retired IS NULL AND coalesce(o.unresolved, false) = false
    RETURN DISTINCT {id: o.id, name: o.name, status: m.status, since: m.since, until: m.until, source: m.source}
  } AS organisations;
