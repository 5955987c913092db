// :params {state: 'SLE', as_of: date('2026-11-21'), recorded: date('2026-11-21'), open_since: date('2019-11-21'), open_until: date('2033-11-21'), visible: ['public']}
// What is held about one State besides the statements on its fields: one row a record (or a sum of like ones).
// Answers are told by the rule of needs_open.py: the first dated reply decides; without any, they count at any date.
MATCH (s:State|Territory)<-[by:ENACTED_BY]-(law:Legislation)-[i:IMPLEMENTS]->(section:Obligation)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND i.valid_to IS NULL AND law.retired IS NULL
  AND law.visibility IN $visible AND coalesce(law.date_earliest, $recorded) <= $as_of
RETURN DISTINCT 'law' AS kind, section.id AS role, law.id AS id, law.title AS title, law.date_text AS date,
  law.subject AS detail, law.kind AS status, [] AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(plan:ActionPlan)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND plan.retired IS NULL
  AND plan.visibility IN $visible AND coalesce(plan.date_earliest, plan.start_earliest, $recorded) <= $as_of
RETURN DISTINCT 'plan' AS kind, plan.kind AS role, plan.id AS id, plan.title AS title,
  coalesce(plan.date_text, plan.start_text) AS date, plan.note AS detail, plan.status AS status, [] AS who,
  1 AS number, plan.cost AS amount, plan.currency AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(plan:ActionPlan)-[states:STATES_NEED]->(need:Need)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND states.valid_to IS NULL AND need.retired IS NULL
  AND plan.visibility IN $visible AND need.visibility IN $visible
  AND coalesce(plan.date_earliest, plan.start_earliest, $recorded) <= $as_of
WITH DISTINCT plan, need
RETURN 'planned need' AS kind, need.level AS role, plan.id AS id, coalesce(need.capacity, 'capacity not named') AS title, null AS date,
  null AS detail, null AS status, [] AS who, count(need) AS number, sum(need.cost) AS amount, need.currency AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(request:Request)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND request.retired IS NULL
  AND request.visibility IN $visible AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT s, request,
  [(request)<-[a:ANSWERS]-(offer:Offer) WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    AND offer.date_earliest IS NOT NULL | offer.date_earliest] AS replies
RETURN 'request' AS kind, 'own' AS role, request.id AS id, request.subject AS title, request.date_text AS date,
  {contact: request.contact, parallel: request.parallel, note: request.note} AS detail,
  COLLECT {
    MATCH (request)-[also:MADE_BY]->(other:State|Territory|Organisation)
    WHERE also.valid_to IS NULL AND other <> s
    WITH DISTINCT other, coalesce(other.iso3, other.id) AS key ORDER BY key
    RETURN other.name
  } AS status,
  CASE WHEN size(replies) = 0 OR any(day IN replies WHERE day <= $as_of) THEN coalesce(request.answered_by, []) ELSE [] END AS who,
  1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State)-[m:MEMBER_OF]->(o:Organisation)<-[by:MADE_BY]-(request:Request)
WHERE s.iso3 = $state AND m.valid_to IS NULL AND by.valid_to IS NULL AND request.retired IS NULL
  AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
  AND (m.since IS NULL OR m.since <= coalesce(request.date_latest, $as_of))
  AND (m.until IS NULL OR m.until > coalesce(request.date_earliest, request.date_latest, $as_of))
  AND request.visibility IN $visible AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
  AND NOT EXISTS { MATCH (request)-[own:MADE_BY]->(s) WHERE own.valid_to IS NULL }
WITH DISTINCT request, o ORDER BY o.id
WITH request, collect(o.name) AS makers
WITH request, makers,
  [(request)<-[a:ANSWERS]-(offer:Offer) WHERE a.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
    AND offer.date_earliest IS NOT NULL | offer.date_earliest] AS replies
RETURN 'request' AS kind, 'joint' AS role, request.id AS id, request.subject AS title, request.date_text AS date,
  {contact: request.contact, parallel: request.parallel, note: request.note} AS detail, makers AS status,
  CASE WHEN size(replies) = 0 OR any(day IN replies WHERE day <= $as_of) THEN coalesce(request.answered_by, []) ELSE [] END AS who,
  1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[by:MADE_BY]-(request:Request)-[states:STATES_NEED]->(need:Need)
WHERE coalesce(s.iso3, s.id) = $state AND by.valid_to IS NULL AND states.valid_to IS NULL AND need.retired IS NULL
  AND request.retired IS NULL AND request.visibility IN $visible AND need.visibility IN $visible
  AND coalesce(request.date_earliest, request.date_latest, $as_of) <= $as_of
WITH DISTINCT request, need
RETURN 'need' AS kind, request.id AS role, need.id AS id, need.subject AS title, request.date_text AS date,
  {kind_of_help: need.kinds, weapons: need.weapons, beneficiary: need.beneficiary, existing: need.existing,
    time_frame: need.time_frame_text, note: need.note} AS detail, null AS status, [] AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = $state
MATCH (s)<-[part:PART_OF*0..1]-(agency:State|Territory|Organisation)<-[by:MADE_BY]-(offer:Offer)
WHERE all(p IN part WHERE p.valid_to IS NULL) AND by.valid_to IS NULL AND offer.retired IS NULL
  AND offer.visibility IN $visible AND coalesce(offer.date_earliest, $as_of) <= $as_of
RETURN 'offer made' AS kind, offer.basis AS role, offer.id AS id, offer.subject AS title, offer.date_text AS date,
  offer.contact AS detail, offer.scope AS status,
  collect(DISTINCT CASE WHEN agency = s THEN null ELSE agency.name END) AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = $state
