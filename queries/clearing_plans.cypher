// :params {as_of: date('2020-06-01'), open_since: date('2013-06-01'), open_until: date('2027-06-01'), visible: ['public']}
// The costed lines (and totals, which hold lines) of plans that may run on the date, by plan, theme and currency.
// A plan without an end (or a start) in the source may run if it began (or ends) within the open period.
MATCH (who:State|Territory|Organisation)<-[by:MADE_BY]-(plan:ActionPlan)
WHERE by.valid_to IS NULL AND plan.retired IS NULL AND plan.visibility IN $visible
WITH DISTINCT who, plan, coalesce(plan.start_earliest, plan.date_earliest) AS began,
  coalesce(plan.start_latest, plan.date_latest) AS began_latest
WHERE (began IS NOT NULL OR plan.end_latest IS NOT NULL)
  AND coalesce(began, $as_of) <= $as_of AND coalesce(plan.end_latest, $as_of) >= $as_of
  AND (plan.end_latest IS NOT NULL OR began_latest >= $open_since)
  AND (began IS NOT NULL OR plan.end_earliest <= $open_until)
MATCH (plan)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(theme:Theme)
WHERE states.valid_to IS NULL AND c.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
WITH DISTINCT who, plan, need, theme
RETURN plan.id AS id, plan.title AS title, coalesce(plan.start_text, plan.date_text) AS start, plan.end_text AS end,
  coalesce(who.iso3, who.id) AS who, who.name AS who_name, who:Organisation AS joint, theme.id AS theme,
  coalesce(need.level, 'line') AS level, need.currency AS currency, count(need) AS number,
  count(need.cost) AS costed, sum(need.cost) AS cost
ORDER BY id, who, theme, level, currency;
