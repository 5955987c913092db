// :params {themes: ['border-control'], year_before: date('2025-11-21'), visible: ['public']}
// Help under these themes that its providers report themselves, begun for sure by the date: who gave it to whom, an activity
// each, together in one row: they are only counted, and hundreds of rows take longer to send than to find.
MATCH (a:Activity)
WHERE a.kind IN ['activity', 'contract line'] AND a.retired IS NULL AND a.visibility IN $visible
  AND a.date_earliest <= $year_before
  AND EXISTS {
    MATCH (a)-[c:CONCERNS]->(t:Theme)
    WHERE c.valid_to IS NULL AND t.id IN $themes
  }
WITH {
    recipients: [(a)-[to:RECEIVED_BY]->(r:State|Territory|Organisation) WHERE to.valid_to IS NULL | coalesce(r.iso3, r.id)],
    providers: [(a)-[by:PROVIDED_BY]->(o:State|Territory|Organisation) WHERE by.valid_to IS NULL | coalesce(o.iso3, o.id)]
      + [(a)-[by:PROVIDED_BY]->(:Organisation)-[part:PART_OF]->(above:State|Organisation)
        WHERE by.valid_to IS NULL AND part.valid_to IS NULL | coalesce(above.iso3, above.id)]
  } AS told
RETURN collect(told) AS reported;
