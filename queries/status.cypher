// What is loaded: each data set with its records, its last run, and from whom it has what the public may see.
MATCH (d:Dataset)
OPTIONAL MATCH (d)<-[:LOADED]-(run:Run)
WITH d, run ORDER BY run.started DESC
WITH d, collect(run)[0] AS run
WITH d, run,
  COUNT { MATCH (d)<-[r:REPORTED_BY]-() WHERE r.valid_to IS NULL } AS records,
  COLLECT {
    MATCH (d)<-[r:REPORTED_BY]-(n)-[f:FROM]->(s:Source)
    WHERE r.valid_to IS NULL AND f.valid_to IS NULL AND f.dataset = d.id AND coalesce(n.visibility, 'public') = 'public'
    WITH coalesce(s.publisher, s.title) AS publisher, count(*) AS times
    RETURN publisher
    ORDER BY times DESC, publisher
  } AS publishers
RETURN d.id AS id, d.title AS title, run.started AS loaded, run.rejected AS rejected, run.error AS error, records, publishers
ORDER BY d.rank, id;
