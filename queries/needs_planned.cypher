// :params {as_of: date('2019-06-01'), open_since: date('2012-06-01'), open_until: date('2026-06-01'), visible: ['public']}
// What States' own costed plans that may run on the date ask for (the rule of entry_points.cypher): lines, and totals
// that hold them, counted and summed by plan, theme and currency.
MATCH (who:State|Territory)<-[by:MADE_BY]-(plan:ActionPlan)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(t:Theme)
WHERE by.valid_to IS NULL AND states.valid_to IS NULL AND c.valid_to IS NULL AND plan.retired IS NULL AND need.retired IS NULL
  AND plan.visibility IN $visible AND need.visibility IN $visible
WITH DISTINCT who, plan, need, t, coalesce(plan.start_earliest, plan.date_earliest) AS began, coalesce(plan.start_latest, plan.date_latest) AS began_latest
WHERE (began IS NOT NULL OR plan.end_latest IS NOT NULL)
  AND coalesce(began, $as_of) <= $as_of AND coalesce(plan.end_latest, $as_of) >= $as_of
  AND (plan.end_latest IS NOT NULL OR began_latest >= $open_since)
  AND (began IS NOT NULL OR plan.end_earliest <= $open_until)
RETURN plan.id AS id, plan.title AS title, coalesce(plan.start_text, plan.date_text) AS start, plan.end_text AS end,
  plan.end_latest AS end_latest, coalesce(who.iso3, who.id) AS who, who.name AS who_name,
  t.id AS theme, need.level AS level, need.currency AS currency, count(need) AS lines, sum(need.cost) AS cost
ORDER BY id, theme, level, currency;
