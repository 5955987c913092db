// :params {request: 'REQ/CARICOM/2009-06', asker: 'caricom', as_of: date('2009-06-01'), visible: ['public']}
// The requests of whoever asks by that date (or the one request), with all who made them, themes and preferences.
MATCH (request:Request)-[made:MADE_BY]->(who:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
  AND (request.id = $request OR ($request = '' AND coalesce(who.iso3, who.id) = $asker))
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request
RETURN request.id AS id, request.subject AS subject,
  COLLECT {
    MATCH (request)-[by:MADE_BY]->(maker:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    WITH DISTINCT maker, coalesce(maker.iso3, maker.id) AS key ORDER BY key
    RETURN {id: key, name: maker.name, organisation: maker:Organisation}
  } AS makers,
  COLLECT {
    MATCH (request)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT t.id
    UNION
    MATCH (need:Need)<-[s:STATES_NEED]-(request)
    WHERE s.valid_to IS NULL AND need.visibility IN $visible
    MATCH (need)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT t.id
  } AS themes,
  [(request)-[p:PREFERS]->(w) WHERE p.valid_to IS NULL | coalesce(w.iso3, w.id)]
  + [(request)-[p:PREFERS]->(:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE p.valid_to IS NULL AND part.valid_to IS NULL | coalesce(above.iso3, above.id)] AS preferred
ORDER BY id;
