// :params {state: 'SLE'}
// Facts of the State's own reality that matter for themes.
MATCH (s:State {iso3: $state})
OPTIONAL MATCH (s)-[b:BORDERS]-(n:State|Territory)
WHERE b.valid_to IS NULL
WITH s, n, max(b.km) AS km
RETURN s.name AS name, s.ports AS ports, s.coastline_km AS coastline_km, s.reactors AS reactors,
  count(n) AS neighbours, sum(km) AS border_km;