MATCH (s)<-[part:PART_OF*0..1]-(agency:State|Territory|Organisation)<-[by:PROVIDED_BY]-(precedent:Precedent)
WHERE all(p IN part WHERE p.valid_to IS NULL) AND by.valid_to IS NULL AND precedent.retired IS NULL
  AND precedent.visibility IN $visible AND coalesce(precedent.date_latest, precedent.date_earliest, $recorded) <= $as_of
RETURN 'precedent' AS kind, 'given' AS role, precedent.id AS id, precedent.title AS title, precedent.date_text AS date,
  precedent.outcome AS detail, precedent.kind AS status,
  collect(DISTINCT CASE WHEN agency = s THEN null ELSE agency.name END) AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[to:RECEIVED_BY]-(precedent:Precedent)
WHERE coalesce(s.iso3, s.id) = $state AND to.valid_to IS NULL AND precedent.retired IS NULL
  AND precedent.visibility IN $visible AND coalesce(precedent.date_latest, precedent.date_earliest, $recorded) <= $as_of
OPTIONAL MATCH (precedent)-[by:PROVIDED_BY]->(provider:State|Territory|Organisation)
WHERE by.valid_to IS NULL
RETURN 'precedent' AS kind, 'received' AS role, precedent.id AS id, precedent.title AS title, precedent.date_text AS date,
  precedent.outcome AS detail, precedent.kind AS status, collect(DISTINCT provider.name) AS who, 1 AS number, null AS amount, null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = $state
WITH DISTINCT s // so that Neo4j begins here, not with all programmes
MATCH (s)<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
OPTIONAL MATCH (p)-[by:FUNDED_BY]->(funder:State|Territory|Organisation)
WHERE by.valid_to IS NULL
RETURN 'programme' AS kind, 'running' AS role, p.id AS id, p.title AS title,
  coalesce(p.start_text, '?') + ' to ' + coalesce(p.end_text, '?') AS date, coalesce(p.note, p.closed) AS detail, null AS status,
  collect(DISTINCT funder.name) AS who, 1 AS number, p.amount AS amount, p.currency AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)<-[in:INVOLVES]-(activity:Activity)
WHERE coalesce(s.iso3, s.id) = $state AND in.valid_to IS NULL AND activity.retired IS NULL
  AND activity.visibility IN $visible AND coalesce(activity.date_earliest, $as_of) <= $as_of
OPTIONAL MATCH (activity)-[also:INVOLVES]->(other:State|Territory|Organisation)
WHERE also.valid_to IS NULL AND other <> s
WITH activity, min(in.role) AS role, collect(DISTINCT other.name) AS who
RETURN 'activity' AS kind, role, activity.id AS id, activity.title AS title, activity.date_text AS date,
  coalesce(activity.outcome, activity.detail) AS detail, activity.kind AS status, who, 1 AS number, null AS amount,
  null AS currency, [] AS sources
UNION ALL
MATCH (s:State|Territory)
WHERE coalesce(s.iso3, s.id) = $state
MATCH (s)<-[part:PART_OF*0..1]-(agency:State|Territory|Organisation)<-[link:PROVIDED_BY|RECEIVED_BY]-(activity:Activity)-[c:CONCERNS]->(theme:Theme)
WHERE all(p IN part WHERE p.valid_to IS NULL) AND link.valid_to IS NULL AND c.valid_to IS NULL AND activity.retired IS NULL
  AND activity.visibility IN $visible AND coalesce(activity.date_earliest, $as_of) <= $as_of
WITH DISTINCT activity, type(link) AS role, theme,
  [(activity)-[f:FROM]->(source:Source) WHERE f.valid_to IS NULL | source.id][0] AS source
RETURN 'reported help' AS kind, role, theme.id AS id, theme.name AS title,
  substring(toString(min(activity.date_earliest)), 0, 4) + '-' + substring(toString(max(activity.date_latest)), 0, 4) AS date, null AS detail, activity.kind AS status, [] AS who,
  count(activity) AS number, sum(activity.amount) AS amount, activity.currency AS currency, collect(DISTINCT source) AS sources
UNION ALL
MATCH (s:State|Territory)-[m:MEMBER_OF]->(o:Organisation)
WHERE coalesce(s.iso3, s.id) = $state AND m.valid_to IS NULL AND coalesce(m.since, $as_of) <= $as_of
  AND (m.until IS NULL OR m.until > $as_of) AND (m.status <> 'former' OR m.until IS NOT NULL)
RETURN DISTINCT 'membership' AS kind, 'member' AS role, o.id AS id, o.name AS title,
  m.since_text AS date, m.note AS detail,
  CASE WHEN m.status IN ['member', 'former'] THEN null ELSE m.status END AS status, [] AS who,
  1 AS number, null AS amount, null AS currency, [m.source] AS sources
UNION ALL
MATCH (s:State|Territory)<-[speaks:SPEAKS_FOR]-(contact:PointOfContact)
WHERE coalesce(s.iso3, s.id) = $state AND speaks.valid_to IS NULL AND contact.retired IS NULL
  AND contact.visibility IN $visible AND coalesce(contact.date_earliest, $as_of) <= $as_of
RETURN DISTINCT 'contact' AS kind, contact.subject AS role, contact.id AS id, contact.institution AS title,
  contact.date_text AS date, {person: contact.person, email: contact.email, telephone: contact.telephone,
  address: contact.address, note: contact.note} AS detail, contact.subject AS status, [] AS who, 1 AS number,
  null AS amount, null AS currency, [] AS sources;
