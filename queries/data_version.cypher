// What every data set says now, as one list: the version of the data; and whether its last load came to its end.
// One whose first load has not ended is told to the public once it shows the public something.
MATCH (d:Dataset)
RETURN d.id AS id, d.content AS content,
  CASE
    WHEN d.content IS NULL AND NOT EXISTS { MATCH (d)<-[:REPORTED_BY]-(n) WHERE n.visibility = 'public' } THEN ''
    ELSE coalesce(d.content_public, d.content)
  END AS public,
  d.loading IS NULL AND NOT coalesce(d.content, 'in part') ENDS WITH 'in part' AS whole
ORDER BY id;
