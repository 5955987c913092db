// Whether the facts are there: States, and no data set that ships in the midst of its first load.
MATCH (s:State)
WHERE s.retired IS NULL
WITH count(s) AS states
RETURN states > 0 AND NOT EXISTS { MATCH (d:Dataset) WHERE d.content IS NULL AND d.rank < 100 } AS ready;
