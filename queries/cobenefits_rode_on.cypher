// :params {themes: ['border-control'], as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// Precedents under these themes that rode on other work, made by the date; one row for each precedent and theme. Where
// the source gives no date, they count today only. `kind` help alone: it took place.
MATCH (t:Theme)<-[concerns:CONCERNS]-(p:Precedent)
WHERE concerns.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible
  AND p.kind = 'help' AND p.rode_on IS NOT NULL
  AND (p.date_earliest <= $as_of OR (p.date_earliest IS NULL AND $as_of >= $recorded))
WITH DISTINCT t, p
WHERE t.id IN $themes
RETURN t.id AS theme, p.id AS id, p.title AS title, p.rode_on AS rode_on, p.outcome AS outcome,
  COLLECT {
    MATCH (p)-[received:RECEIVED_BY]->(s:State|Territory)
    WHERE received.valid_to IS NULL
    RETURN DISTINCT coalesce(s.iso3, s.id)
  } AS recipients
ORDER BY theme, id;
