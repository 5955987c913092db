// :params {visible: ['public']}
// The names by which people may mean a State, an organisation, a region, a theme, an obligation, a
// request, a precedent or an offer.
MATCH (n:State|Territory|Organisation|Region|Theme|Obligation|Request|Precedent|Offer)
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
    ELSE 'Precedent'
  END AS type,
  coalesce(n.iso3, n.id) AS id,
  coalesce(n.name, n.subject, n.title) AS name,
  [x IN [n.iso2, n.name, n.short_name, n.name_en, n.name_fr, n.name_es, n.name_ar, n.name_zh, n.name_ru] + coalesce(n.other_names, []) WHERE x IS NOT NULL] AS names
ORDER BY type, id;
