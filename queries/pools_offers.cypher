// :params {themes: ['biosafety-biosecurity'], as_of: date('2026-11-21'), visible: ['public']}
// Offers under these themes by the date, by partner, with their limits; `basis` tells offers from known programmes.
UNWIND $themes AS id
MATCH (t:Theme {id: id})<-[covers:COVERS]-(offer:Offer)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE covers.valid_to IS NULL AND made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
  AND NOT EXISTS {
    MATCH (offer)-[x:EXCLUDES]->(t)
    WHERE x.valid_to IS NULL
  }
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH DISTINCT offer, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
RETURN offer.id AS id, offer.subject AS title, offer.date_text AS date, offer.basis AS basis,
  coalesce(partner.iso3, partner.id) AS who, partner.name AS name, partner:Organisation AS organisation,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)] AS excluded
ORDER BY who, id;
