"""The data sets that ship, in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.records import Record
from ingest import (
    activities,
    assistance,
    catalogue,
    cobenefits,
    legislation,
    mandates,
    obligations,
    organisations,
    partners,
    plans,
    programmes,
    sectors,
    statements,
    states,
)
from ingest.rejects import Rejects

FACTS = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A data set that ships: its records from the folder of facts; `rank` as in `graph.writer`."""

    id: str
    title: str
    rank: int
    records: Callable[[Path, Rejects], Iterator[Record]]


_PROGRAMMES = programmes.from_file

SHIPPED = (
    Shipped("sources", "Catalogue of sources", 1, catalogue.records),
    Shipped("states", "States, territories and regions", 2, states.records),
    Shipped("organisations", "Organisations and memberships", 3, organisations.records),
    Shipped("obligations", "Obligations and themes", 4, obligations.records),
    Shipped("sectors", "Sector codes and the themes they open", 5, sectors.records),
    Shipped("partners", "Agencies and programmes of partners", 6, partners.records),
    Shipped("treaties", "Parties to treaties", 7, statements.treaties),
    Shipped("fatf", "FATF ratings on proliferation financing", 8, statements.fatf),
    Shipped("evaluations", "WHO joint external evaluations", 9, statements.evaluations),
    Shipped("requests", "Requests for assistance", 10, assistance.requests),
    Shipped("offers", "Offers of assistance", 11, assistance.offers),
    Shipped("precedents", "Precedents of assistance", 12, assistance.precedents),
    Shipped("laws", "Laws, regulations and control lists", 13, legislation.records),
    Shipped("action-plans", "Voluntary national action plans", 14, plans.action_plans),
    Shipped("health-plans", "National action plans for health security, with costs", 15, plans.health_plans),
    Shipped("activities", "Visits, peer reviews, evaluations and workshops", 16, activities.events),
    Shipped("programmes-recent", "Programmes that ran in 2018 to 2027", 17, _PROGRAMMES("programmes_recent.csv")),
    Shipped("programmes-known", "Programmes read in pages", 18, _PROGRAMMES("programmes_known.csv", lines=False)),
    Shipped(
        "programmes-aiddata",
        "Programmes in DR Congo, Iraq, Sierra Leone, Somalia and Timor-Leste",
        19,
        _PROGRAMMES("programmes_aiddata.csv"),
    ),
    Shipped("experience", "Non-proliferation assistance as reported", 20, activities.experience),
    Shipped("funding", "Money for health security by capacity", 21, activities.funding),
    Shipped("cobenefits", "What measures bring besides, for development", 22, cobenefits.records),
    Shipped("mandates", "Standing mandates of organisations", 23, mandates.records),
)

# Data sets of earlier versions whose facts are now in another; a load takes them out of the graph.
WITHDRAWN = ("programmes-sle",)
