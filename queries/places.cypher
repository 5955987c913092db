// :params {states: ['SLE', 'GIN'], as_of: date('2020-12-31')}
// Where these States stand: regions, organisations that they are members of on the date, neighbours, languages, law.
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) IN $states
RETURN coalesce(s.iso3, s.id) AS iso3, s.name AS name,
  coalesce(s.languages, []) AS languages, coalesce(s.legal_traditions, []) AS legal_traditions,
  COLLECT {
    MATCH (s)-[part:PART_OF*1..3]->(region:Region)
    WHERE all(p IN part WHERE p.valid_to IS NULL)
    RETURN DISTINCT region.id
  } AS regions,
  COLLECT {
    MATCH (s)-[m:MEMBER_OF]->(o:Organisation)
    WHERE m.valid_to IS NULL AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
      AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
    RETURN DISTINCT o.id
  } AS organisations,
  COLLECT {
    MATCH (s)-[m:MEMBER_OF]->(o:Organisation)
    WHERE m.valid_to IS NULL AND m.status = 'member' AND m.since IS NULL
    RETURN DISTINCT o.id
  } AS undated,
  COLLECT {
    MATCH (s)-[part:PART_OF]->(:Region)<-[also:PART_OF]-(peer:State|Territory)
    WHERE part.valid_to IS NULL AND also.valid_to IS NULL
    RETURN DISTINCT coalesce(peer.iso3, peer.id)
  } AS peers,
  COLLECT {
    MATCH (s)-[b:BORDERS]-(n:State)
    WHERE b.valid_to IS NULL
    RETURN DISTINCT n.iso3
  } AS neighbours
ORDER BY iso3;
