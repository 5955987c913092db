// :params {as_of: date('2018-06-01'), visible: ['public']}
// Requests made by the date with their needs and themes, whom they are from (of an organisation, its members on the
// date), whom they ask for, and who is said to have answered by then.
MATCH (request:Request)-[made:MADE_BY]->(who:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request, who
RETURN request.id AS id, request.subject AS title, request.date_text AS date, request.date_latest AS latest,
  coalesce(who.iso3, who.id) AS who, who.name AS who_name, CASE WHEN who:Organisation THEN true ELSE false END AS organisation,
  [(request)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id] AS themes,
  [(request)-[p:PREFERS]->(w) WHERE p.valid_to IS NULL | coalesce(w.iso3, w.id)]
  + [(request)-[p:PREFERS]->(:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE p.valid_to IS NULL AND part.valid_to IS NULL | coalesce(above.iso3, above.id)] AS preferred,
  COLLECT {
    MATCH (who)<-[m:MEMBER_OF]-(s:State)
    WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
      AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
      AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of)
    RETURN DISTINCT s.iso3 AS iso3 ORDER BY iso3
  } AS members,
  COLLECT {
    MATCH (request)-[states:STATES_NEED]->(need:Need)
    WHERE states.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
    WITH DISTINCT need ORDER BY need.id
    RETURN {id: need.id, title: need.subject, themes: [(need)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id]} AS told
  } AS needs,
  COLLECT {
    MATCH (offer:Offer)-[a:ANSWERS]->(request)
    WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
      AND coalesce(offer.date_earliest, $as_of) <= $as_of
    MATCH (offer)-[by:MADE_BY]->(partner:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    RETURN {id: coalesce(partner.iso3, partner.id), name: partner.name} AS answer
    UNION
    MATCH (partner:State|Territory|Organisation)-[a:ANSWERS]->(request)
    WHERE a.valid_to IS NULL
    RETURN {id: coalesce(partner.iso3, partner.id), name: partner.name} AS answer
  } AS answers
ORDER BY id, who;
