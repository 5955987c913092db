// What every data set says now, as one list: the version of the data.
MATCH (d:Dataset)
RETURN d.id AS id, d.content AS content
ORDER BY id;
