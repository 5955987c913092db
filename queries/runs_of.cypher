// :params {dataset: 'states', most: 20}
// The loads of one data set, the latest first.
MATCH (d:Dataset {id: $dataset})<-[:LOADED]-(run:Run)
RETURN d.id AS dataset, run.started AS started, run.seconds AS seconds, run.version AS version, run.read AS read, run.new AS new, run.changed AS changed, run.unchanged AS unchanged, run.gone AS gone, run.rejected AS rejected, run.error AS error
ORDER BY started DESC, run.id DESC
LIMIT $most;
