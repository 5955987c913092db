// :params {as_of: date('2026-11-21'), recorded: date('2026-11-21'), visible: ['public']}
// The laws on file in each section of the matrix on the date, and the ids of who passed each.
MATCH (o:Obligation {level: 'section'})<-[i:IMPLEMENTS]-(law:Legislation)-[by:ENACTED_BY]->(maker:State|Territory|Organisation)
WHERE i.valid_to IS NULL AND by.valid_to IS NULL AND law.retired IS NULL
  AND law.visibility IN $visible AND coalesce(law.date_earliest, $recorded) <= $as_of
WITH DISTINCT o.id AS section, law, coalesce(maker.iso3, maker.id) AS maker
ORDER BY section, law.id, maker
RETURN section, law.id AS id, law.title AS title, law.date_text AS date, law.kind AS kind, law.subject AS subject,
  law.address AS address, law.verification AS verification, law.note AS note, collect(maker) AS makers
ORDER BY section, id;
