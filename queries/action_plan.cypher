// :params {state: 'SLE', as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// What a State has said itself and what it has received, one row a record (or a sum of like ones) and theme: its
// requests and their needs, the requests of organisations that it is a member of, its costed plans, help, events. Answers
// are told by the rule of needs_open.py: the first dated reply decides; without any, they count at any date.
MATCH (s:State|Territory)<-[by:MADE_BY]-(request:Request)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND c.valid_to IS NULL AND request.retired IS NULL
  AND request.visibility IN $visible AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT s, request, theme,
  [(request)<-[a:ANSWERS]-(offer:Offer) WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    AND offer.date_earliest IS NOT NULL | offer.date_earliest] AS replies
RETURN 'request' AS kind, theme.id AS theme, 'Request' AS type, request.id AS id, request.subject AS text,
  request.date_text AS date,
  COLLECT {
    MATCH (request)-[also:MADE_BY]->(other:State|Territory|Organisation)
    WHERE also.valid_to IS NULL AND other <> s
    WITH DISTINCT other, coalesce(other.iso3, other.id) AS key ORDER BY key
    RETURN other.name
  } AS level,
  CASE WHEN size(replies) = 0 OR any(day IN replies WHERE day <= $as_of) THEN coalesce(request.answered_by, []) ELSE [] END AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(request:Request)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND states.valid_to IS NULL AND c.valid_to IS NULL
  AND request.retired IS NULL AND need.retired IS NULL AND request.visibility IN $visible AND need.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
RETURN DISTINCT 'need' AS kind, theme.id AS theme, 'Need' AS type, need.id AS id, need.subject AS text,
  request.date_text AS date, null AS level, [] AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State)-[m:MEMBER_OF]->(o:Organisation)<-[by:MADE_BY]-(request:Request)-[c:CONCERNS]->(theme:Theme)
WHERE s.iso3 = $state AND m.valid_to IS NULL AND by.valid_to IS NULL AND c.valid_to IS NULL AND request.retired IS NULL
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND (m.since IS NULL OR m.since <= coalesce(request.date_latest, $as_of))
  AND (m.until IS NULL OR m.until > coalesce(request.date_earliest, request.date_latest, $as_of))
  AND request.visibility IN $visible AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
  AND NOT EXISTS { MATCH (request)-[own:MADE_BY]->(s) WHERE own.valid_to IS NULL }
WITH DISTINCT request, theme, o ORDER BY o.id
WITH request, theme, collect(o.name) AS makers
WITH request, theme, makers,
  [(request)<-[a:ANSWERS]-(offer:Offer) WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    AND offer.date_earliest IS NOT NULL | offer.date_earliest] AS replies
RETURN 'joint request' AS kind, theme.id AS theme, 'Request' AS type, request.id AS id, request.subject AS text,
  request.date_text AS date, makers AS level,
  CASE WHEN size(replies) = 0 OR any(day IN replies WHERE day <= $as_of) THEN coalesce(request.answered_by, []) ELSE [] END AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(plan:ActionPlan)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND states.valid_to IS NULL AND c.valid_to IS NULL
  AND plan.retired IS NULL AND need.retired IS NULL AND plan.visibility IN $visible AND need.visibility IN $visible
  AND coalesce(plan.date_earliest, plan.start_earliest, $recorded) <= $as_of
WITH DISTINCT plan, need, theme
RETURN 'plan' AS kind, theme.id AS theme, 'ActionPlan' AS type, plan.id AS id, plan.title + ': ' + coalesce(need.capacity, 'capacity not named') AS text,
  coalesce(plan.date_text, plan.start_text) AS date, need.level AS level, [] AS who, count(need) AS number,
  sum(need.cost) AS amount, need.currency AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[to:RECEIVED_BY]-(precedent:Precedent)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND to.valid_to IS NULL AND c.valid_to IS NULL AND precedent.retired IS NULL
  AND precedent.kind = 'help' AND precedent.visibility IN $visible
  AND coalesce(precedent.date_latest, precedent.date_earliest, $recorded) <= $as_of
OPTIONAL MATCH (precedent)-[by:PROVIDED_BY]->(provider:State|Territory|Organisation)
WHERE by.valid_to IS NULL
RETURN 'help received' AS kind, theme.id AS theme, 'Precedent' AS type, precedent.id AS id, precedent.title AS text,
  precedent.date_text AS date, precedent.outcome AS level, collect(DISTINCT provider.name) AS who, 1 AS number,
  null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[to:RECEIVED_BY]-(activity:Activity)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND to.valid_to IS NULL AND c.valid_to IS NULL AND activity.retired IS NULL
  AND activity.visibility IN $visible AND coalesce(activity.date_earliest, $as_of) <= $as_of
WITH DISTINCT activity, theme,
  [(activity)-[f:FROM]->(source:Source) WHERE f.valid_to IS NULL | source.id] AS sources
WITH theme, count(activity) AS number, collect(sources) AS lists,
  substring(toString(min(activity.date_earliest)), 0, 4) AS first, substring(toString(max(activity.date_latest)), 0, 4) AS last
RETURN 'help reported' AS kind, theme.id AS theme, 'Theme' AS type, theme.id AS id,
  'that partners report under this theme' AS text,
  first + ' to ' + last AS date, null AS level, [] AS who, number, null AS amount, null AS currency,
  reduce(all = [], one IN lists | all + [x IN one WHERE NOT x IN all]) AS sources
UNION ALL
MATCH (s:State|Territory)<-[in:INVOLVES]-(activity:Activity)-[c:CONCERNS]->(theme:Theme)
WHERE coalesce(s.iso3, s.id) = $state AND in.valid_to IS NULL AND c.valid_to IS NULL AND activity.retired IS NULL
  AND activity.visibility IN $visible AND coalesce(activity.date_earliest, $as_of) <= $as_of
RETURN DISTINCT 'event' AS kind, theme.id AS theme, 'Activity' AS type, activity.id AS id, activity.title AS text,
  activity.date_text AS date, activity.kind AS level, [] AS who, 1 AS number, null AS amount, null AS currency, [] AS sources;
