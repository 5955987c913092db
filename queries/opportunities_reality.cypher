// :params {states: ['SLE', 'GIN'], as_of: date('2026-11-21'), minerals: ['kimberley-process', 'eiti']}
// The facts of reality.cypher for several States at once.
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})
RETURN iso3 AS state, s.name AS name, s.ports AS ports, s.ports_year AS ports_year, s.coastline_km AS coastline_km, s.reactors AS reactors,
  COLLECT {
    MATCH (s)-[b:BORDERS]-(n:State|Territory)
    WHERE b.valid_to IS NULL
    WITH n.name AS name, max(b.km) AS km
    RETURN {name: name, km: km} AS neighbour
    ORDER BY name
  } AS neighbours,
  COLLECT {
    MATCH (s)-[m:MEMBER_OF]->(o:Organisation)
    WHERE m.valid_to IS NULL AND m.status = 'member' AND o.id IN $minerals
      AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
    WITH DISTINCT o ORDER BY o.id
    RETURN {id: o.id, name: o.name} AS arrangement
  } AS minerals
ORDER BY state;
