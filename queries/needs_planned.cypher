// :params {as_of: date('2019-06-01'), open_since: date('2012-06-01'), open_until: date('2026-06-01'), visible: ['public']}
// What costed plans that may run on the date (the rule of entry_points.cypher) ask for, and whom they are from (as in
// needs_open.cypher): lines, and totals that hold them, counted and summed by plan, theme and currency.
MATCH (plan:ActionPlan)-[made:MADE_BY]->(:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND plan.retired IS NULL AND plan.visibility IN $visible
WITH DISTINCT plan, coalesce(plan.start_earliest, plan.date_earliest) AS began, coalesce(plan.start_latest, plan.date_latest) AS began_latest
WHERE (began IS NOT NULL OR plan.end_latest IS NOT NULL)
  AND coalesce(began, $as_of) <= $as_of AND coalesce(plan.end_latest, $as_of) >= $as_of
  AND (plan.end_latest IS NOT NULL OR began_latest >= $open_since)
  AND (began IS NOT NULL OR plan.end_earliest <= $open_until)
MATCH (plan)-[states:STATES_NEED]->(need:Need)-[c:CONCERNS]->(theme:Theme)
WHERE states.valid_to IS NULL AND c.valid_to IS NULL AND need.retired IS NULL AND need.visibility IN $visible
WITH DISTINCT plan, need, theme
WITH plan, theme, coalesce(need.level, 'line') AS level, need.currency AS currency, count(need) AS number,
  count(need.cost) AS costed, sum(need.cost) AS cost
RETURN plan.id AS id, plan.title AS title, coalesce(plan.start_text, plan.date_text) AS start, plan.end_text AS end,
  theme.id AS theme, theme.name AS theme_name, level, currency, number, costed, cost,
  COLLECT {
    MATCH (plan)-[by:MADE_BY]->(who:State|Territory|Organisation)
    WHERE by.valid_to IS NULL
    WITH DISTINCT who, coalesce(who.iso3, who.id) AS key ORDER BY key
    RETURN {id: key, name: who.name, states: CASE
      WHEN who:Organisation THEN [(who)<-[m:MEMBER_OF]-(s:State)
        WHERE m.valid_to IS NULL AND s.retired IS NULL AND coalesce(s.since, $as_of) <= $as_of
          AND (m.status = 'member' OR (m.status = 'former' AND m.until IS NOT NULL))
          AND coalesce(m.since, $as_of) <= $as_of AND (m.until IS NULL OR m.until > $as_of) | s.iso3]
      ELSE [key] END}
  } AS makers
ORDER BY id, theme, level, currency;
