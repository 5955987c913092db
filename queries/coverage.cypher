// :params {as_of: date('2026-11-21'), year_before: date('2025-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// All offers made by the date with what they cover and whom they are open to; and whether each is known to have been
// used: a request that it answered, a request that its maker answered, or help that its maker (or the State or
// organisation above it, or another agency of that) gave by then under one of its themes since it was made.
MATCH (offer:Offer)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH offer, collect(DISTINCT coalesce(above, agency)) AS partners, collect(DISTINCT agency) AS agencies
RETURN offer.id AS id, offer.subject AS title, offer.date_text AS date, offer.basis AS basis, offer.scope AS scope,
  [one IN partners | {id: coalesce(one.iso3, one.id), name: one.name}] AS partners,
  [(offer)-[c:COVERS]->(t:Theme) WHERE c.valid_to IS NULL | t.id] AS themes,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)] AS excluded,
  EXISTS {
    MATCH (offer)-[a:ANSWERS]->(request:Request)
    WHERE a.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
      AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
  } OR EXISTS {
    UNWIND partners + agencies AS maker
    MATCH (maker)-[a:ANSWERS]->(request:Request)
    WHERE a.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
      AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
      AND coalesce(request.date_latest, $as_of) >= coalesce(offer.date_earliest, request.date_latest, $as_of)
    MATCH (request)-[rc:CONCERNS]->(:Theme)<-[oc:COVERS]-(offer)
    WHERE rc.valid_to IS NULL AND oc.valid_to IS NULL
  } OR EXISTS {
    UNWIND partners AS partner
    MATCH (partner)<-[part:PART_OF*0..1]-(giver:State|Territory|Organisation)<-[by:PROVIDED_BY]-(given:Precedent)-[c:CONCERNS]->(:Theme)<-[covers:COVERS]-(offer)
    WHERE all(one IN part WHERE one.valid_to IS NULL) AND by.valid_to IS NULL AND c.valid_to IS NULL AND covers.valid_to IS NULL
      AND given.retired IS NULL AND given.visibility IN $visible AND given.kind = 'help'
      AND coalesce(given.date_earliest, given.date_latest, $recorded) <= $as_of
      AND coalesce(given.date_latest, given.date_earliest, $as_of) >= coalesce(offer.date_earliest, given.date_latest, $as_of)
  } OR EXISTS {
    UNWIND partners AS partner
    MATCH (partner)<-[part:PART_OF*0..1]-(giver:State|Territory|Organisation)<-[by:PROVIDED_BY]-(given:Activity)-[c:CONCERNS]->(:Theme)<-[covers:COVERS]-(offer)
    WHERE all(one IN part WHERE one.valid_to IS NULL) AND by.valid_to IS NULL AND c.valid_to IS NULL AND covers.valid_to IS NULL
      AND given.retired IS NULL AND given.visibility IN $visible AND given.kind IN ['activity', 'contract line']
      AND given.date_earliest <= $year_before
      AND coalesce(given.date_latest, given.date_earliest) >= coalesce(offer.date_earliest, given.date_earliest)
  } AS used
ORDER BY id;
