// :params {id: 'caricom'}
// One organisation: its names, and the States that are or were with it, as each source has it.
MATCH (o:Organisation {id: $id})
WHERE o.retired IS NULL AND coalesce(o.unresolved, false) = false
RETURN o.id AS id, o.name AS name, o.short_name AS short_name, o.kind AS kind, coalesce(o.regional, false) AS regional,
  o.url AS url, coalesce(o.other_names, []) AS other_names,
  COLLECT {
    MATCH (s:State)-[m:MEMBER_OF]->(o)
    WHERE m.valid_to IS NULL AND s.retired IS NULL
    RETURN DISTINCT {id: s.iso3, name: s.name, status: m.status, since: m.since, until: m.until, source: m.source}
  } AS states;
