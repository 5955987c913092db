// :params {as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// All requests and offers made by the date with what they hold by field, and the help given that says what it rode on:
// what a record is read from, and where a fuller wording is quoted from.
MATCH (request:Request)-[made:MADE_BY]->(who:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request, who, [(who)-[part:PART_OF]->(a:State|Organisation) WHERE part.valid_to IS NULL | coalesce(a.iso3, a.id)] AS above
WITH request, collect({id: coalesce(who.iso3, who.id), name: who.name, unresolved: coalesce(who.unresolved, false), above: above}) AS makers
RETURN 'Request' AS type, request.id AS id, request.subject AS subject, request.date_text AS date,
  request.date_earliest AS earliest, request.date_latest AS latest, makers,
  COLLECT {
    MATCH (request)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT t.id
    UNION
    MATCH (request)-[s:STATES_NEED]->(need:Need)-[c:CONCERNS]->(t:Theme)
    WHERE s.valid_to IS NULL AND c.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
    RETURN DISTINCT t.id
  } AS themes,
  COLLECT {
    MATCH (request)-[s:STATES_NEED]->(need:Need)
    WHERE s.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
    WITH DISTINCT need ORDER BY need.id
    RETURN {text: need.subject, themes: COUNT { MATCH (need)-[c:CONCERNS]->(:Theme) WHERE c.valid_to IS NULL },
      kind_of_help: coalesce(need.kinds, []), weapons: coalesce(need.weapons, []), existing: need.existing,
      time_frame: need.time_frame_text, earliest: need.time_frame_earliest, latest: need.time_frame_latest} AS told
  } AS needs,
  [(request)-[p:PREFERS]->(w) WHERE p.valid_to IS NULL | w.name] AS preferred,
  [] AS means, [] AS kinds, null AS scope, null AS basis, [] AS words,
  request.contact AS contact, request.contact_person AS person, request.parallel AS parallel,
  [] AS places, [] AS excluded, [] AS answers
UNION ALL
MATCH (offer:Offer)-[made:MADE_BY]->(who:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND coalesce(offer.date_earliest, $as_of) <= $as_of
WITH DISTINCT offer, who, [(who)-[part:PART_OF]->(a:State|Organisation) WHERE part.valid_to IS NULL | coalesce(a.iso3, a.id)] AS above
WITH offer, collect({id: coalesce(who.iso3, who.id), name: who.name, unresolved: coalesce(who.unresolved, false), above: above}) AS makers
RETURN 'Offer' AS type, offer.id AS id, offer.subject AS subject, offer.date_text AS date,
  offer.date_earliest AS earliest, offer.date_latest AS latest, makers,
  [(offer)-[c:COVERS]->(t:Theme) WHERE c.valid_to IS NULL | t.id] AS themes, [] AS needs, [] AS preferred,
  coalesce(offer.means, []) AS means, coalesce(offer.kinds, []) AS kinds, offer.scope AS scope, offer.basis AS basis,
  coalesce(offer.excluded, []) AS words, offer.contact AS contact, null AS person, null AS parallel,
  [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | {id: coalesce(place.iso3, place.id), name: place.name}] AS places,
  [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | {id: coalesce(place.iso3, place.id), name: place.name}] AS excluded,
  COLLECT {
    MATCH (offer)-[a:ANSWERS]->(request:Request)
    WHERE a.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
    RETURN DISTINCT request.id AS id ORDER BY id
  } AS answers
UNION ALL
MATCH (given:Precedent)
WHERE given.retired IS NULL AND given.visibility IN $visible AND given.kind = 'help' AND given.rode_on IS NOT NULL
  AND coalesce(given.date_latest, given.date_earliest, $recorded) <= $as_of
RETURN 'Precedent' AS type, given.id AS id, given.title AS subject, given.date_text AS date,
  given.date_earliest AS earliest, given.date_latest AS latest, [] AS makers,
  [(given)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id] AS themes, [] AS needs, [] AS preferred,
  [] AS means, [] AS kinds, null AS scope, null AS basis, [given.rode_on] AS words,
  null AS contact, null AS person, null AS parallel, [] AS places, [] AS excluded, [] AS answers;
