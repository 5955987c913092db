// :params {ids: ['POL', 'KEN'], as_of: date('2026-11-21'), year_before: date('2025-11-21'), visible: ['public']}
// What these States and organisations gave or offered by the date, themselves or through an agency; dated records only.
CALL () {
  UNWIND $ids AS id
  MATCH (who:State {iso3: id})
  RETURN id, who
  UNION ALL
  UNWIND $ids AS id
  MATCH (who:Territory {id: id})
  RETURN id, who
  UNION ALL
  UNWIND $ids AS id
  MATCH (who:Organisation {id: id})
  RETURN id, who
}
MATCH (who)<-[part:PART_OF*0..1]-(agency:State|Territory|Organisation)<-[by:PROVIDED_BY|MADE_BY]-(x:Precedent|Activity|Offer)
WHERE all(p IN part WHERE p.valid_to IS NULL) AND (agency = who OR agency:Organisation) AND by.valid_to IS NULL
  AND x.retired IS NULL AND x.visibility IN $visible AND x.date_earliest IS NOT NULL
  AND (
    (x:Precedent AND x.kind = 'help' AND coalesce(x.date_latest, x.date_earliest) <= $as_of)
    OR (x:Offer AND x.date_earliest <= $as_of)
    OR (x:Activity AND x.kind IN ['activity', 'contract line'] AND x.date_earliest <= $year_before)
  )
RETURN DISTINCT id, CASE WHEN x:Precedent THEN 'Precedent' WHEN x:Offer THEN 'Offer' ELSE 'Activity' END AS type,
  x.id AS record, coalesce(x.title, x.subject) AS title, x.date_text AS date, x.date_earliest AS earliest,
  [(x)-[to:RECEIVED_BY]->(r:State|Territory|Organisation) WHERE to.valid_to IS NULL | coalesce(r.iso3, r.id)] AS recipients
ORDER BY id, earliest, type, record;
