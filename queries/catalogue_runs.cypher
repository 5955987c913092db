// When each data set that holds anything for everyone was last loaded. Counts stay out: they may be of other records.
MATCH (d:Dataset)<-[:LOADED]-(run:Run)
WHERE coalesce(d.content_public, d.content, '') <> ''
WITH d, max(run.started) AS loaded
RETURN d.id AS dataset, d.title AS title, loaded, d.loading IS NULL AND NOT d.content ENDS WITH 'in part' AS whole
ORDER BY d.rank, dataset;
