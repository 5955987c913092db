// :params {id: 'iaea-statute'}
// One source, if something is held from it that everyone may see: who is a member of what, or a record.
MATCH (s:Source {id: $id})
WHERE s.retired IS NULL AND (EXISTS {
  MATCH (:Organisation)<-[m:MEMBER_OF]-()
  WHERE m.valid_to IS NULL AND m.source = s.id
} OR EXISTS {
  MATCH (s)<-[f:FROM]-(record)
  WHERE f.valid_to IS NULL AND record.retired IS NULL AND coalesce(record.visibility, 'public') = 'public'
})
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.url AS url, s.licence AS licence,
  s.coverage AS coverage, s.citation AS citation;
