"""Light Footprint's model: `graph.nodes` and `graph.relationships`, put together and checked.

Constraints, writing statements, the Cypher linter's schema, `docs/model.md`, captions and colours all come from
here. The idea behind it: States have fields (an obligation or a theme), statements from sources are about
fields, and offers, programmes and precedents meet the fields through themes.
"""

from __future__ import annotations

from typing import LiteralString

from graph.nodes import NODES
from graph.relationships import RELATIONSHIPS
from graph.schema import Model

MODEL = Model(NODES, RELATIONSHIPS)

# Two relationships that the loader itself writes: every node's report by a data set, and a run's data set.
REPORTED_BY: LiteralString = "REPORTED_BY"
LOADED: LiteralString = "LOADED"
