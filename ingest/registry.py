"""What tables can be: the forms, in the order in which they build on each other, and the layouts of others."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.forms import (
    activities,
    contacts,
    indicators,
    legislation,
    matrix,
    offers,
    organisations,
    plans,
    programmes,
    requests,
    treaties,
)
from ingest.kinds import Kind, Reader
from ingest.layouts import naphs, treaty_collection, wide
from ingest.layouts.long import LongTable

FORMS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        organisations.ORGANISATION,
        organisations.MEMBERSHIP,
        legislation.KIND,
        programmes.KIND,
        activities.ACTIVITY,
        activities.PRECEDENT,
        plans.ACTION_PLAN,
        plans.PLAN_NEED,
        contacts.CONTACT,
        requests.REQUEST,
        requests.NEED,
        offers.OFFER,
        indicators.KIND,
        treaties.KIND,
    )
}
_LAYOUTS: tuple[Reader, ...] = (
    wide.FATF, wide.GHS, wide.SPAR, LongTable(), naphs.CostedLines(), treaty_collection.TreatyCollection(),
)  # fmt: skip
READERS: Mapping[str, Reader] = {
    **FORMS,
    matrix.READER.name: matrix.READER,
    **{one.name: one for one in _LAYOUTS},
}
