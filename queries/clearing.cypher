// :params {as_of: date('2009-10-01'), visible: ['public']}
// The requests made by the date with their needs, their themes and preferences, and what is told of replies to them.
MATCH (request:Request)-[made:MADE_BY]->(who:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request, who
RETURN request.id AS id, request.subject AS subject, request.date_text AS date, request.date_latest AS date_latest,
  coalesce(who.iso3, who.id) AS who, who.name AS who_name, who:Organisation AS joint,
  coalesce(request.answered_by, []) AS answered_by,
  COLLECT {
    MATCH (request)<-[a:ANSWERS]-(partner:State|Territory|Organisation)
    WHERE a.valid_to IS NULL
    RETURN DISTINCT partner.name
  } AS answering,
  COLLECT {
    MATCH (request)<-[a:ANSWERS]-(offer:Offer)
    WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    RETURN DISTINCT {id: offer.id, earliest: offer.date_earliest}
  } AS offers,
  COLLECT {
    MATCH (request)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT t.id
  } AS themes,
  COLLECT {
    MATCH (request)-[s:STATES_NEED]->(need:Need)
    WHERE s.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
    WITH DISTINCT need
    RETURN {id: need.id, subject: need.subject,
      themes: [(need)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id]}
  } AS needs,
  [(request)-[p:PREFERS]->(w) WHERE p.valid_to IS NULL | coalesce(w.iso3, w.id)]
  + [(request)-[p:PREFERS]->(:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE p.valid_to IS NULL AND part.valid_to IS NULL | coalesce(above.iso3, above.id)] AS preferred
ORDER BY id, who;
