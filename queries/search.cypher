// :params {visible: ['public']}
// Everything that can be looked up: its type, id, what it is called, and all further names. Of needs, those that
// requests state: the lines of costed plans are found by their plan. A name that the table of partners' names does
// not resolve is known from single records only and is left out.
MATCH (n:State|Territory|Organisation|Region|Theme|Obligation|Request|Offer|Precedent|Programme|Legislation|Activity|ActionPlan)
WHERE n.retired IS NULL AND coalesce(n.unresolved, false) = false AND coalesce(n.level, '') <> 'cell'
  AND coalesce(n.visibility, 'public') IN $visible
RETURN CASE
    WHEN n:State THEN 'State'
    WHEN n:Territory THEN 'Territory'
    WHEN n:Organisation THEN 'Organisation'
    WHEN n:Region THEN 'Region'
    WHEN n:Theme THEN 'Theme'
    WHEN n:Obligation THEN 'Obligation'
    WHEN n:Request THEN 'Request'
    WHEN n:Offer THEN 'Offer'
    WHEN n:Precedent THEN 'Precedent'
    WHEN n:Programme THEN 'Programme'
    WHEN n:Legislation THEN 'Legislation'
    WHEN n:Activity THEN 'Activity'
    ELSE 'ActionPlan'
  END AS type,
  coalesce(n.iso3, n.id) AS id,
  coalesce(n.name, n.title, n.subject) AS name,
  [x IN [n.iso2, n.name, n.title, n.subject, n.short_name, n.name_en, n.name_fr, n.name_es, n.name_ar, n.name_zh, n.name_ru] + coalesce(n.other_names, []) WHERE x IS NOT NULL] AS names
UNION ALL
MATCH (n:Need)<-[states:STATES_NEED]-(request:Request)
WHERE n.retired IS NULL AND n.visibility IN $visible
  AND states.valid_to IS NULL AND request.retired IS NULL AND request.visibility IN $visible
RETURN DISTINCT 'Need' AS type, n.id AS id, n.subject AS name, [n.subject] AS names;
