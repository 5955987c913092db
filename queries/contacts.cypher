// :params {partners: ['CAN', 'unoda'], as_of: date('2026-11-21'), visible: ['public']}
// The points of contact of these partners on that date.
MATCH (partner:State|Territory|Organisation)
WHERE coalesce(partner.iso3, partner.id) IN $partners
WITH DISTINCT partner
MATCH (partner)<-[speaks:SPEAKS_FOR]-(contact:PointOfContact)
WHERE speaks.valid_to IS NULL AND contact.retired IS NULL AND contact.visibility IN $visible
  AND coalesce(contact.date_earliest, $as_of) <= $as_of
RETURN DISTINCT coalesce(partner.iso3, partner.id) AS partner, contact.id AS id, contact.institution AS institution,
  contact.subject AS subject, contact.person AS person, contact.email AS email, contact.telephone AS telephone
ORDER BY partner, id;
