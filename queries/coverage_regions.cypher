// :params {states: ['BRB', 'JAM'], as_of: date('2026-11-21')}
// The subregions and intermediate regions of the United Nations' M49 list, and the regional organisations, to which
// these States belong on the date, each with all of its States.
MATCH (s:State)-[part:PART_OF*1..3]->(r:Region)
WHERE all(one IN part WHERE one.valid_to IS NULL) AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
  AND r.level IN ['subregion', 'intermediate region']
WITH r, collect(DISTINCT s.iso3) AS states
WHERE all(iso3 IN states WHERE iso3 IN $states)
RETURN 'Region' AS type, r.id AS id, r.name AS name, states
UNION ALL
MATCH (s:State)-[m:MEMBER_OF]->(o:RegionalOrganisation)
WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
WITH o, collect(DISTINCT s.iso3) AS states
WHERE all(iso3 IN states WHERE iso3 IN $states)
RETURN 'Organisation' AS type, o.id AS id, o.name AS name, states;
