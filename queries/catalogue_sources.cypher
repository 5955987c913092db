// The sources from which something is held that everyone may see: who is a member of what, or a record.
MATCH (:Organisation)<-[m:MEMBER_OF]-()
WHERE m.valid_to IS NULL
WITH DISTINCT m.source AS named
MATCH (s:Source {id: named})
WHERE s.retired IS NULL
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence,
  s.coverage AS coverage, s.citation AS citation
UNION
MATCH (s:Source)
WHERE s.retired IS NULL AND EXISTS {
  MATCH (s)<-[f:FROM]-(record)
  WHERE f.valid_to IS NULL AND record.retired IS NULL AND coalesce(record.visibility, 'public') = 'public'
}
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence,
  s.coverage AS coverage, s.citation AS citation;
