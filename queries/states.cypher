// :params {}
// All States by code: what they are called in the six languages of the United Nations, and the smallest region of M49.
MATCH (s:State)
WHERE s.retired IS NULL
OPTIONAL MATCH (s)-[part:PART_OF]->(region:Region)
WHERE part.valid_to IS NULL
RETURN s.iso3 AS iso3, s.name AS name, s.name_en AS en, s.name_fr AS fr, s.name_es AS es, s.name_ar AS ar,
  s.name_zh AS zh, s.name_ru AS ru, min(region.name) AS region
ORDER BY iso3;
