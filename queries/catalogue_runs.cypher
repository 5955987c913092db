// When a load last changed what everyone may see of each data set. Counts stay out: they may be of other records.
MATCH (d:Dataset)
WHERE coalesce(d.content_public, d.content, '') <> ''
RETURN d.id AS dataset, d.title AS title, d.public_since AS changed,
  d.loading IS NULL AND NOT coalesce(d.content_public, d.content) ENDS WITH 'in part' AS whole
ORDER BY d.rank, dataset;
