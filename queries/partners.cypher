// :params {states: ['SLE'], themes: ['border-control'], as_of: date('2009-10-01'), open_since: date('2002-10-01'), open_until: date('2016-10-01'), without: [''], recorded: date('2026-11-21'), year_before: date('2008-10-01'), visible: ['public']}
// The evidence for each possible partner: offers, standing mandates, precedents of help, help that providers report
// themselves (by years, so it had surely begun a year after the first), programmes that may run in the States. A partner is the State or organisation above the agency that the source names; a name that the table
// of partners' names does not resolve is nobody to suggest. One row a partner and kind, its pieces as lists in the
// order of PIECE in candidates.py: a row a piece, with the partner told each time, takes three times as long to send and read.
MATCH (offer:Offer|Mandate)-[made:MADE_BY]->(agency:State|Territory|Organisation)
WHERE made.valid_to IS NULL AND offer.retired IS NULL AND offer.visibility IN $visible
  AND NOT offer.id IN $without
  AND coalesce(offer.date_earliest, CASE WHEN offer:Mandate THEN coalesce(offer.date_latest, $recorded) ELSE $as_of END) <= $as_of
  AND NOT EXISTS {
    MATCH (offer)-[a:ANSWERS]->(request:Request)
    WHERE a.valid_to IS NULL AND request.id IN $without
  }
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH DISTINCT offer, agency, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
WITH partner, CASE WHEN offer:Mandate THEN 'mandate' ELSE 'offer' END AS kind,
  [offer.id, offer.subject, offer.date_text, coalesce(agency.iso3, agency.id), agency.name,
    [(offer)-[c:COVERS]->(t:Theme) WHERE c.valid_to IS NULL | t.id],
    [(offer)-[l:LIMITED_TO]->(place) WHERE l.valid_to IS NULL | coalesce(place.iso3, place.id)],
    [(offer)-[x:EXCLUDES]->(place) WHERE x.valid_to IS NULL | coalesce(place.iso3, place.id)],
    [(offer)-[a:ANSWERS]->(request:Request) WHERE a.valid_to IS NULL | request.id],
    offer.scope, offer.contact] AS piece
WITH partner, kind, collect(piece) AS pieces
RETURN kind, coalesce(partner.iso3, partner.id) AS partner, partner.name AS name,
  CASE WHEN partner:Organisation THEN coalesce(partner.kind, 'organisation') ELSE 'State' END AS partner_kind,
  coalesce(partner.languages, []) AS languages, coalesce(partner.legal_traditions, []) AS legal_traditions, pieces
UNION ALL
MATCH (precedent:Precedent)-[by:PROVIDED_BY]->(agency:State|Territory|Organisation)
WHERE by.valid_to IS NULL AND precedent.retired IS NULL AND precedent.visibility IN $visible
  AND NOT precedent.id IN $without AND precedent.kind = 'help' AND coalesce(precedent.date_latest, precedent.date_earliest, $recorded) <= $as_of
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH DISTINCT precedent, agency, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
WITH partner,
  [precedent.id, precedent.title, precedent.date_text, coalesce(agency.iso3, agency.id), agency.name,
    [(precedent)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id],
    [(precedent)-[r:RECEIVED_BY]->(place) WHERE r.valid_to IS NULL | coalesce(place.iso3, place.id)]] AS piece
WITH partner, collect(piece) AS pieces
RETURN 'precedent' AS kind, coalesce(partner.iso3, partner.id) AS partner, partner.name AS name,
  CASE WHEN partner:Organisation THEN coalesce(partner.kind, 'organisation') ELSE 'State' END AS partner_kind,
  coalesce(partner.languages, []) AS languages, coalesce(partner.legal_traditions, []) AS legal_traditions, pieces
UNION ALL
MATCH (activity:Activity)-[by:PROVIDED_BY]->(agency:State|Territory|Organisation)
WHERE by.valid_to IS NULL AND activity.retired IS NULL AND activity.visibility IN $visible
  AND activity.kind IN ['activity', 'contract line'] AND activity.date_earliest <= $year_before
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH DISTINCT activity, agency, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
WITH partner,
  [activity.id, activity.title, activity.date_text, coalesce(agency.iso3, agency.id), agency.name,
    [(activity)-[c:CONCERNS]->(t:Theme) WHERE c.valid_to IS NULL | t.id],
    [(activity)-[r:RECEIVED_BY]->(place) WHERE r.valid_to IS NULL | coalesce(place.iso3, place.id)]] AS piece
WITH partner, collect(piece) AS pieces
RETURN 'activity' AS kind, coalesce(partner.iso3, partner.id) AS partner, partner.name AS name,
  CASE WHEN partner:Organisation THEN coalesce(partner.kind, 'organisation') ELSE 'State' END AS partner_kind,
  coalesce(partner.languages, []) AS languages, coalesce(partner.legal_traditions, []) AS legal_traditions, pieces
UNION ALL
UNWIND $states AS iso3
MATCH (place:State|Territory)
WHERE coalesce(place.iso3, place.id) = iso3
WITH DISTINCT iso3, place // so that Neo4j begins here, not with all programmes
MATCH (place)<-[active:ACTIVE_IN]-(p:Programme)
WHERE active.valid_to IS NULL AND p.retired IS NULL AND p.visibility IN $visible AND p.closed IS NULL
  AND (p.start_earliest IS NOT NULL OR p.end_latest IS NOT NULL)
  AND coalesce(p.start_earliest, $as_of) <= $as_of AND coalesce(p.end_latest, $as_of) >= $as_of
  AND (p.end_latest IS NOT NULL OR p.start_latest >= $open_since)
  AND (p.start_earliest IS NOT NULL OR p.end_earliest <= $open_until)
WITH DISTINCT p, iso3,
  [(p)-[i:IN_SECTOR]->(:Sector)-[o:OPENS]->(t:Theme) WHERE i.valid_to IS NULL AND o.valid_to IS NULL AND t.id IN $themes | t.id]
  + [(p)-[touches:TOUCHES]->(t:Theme) WHERE touches.valid_to IS NULL AND t.id IN $themes | t.id] AS themes
WHERE size(themes) > 0
MATCH (p)-[by:FUNDED_BY|IMPLEMENTED_BY]->(agency:State|Territory|Organisation)
WHERE by.valid_to IS NULL
OPTIONAL MATCH (agency:Organisation)-[part:PART_OF]->(above:State|Organisation)
WHERE part.valid_to IS NULL
WITH DISTINCT p, iso3, themes, agency, coalesce(above, agency) AS partner
WHERE coalesce(partner.unresolved, false) = false
WITH partner, collect([p.id, p.title, p.start_text, coalesce(agency.iso3, agency.id), agency.name, themes, [iso3]]) AS pieces
RETURN 'programme' AS kind, coalesce(partner.iso3, partner.id) AS partner, partner.name AS name,
  CASE WHEN partner:Organisation THEN coalesce(partner.kind, 'organisation') ELSE 'State' END AS partner_kind,
  coalesce(partner.languages, []) AS languages, coalesce(partner.legal_traditions, []) AS legal_traditions, pieces;
