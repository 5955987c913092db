// :params {themes: ['border-control'], as_of: date('2026-11-21'), visible: ['public']}
// The offers of help under these themes that were made by the date, with their limits: a row an offer, theme and partner.
// `basis` tells offers from help that is known from a partner's work alone.
MATCH (offer:Offer)-[covers:COVERS]->(t:Theme)
WHERE t.id IN $themes AND covers.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
MATCH (offer)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE made.valid_to IS NULL
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH offer, t, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
RETURN offer.id AS id, offer.subject AS title, t.id AS theme,
  coalesce(partner.iso3, partner.id) AS who, partner.name AS who_name,
  offer.date_text AS date, offer.basis AS basis,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)] AS excluded;
