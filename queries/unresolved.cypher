// Names of partners that the table does not know, with how often programmes, precedents and offers name them.
MATCH (o:Organisation)
WHERE o.unresolved AND o.retired IS NULL
RETURN o.id AS id, o.name AS name, COUNT { MATCH (o)<-[r]-() WHERE r.valid_to IS NULL } AS named
ORDER BY named DESC, id;
