// :params {datasets: ['states', 'treaties']}
// Of these data sets and all that are loaded: those that are missing, or whose last load did not come to its end.
MATCH (d:Dataset)
WITH collect(d.id) AS there, [d IN collect(d) WHERE d.loading IS NOT NULL OR coalesce(d.content, 'in part') ENDS WITH 'in part' | d.id] AS unfinished
RETURN unfinished, [id IN $datasets WHERE NOT id IN there] AS missing;
