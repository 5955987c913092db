// What every data set says now, as one list: the version of the data; and whether its last load came to its end.
MATCH (d:Dataset)
RETURN d.id AS id, d.content AS content, coalesce(d.content_public, d.content) AS public,
  d.loading IS NULL AND NOT coalesce(d.content, 'in part') ENDS WITH 'in part' AS whole
ORDER BY id;
