// All States by code.
MATCH (s:State)
WHERE s.retired IS NULL
RETURN s.iso3 AS iso3, s.name AS name, s.status AS status, s.since AS since
ORDER BY iso3;
