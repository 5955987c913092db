// :params {}
// What is wrong in the graph: one row a problem, under the check that found it.
MATCH (n:State|Territory|Region|Organisation|Obligation|Theme|Statement|Request|Need|Offer|Precedent|Programme|Sector|Legislation|Activity|ActionPlan|Benefit|Mandate)
WHERE n.retired IS NULL AND NOT coalesce(n.unresolved, false) AND NOT coalesce(n.name, '') ENDS WITH '(not in the code list)'
  AND NOT EXISTS {
    MATCH (n)-[f:FROM]->(:Source)
    WHERE f.valid_to IS NULL
  }
RETURN 'Every record has a source' AS check, labels(n)[0] + ' ' + coalesce(n.iso3, n.id) AS what
UNION ALL
MATCH (m:State|Territory|Organisation)-[r:MEMBER_OF]->(o:Organisation)
WHERE r.valid_to IS NULL AND (r.source IS NULL OR NOT EXISTS {
    MATCH (s:Source)
    WHERE s.id = r.source
  })
RETURN 'Every record has a source' AS check, 'membership of ' + coalesce(m.iso3, m.id) + ' in ' + o.id AS what
UNION ALL
MATCH (s:State)
WHERE s.retired IS NULL AND NOT EXISTS {
    MATCH (s)-[r:REPORTED_BY]->(d:Dataset)
    WHERE r.valid_to IS NULL AND d.id = 'states'
  }
RETURN 'No State is outside the list of States' AS check, s.iso3 AS what
UNION ALL
MATCH (a:State|Territory|Region|Organisation|Obligation|Theme|Field|Source|Statement|Request|Need|Offer|Precedent|Programme|Sector|Legislation|Activity|ActionPlan|Benefit|Mandate)-[r]->(b)
WHERE a.retired IS NOT NULL AND r.valid_to IS NULL
RETURN 'No relationship lacks an end' AS check,
  coalesce(a.iso3, a.id) + ' ' + type(r) + ' ' + coalesce(b.iso3, b.id) AS what
UNION ALL
MATCH (b:State|Territory|Region|Organisation|Obligation|Theme|Field|Source|Statement|Request|Need|Offer|Precedent|Programme|Sector|Legislation|Activity|ActionPlan|Benefit|Mandate)<-[r]-(a)
WHERE b.retired IS NOT NULL AND a.retired IS NULL AND r.valid_to IS NULL
RETURN 'No relationship lacks an end' AS check,
  coalesce(a.iso3, a.id) + ' ' + type(r) + ' ' + coalesce(b.iso3, b.id) AS what
UNION ALL
MATCH (m:State|Territory|Organisation)-[one:MEMBER_OF]->(o:Organisation)<-[other:MEMBER_OF]-(m)
WHERE one.valid_to IS NULL AND other.valid_to IS NULL AND one.dataset = other.dataset AND one.ordinal < other.ordinal
  AND coalesce(one.since, date('0001-01-01')) < coalesce(other.until, date('9999-12-31'))
  AND coalesce(other.since, date('0001-01-01')) < coalesce(one.until, date('9999-12-31'))
RETURN 'Memberships do not overlap' AS check, coalesce(m.iso3, m.id) + ' in ' + o.id AS what;
