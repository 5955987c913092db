// :params {states: ['BRB'], themes: ['border-control'], as_of: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// What could carry help to these States under these themes: offers with their limits, and programmes that may run.
MATCH (offer:Offer)-[covers:COVERS]->(t:Theme)
WHERE t.id IN $themes AND covers.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
MATCH (offer)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE made.valid_to IS NULL
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH offer, t, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
RETURN 'offer' AS kind, offer.id AS id, offer.subject AS title, t.id AS theme,
  coalesce(partner.iso3, partner.id) AS who, partner.name AS who_name,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)] AS excluded
UNION ALL
UNWIND $states AS iso3
MATCH (s:State {iso3: iso3})<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
MATCH (p)-[link:IN_SECTOR|TOUCHES]->(x:Sector|Theme)
WHERE link.valid_to IS NULL
OPTIONAL MATCH (x:Sector)-[opens:OPENS]->(opened:Theme)
WHERE opens.valid_to IS NULL
WITH DISTINCT p, iso3, coalesce(opened, x) AS t
WHERE t:Theme AND t.id IN $themes
RETURN 'programme' AS kind, p.id AS id, p.title AS title, t.id AS theme, iso3 AS who, p.title AS who_name,
  [] AS places, [] AS excluded;
