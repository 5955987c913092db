// :params {ids: ['SLE', 'KEN', 'european-union'], as_of: date('2026-11-21')}
// Who passed a law, and who asks: official languages, legal traditions, regions from the narrowest to the widest, and
// the organisations of which a State is a member on the date.
MATCH (n:State|Territory|Organisation)
WHERE coalesce(n.iso3, n.id) IN $ids
RETURN coalesce(n.iso3, n.id) AS id, n.name AS name, n.iso2 AS iso2, n:Organisation AS organisation,
  coalesce(n.languages, []) AS languages, coalesce(n.legal_traditions, []) AS traditions,
  COLLECT {
    MATCH (n)-[part:PART_OF*1..3]->(region:Region)
    WHERE all(p IN part WHERE p.valid_to IS NULL)
    WITH region, min(size(part)) AS steps
    RETURN region.id
    ORDER BY steps, region.id
  } AS regions,
  COLLECT {
    MATCH (n)-[m:MEMBER_OF]->(o:Organisation)
    WHERE m.valid_to IS NULL AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
      AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
    RETURN DISTINCT o.id
  } AS organisations
ORDER BY id;
