// :params {as_of: date('2026-11-21'), visible: ['public']}
// All offers made by then with their limits and exclusions, whom they are from, and whose request they answer.
MATCH (offer:Offer)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH offer, collect(DISTINCT agency.name) AS who,
  collect(DISTINCT coalesce(agency.iso3, agency.id)) + collect(DISTINCT coalesce(above.iso3, above.id)) AS makers
RETURN offer.id AS id, offer.subject AS title, offer.date_text AS date, offer.basis AS basis, who, makers,
  COLLECT {
    MATCH (offer)-[a:ANSWERS]->(request:Request)-[m:MADE_BY]->(asker:State|Territory|Organisation)
    WHERE a.valid_to IS NULL AND m.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
    RETURN DISTINCT coalesce(asker.iso3, asker.id)
  } AS askers,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)] AS excluded
ORDER BY id;
