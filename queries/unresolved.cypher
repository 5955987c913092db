// Names of partners that the table does not know, with how often programmes, precedents and offers name them.
MATCH (o:Organisation)
WHERE o.unresolved AND o.retired IS NULL
WITH o, COUNT {
  MATCH (o)<-[r]-(what:Programme|Precedent|Offer|Request)
  WHERE r.valid_to IS NULL AND what.visibility = 'public'
} AS named
WHERE named > 0
RETURN o.id AS id, o.name AS name, named
ORDER BY named DESC, id;
