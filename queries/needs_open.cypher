// :params {as_of: date('2009-10-01'), visible: ['public']}
// The requests made by the date with their needs, their themes and preferences, whom they are from (of an organisation
// its members on the date: on the day on which a membership ends it is over), and what is told of replies.
MATCH (request:Request)-[made:MADE_BY]->(:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request
RETURN request.id AS id, request.subject AS subject, request.date_text AS date, request.date_latest AS latest,
  coalesce(request.answered_by, []) AS answered_by,
  COLLECT {
    MATCH (request)-[by:MADE_BY]->(who:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    WITH DISTINCT who, coalesce(who.iso3, who.id) AS key ORDER BY key
    RETURN {id: key, name: who.name, states: CASE
      WHEN who:Organisation THEN [(who)<-[m:MEMBER_OF]-(s:State)
        WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
          AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
          AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of) | s.iso3]
      ELSE [key] END}
  } AS makers,
  COLLECT {
    MATCH (request)<-[a:ANSWERS]-(partner:State|Territory|Organisation)
    WHERE a.valid_to IS NULL
    RETURN DISTINCT partner.name
  } AS answering,
  COLLECT {
    MATCH (request)<-[a:ANSWERS]-(offer:Offer)
    WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    WITH DISTINCT offer
    RETURN {earliest: offer.date_earliest, date: offer.date_text,
      by: [(offer)-[by:MADE_BY]->(partner:State|Territory|Organisation) WHERE by.valid_to IS NULL | partner.name]}
  } AS offers,
  [(request)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id] AS themes,
  [(request)-[p:PREFERS]->(w) WHERE p.valid_to IS NULL | coalesce(w.iso3, w.id)]
  + [(request)-[p:PREFERS]->(:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE p.valid_to IS NULL AND part.valid_to IS NULL | coalesce(above.iso3, above.id)] AS preferred,
  COLLECT {
    MATCH (request)-[states:STATES_NEED]->(need:Need)
    WHERE states.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
    WITH DISTINCT need ORDER BY need.id
    RETURN {id: need.id, subject: need.subject,
      themes: [(need)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id]}
  } AS needs
ORDER BY id;
