// :params {states: ['KEN', 'UGA'], organisations: ['eac', 'african-union'], on: date('2024-06-01')}
// Where the States of the events stand: their regions below the continents, and of the organisations that events
// invite, those that they are members of on the day.
UNWIND $states AS iso3
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = iso3
RETURN iso3,
  COLLECT {
    MATCH (s)-[part:PART_OF]->(region:Region)
    WHERE part.valid_to IS NULL
    RETURN DISTINCT {id: region.id, name: region.name}
  } AS regions,
  COLLECT {
    MATCH (s)-[m:MEMBER_OF]->(o:Organisation)
    WHERE o.id IN $organisations AND m.valid_to IS NULL
      AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
      AND coalesce(m.since, $on) <= $on AND (m.until IS NULL OR m.until > $on)
    RETURN DISTINCT {id: o.id, name: o.name}
  } AS organisations
ORDER BY iso3;
