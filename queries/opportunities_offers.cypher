// :params {ids: ['OFFER/finland/2014-1']}
// When these offers were made, whether to the Committee or known from the provider's work, and what they exclude in
// words.
UNWIND $ids AS id
MATCH (offer:Offer {id: id})
RETURN id, offer.date_latest AS latest, offer.basis AS basis, coalesce(offer.excluded, []) AS excluded
ORDER BY id;
