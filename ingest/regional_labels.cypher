// Regional and sub-regional organisations carry RegionalOrganisation.
MATCH (o:Organisation)
WHERE o.regional AND o.retired IS NULL AND NOT o:RegionalOrganisation
SET o:RegionalOrganisation;

MATCH (o:RegionalOrganisation)
WHERE o.retired IS NOT NULL OR NOT coalesce(o.regional, false)
REMOVE o:RegionalOrganisation;
