// :params {themes: ['border-control', 'radioactive-sources'], visible: ['public']}
// What measures under these themes bring besides: one row for each benefit and theme, with the precedent that is an
// example of it, where there is one that the caller may see.
MATCH (t:Theme)<-[concerns:CONCERNS]-(b:Benefit)
WHERE concerns.valid_to IS NULL AND b.retired IS NULL AND b.visibility IN $visible
WITH DISTINCT t, b
WHERE t.id IN $themes
OPTIONAL MATCH (p:Precedent {id: b.example})
WHERE p.retired IS NULL AND p.visibility IN $visible
RETURN t.id AS theme, b.id AS id, b.kind AS kind, b.sentence AS sentence, b.basis AS basis,
  p.id AS example, p.title AS example_title
ORDER BY theme, basis, id;
