// :params {ids: ['gb-dfid', 'GBR'], as_of: date('2009-10-01'), recorded: date('2026-11-21'), year_before: date('2008-10-01'), visible: ['public']}
// Who these partners are, the State or organisation above them, and what 1540 help that one is known for by the date.
CALL () {
  UNWIND $ids AS id
  MATCH (o:State {iso3: id})
  RETURN id, o
  UNION ALL
  UNWIND $ids AS id
  MATCH (o:Territory {id: id})
  RETURN id, o
  UNION ALL
  UNWIND $ids AS id
  MATCH (o:Organisation {id: id})
  RETURN id, o
}
OPTIONAL MATCH (o)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL AND o:Organisation
WITH id, o, coalesce(above, o) AS partner
OPTIONAL MATCH (partner)<-[below:PART_OF]-(agency:Organisation)
WHERE below.valid_to IS NULL
WITH id, o, partner, [partner] + collect(DISTINCT agency) AS all
RETURN id, o.name AS name, coalesce(partner.iso3, partner.id) AS partner, partner.name AS partner_name,
  COLLECT {
    UNWIND all AS one
    MATCH (one)<-[made:MADE_BY]-(offer:Offer)
    WHERE made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
      AND coalesce(offer.date_earliest, $as_of) <= $as_of
    RETURN DISTINCT offer.id
  } AS offers,
  COLLECT {
    UNWIND all AS one
    MATCH (one)<-[by:PROVIDED_BY]-(precedent:Precedent)
    WHERE by.valid_to IS NULL AND precedent.retired IS NULL AND precedent.visibility IN $visible
      AND precedent.kind = 'help' AND coalesce(precedent.date_latest, precedent.date_earliest, $recorded) <= $as_of
    RETURN DISTINCT precedent.id
  } AS precedents,
  COLLECT {
    UNWIND all AS one
    MATCH (one)<-[by:PROVIDED_BY]-(activity:Activity)
    WHERE by.valid_to IS NULL AND activity.retired IS NULL AND activity.visibility IN $visible
      AND activity.kind IN ['activity', 'contract line'] AND activity.date_earliest <= $year_before
    RETURN DISTINCT activity.id
  } AS reported
ORDER BY id, partner;
