// The names of the data sets, those that are shown first before others.
MATCH (d:Dataset)
RETURN d.id AS id
ORDER BY d.rank, id;
