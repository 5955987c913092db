// :params {since: date('2024-01-01'), until: date('2024-12-31'), visible: ['public']}
// Events and help between the two days, of which the source gives a first and a last day: visits, workshops, peer
// reviews …, and precedents that are help, events or plans. Reports and money by year are no events.
MATCH (e:Activity|Precedent)
WHERE e.retired IS NULL AND e.visibility IN $visible AND e.date_earliest <= $until AND e.date_latest >= $since
  AND ((e:Activity AND NOT e.kind IN ['activity', 'contract line', 'funding', 'report'])
    OR (e:Precedent AND e.kind IN ['help', 'event', 'plan']))
RETURN CASE WHEN e:Activity THEN 'Activity' ELSE 'Precedent' END AS type, e.id AS id, e.kind AS kind, e.title AS title,
  e.date_earliest AS first, e.date_latest AS last, e.date_text AS text, e.visibility AS visibility,
  COLLECT {
    MATCH (e)-[r:INVOLVES|RECEIVED_BY|PROVIDED_BY|IMPLEMENTED_BY]->(w:State|Territory|Organisation)
    WHERE r.valid_to IS NULL
    OPTIONAL MATCH (w:Organisation)-[part:PART_OF]->(above:State|Organisation)
    WHERE part.valid_to IS NULL
    WITH DISTINCT coalesce(r.role, type(r)) AS role, w, coalesce(above, w) AS partner
    RETURN {role: role, organisation: w:Organisation, id: coalesce(w.iso3, w.id), name: w.name, partner: coalesce(partner.iso3, partner.id), partner_name: partner.name}
  } AS parties,
  COLLECT {
    MATCH (e)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL
    RETURN DISTINCT {id: t.id, name: t.name}
  } AS themes,
  COLLECT {
    MATCH (e)-[f:FROM]->(source:Source)
    WHERE f.valid_to IS NULL
    RETURN DISTINCT source.id
  } AS sources
ORDER BY first, last, id;
