"""The forms that users fill in, one module a subject, in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.forms import activities, contacts, legislation, organisations, plans
from ingest.kinds import Kind, Reader

FORMS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        organisations.ORGANISATION,
        organisations.MEMBERSHIP,
        legislation.KIND,
        activities.ACTIVITY,
        activities.PRECEDENT,
        plans.ACTION_PLAN,
        plans.PLAN_NEED,
        contacts.CONTACT,
    )
}
# Layouts in which others publish, and the forms.
READERS: Mapping[str, Reader] = {**FORMS}
