"""The Cypher that is made from the model: schema, writing, taking out. No data ever becomes part of a statement."""

from __future__ import annotations

from typing import LiteralString

from graph.model import LOADED, MODEL, REPORTED_BY
from graph.schema import NodeType, RelationshipType

_CLEAR_BATCH = 5000
# No resolution, treaty, programme or plan that is of use here is older, or planned further ahead.
EARLIEST, LATEST = 1850, 2045


def schema() -> list[LiteralString]:
    """One uniqueness constraint a node type, one index a property that is marked as indexed."""
    made: list[LiteralString] = []
    for node in MODEL.nodes.values():
        made.append(
            f"CREATE CONSTRAINT {node.label}_key IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.{node.key} IS UNIQUE"
        )
        made += [
            f"CREATE INDEX {node.label}_{p.name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{p.name})"
            for p in node.properties
            if p.indexed
        ]
    return made


def clear() -> list[LiteralString]:
    """Delete the nodes of each type, some thousand at a time, data sets last: they tell what else there is."""
    nodes = sorted(MODEL.nodes.values(), key=lambda node: node.label == "Dataset")
    return [f"MATCH (n:{node.label}) WITH n LIMIT {_CLEAR_BATCH} DETACH DELETE n" for node in nodes]


def dates_outside() -> list[LiteralString]:
    """The dates of nodes, and of relationships, before `EARLIEST` or after `LATEST`: `what`, `name`, `day`."""
    made: list[LiteralString] = []
    for node in MODEL.nodes.values():
        made += [
            f"MATCH (n:{node.label}) WHERE n.retired IS NULL AND {_outside(p.name)} "
            f"RETURN '{node.label} ' + n.{node.key} AS what, '{p.name}' AS name, toString(n.{p.name}) AS day"
            for p in node.properties
            # How long a statement is taken to hold is our own reckoning, and may lie far ahead.
            if p.type == "DATE" and p.name != "holds_until"
        ]
    for one in MODEL.relationships.values():
        made += [
            f"MATCH ()-[n:{one.type}]->(o:{label}) WHERE n.valid_to IS NULL AND {_outside(p.name)} "
            f"RETURN '{one.type} ' + o.{MODEL.node(label).key} AS what, '{p.name}' AS name, toString(n.{p.name}) AS day"
            for label in one.end
            for p in one.properties
            if p.type == "DATE"
        ]
    return made


def _outside(name: LiteralString) -> LiteralString:
    return f"(n.{name} < date('{EARLIEST}-01-01') OR n.{name} > date('{LATEST}-12-31'))"


def known(node: NodeType) -> LiteralString:
    """What `$dataset` has said so far about nodes of this type: `key`, `hash`, `live`, `line`; several times of one
    node where it said otherwise before.
    """
    return (
        f"MATCH (d:Dataset {{id: $dataset}})<-[r:{REPORTED_BY}]-(n:{node.label}) "
        f"RETURN n.{node.key} AS key, r.hash AS hash, r.valid_to IS NULL AS live, r.line AS line"
    )


def merge_nodes(node: NodeType) -> LiteralString:
    """Make or rewrite the nodes of `$rows` (`key`, `properties` with the key in it)."""
    return f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) SET n = row.properties"


def describe(node: NodeType, first: bool) -> LiteralString:
    """`merge_nodes`, and keep on the `REPORTED_BY` of each what `$dataset` says of it (`hash`, `report`).

    `first` is for nodes of which the data set has said nothing so far: there is nothing to look for. Where nodes are
    shared, each thing that it said of one has a report of its own, with the properties.
    """
    verb: LiteralString = "CREATE" if first else "MERGE"
    same: LiteralString = "{dataset: $dataset, hash: row.hash}" if node.shared else "{dataset: $dataset}"
    said: LiteralString = f"row.properties, r.{node.key} = null, r += row.report" if node.shared else "row.report"
    arrow: LiteralString = f"(n)-[r:{REPORTED_BY} {same}]->(d)"
    return f"MATCH (d:Dataset {{id: $dataset}}) {merge_nodes(node)} {verb} {arrow} SET r = {said}"


def reports(node: NodeType) -> LiteralString:
    """What data sets say now of those nodes of `$keys` of which `$at_least` so many do, the preferred one first."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        f"WHERE COUNT {{ MATCH (n)-[s:{REPORTED_BY}]->(:Dataset) WHERE s.valid_to IS NULL }} >= $at_least "
        f"MATCH (n)-[r:{REPORTED_BY}]->(d:Dataset) "
        "WHERE r.valid_to IS NULL RETURN key, properties(r) AS report ORDER BY key, d.rank, d.id"
    )


def write_links(relationship: RelationshipType, owner: NodeType, other: NodeType, first: bool) -> LiteralString:
    """Make the links of `$rows` (`key` of the owner, `other`, `ordinal`, `properties`); returns how many as `made`.

    `first` is for owners of which the data set has said nothing so far: there is nothing to look for.
    """
    verb: LiteralString = "CREATE" if first else "MERGE"
    said: LiteralString = (
        "r += row.properties" if first else "r = row.properties, r.dataset = $dataset, r.ordinal = row.ordinal"
    )
    arrow: LiteralString = (
        f"(n)-[r:{relationship.type} {{dataset: $dataset, ordinal: row.ordinal}}]->(m)"
        if relationship.side_of(owner.label) == "start"
        else f"(m)-[r:{relationship.type} {{dataset: $dataset, ordinal: row.ordinal}}]->(n)"
    )
    return (
        f"UNWIND $rows AS row MATCH (n:{owner.label} {{{owner.key}: row.key}}) "
        f"MATCH (m:{other.label} {{{other.key}: row.other}}) {verb} {arrow} SET {said} "
        "RETURN count(r) AS made"
    )


def missing(node: NodeType) -> LiteralString:
    """Which of `$keys` are no nodes of this type."""
    return (
        f"UNWIND $keys AS key OPTIONAL MATCH (n:{node.label} {{{node.key}: key}}) "
        "WITH key, n WHERE n IS NULL RETURN key ORDER BY key"
    )


def hidden(node: NodeType) -> LiteralString:
    """Which of the nodes of `$keys`, of a type that says who may see them, are not public."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        "WHERE n.visibility <> 'public' RETURN key ORDER BY key"
    )


def end_links(relationship: RelationshipType, owner: NodeType) -> LiteralString:
    """Mark the links that `$dataset` has said of the nodes of `$keys` as no longer said, from `$today` on."""
    arrow: LiteralString = (
        f"-[r:{relationship.type} {{dataset: $dataset}}]->()"
        if relationship.side_of(owner.label) == "start"
        else f"<-[r:{relationship.type} {{dataset: $dataset}}]-()"
    )
    return (
        f"UNWIND $keys AS key MATCH (n:{owner.label} {{{owner.key}: key}}){arrow} "
        "WHERE r.valid_to IS NULL SET r.valid_to = $today"
    )


def end_reports(node: NodeType) -> LiteralString:
    """Mark what `$dataset` has said of the nodes of `$keys` as no longer said, from `$today` on."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})-[r:{REPORTED_BY} {{dataset: $dataset}}]->() "
        "WHERE r.valid_to IS NULL SET r.valid_to = $today"
    )


def retire(node: NodeType) -> LiteralString:
    """Mark those nodes of `$keys` that no data set says any more as `retired`."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        f"WHERE NOT EXISTS {{ MATCH (n)-[r:{REPORTED_BY}]->(:Dataset) WHERE r.valid_to IS NULL }} "
        "SET n.retired = coalesce(n.retired, $today)"
    )


# What follows takes a data set out altogether (`graph.forgetting`).
def written_over(node: NodeType) -> LiteralString:
    """Say of what other data sets report otherwise of the nodes of `$keys` that it is to be loaded again.

    For types that are not shared: such a node shows what was written last. `made_from` and the content of such a data
    set no longer say that it is whole.
    """
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})-[own:{REPORTED_BY} {{dataset: $dataset}}]->() "
        f"MATCH (n)-[r:{REPORTED_BY}]->(d:Dataset) WHERE r.dataset <> $dataset AND r.valid_to IS NULL "
        "AND r.hash <> own.hash SET r.hash = '' WITH DISTINCT d "
        "SET d.made_from = null, d.content = split(d.content, ' ')[0] + ' in part', "
        "d.content_public = CASE d.content_public WHEN '' THEN '' ELSE split(d.content_public, ' ')[0] + ' in part' END"
    )


def delete_said(node: NodeType) -> list[LiteralString]:
    """Delete all that `$dataset` says of the nodes of `$keys`: the relationships that they own, and the reports."""
    owned = MODEL.owned_by(node.label)
    out = "|".join([REPORTED_BY, *(one.type for one in owned if one.side_of(node.label) == "start")])
    into = "|".join(one.type for one in owned if one.side_of(node.label) == "end")
    found: LiteralString = f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})"
    those: LiteralString = "WHERE r.dataset = $dataset DELETE r"
    return [f"{found}-[r:{out}]->() {those}", *([f"{found}<-[r:{into}]-() {those}"] if into else [])]


def delete_alone() -> list[LiteralString]:
    """Delete the nodes of each type that no data set says and no relationship touches, some thousand at a time."""
    return [
        f"MATCH (n:{node.label}) WHERE n.retired IS NOT NULL AND NOT EXISTS {{ MATCH (n)--() }} "
        f"WITH n LIMIT {_CLEAR_BATCH} DELETE n"
        for node in MODEL.nodes.values()
    ]


# How many records there are of which a data set says or has said anything.
SAID_BY: LiteralString = (
    f"MATCH (d:Dataset {{id: $dataset}}) OPTIONAL MATCH (d)<-[:{REPORTED_BY}]-(n) "
    "RETURN d.id AS id, count(DISTINCT n) AS records"
)
# As a load takes its data set, so that a load that still runs ends; from now on it is not whole.
TAKE_TO_FORGET: LiteralString = "MATCH (d:Dataset {id: $dataset}) SET d.loading = $token, d.made_from = null"
DELETE_DATASET: LiteralString = (
    f"MATCH (d:Dataset {{id: $dataset}}) OPTIONAL MATCH (d)<-[:{LOADED}]-(run:Run) DETACH DELETE run, d"
)
# The labels may follow from something else now.
UNLABEL: LiteralString = "MATCH (d:Dataset) SET d.labelled = null"


# A load takes its data set by writing its own token; whoever takes it later ends an earlier load that still runs.
TAKE_DATASET: LiteralString = (
    "MERGE (d:Dataset {id: $dataset}) SET d.title = $title, d.rank = $rank, d.loading = $token, d.labelled = null"
)
# Writes before it looks, so that it looks at what is there once the node is its own, and no other load can take the
# data set before this transaction ends.
STILL_OURS: LiteralString = (
    "MATCH (d:Dataset {id: $dataset}) SET d.rank = d.rank "
    "WITH d WHERE d.loading = $token SET d.loading = $token RETURN count(d) AS ours"
)
# The run is kept in any case; the data set is let go only by the load that holds it.
FINISH_DATASET: LiteralString = (
    "MATCH (d:Dataset {id: $dataset}) "
    "FOREACH (_ IN CASE WHEN d.loading = $token THEN [1] ELSE [] END | "
    "SET d.public_since = CASE WHEN d.content_public = $content_public THEN coalesce(d.public_since, $run.started) "
    "ELSE $run.started END, "
    "d.content = $content, d.content_public = $content_public, d.made_from = $made_from, "
    "d.records = $run.read, d.loading = null) "
    f"MERGE (r:Run {{id: $run.id}}) SET r = $run MERGE (r)-[:{LOADED}]->(d)"
)
# The data sets of `$datasets` that are whole and were made from the same program and files.
SAME_DATASETS: LiteralString = (
    "MATCH (d:Dataset) WHERE d.id IN $datasets AND d.made_from = $made_from AND d.loading IS NULL "
    "RETURN d.id AS id, coalesce(d.records, 0) AS records"
)
# A run for each data set of `$runs` (`dataset`, `run`) that had nothing to say anew.
KEEP_RUNS: LiteralString = (
    "UNWIND $runs AS row MATCH (d:Dataset {id: row.dataset}) "
    f"MERGE (r:Run {{id: row.run.id}}) SET r = row.run MERGE (r)-[:{LOADED}]->(d)"
)


# What follows moves whole graphs from one engine to the other (`graph.copying`).
_OTHER_KEYS: LiteralString = " ".join(
    f"WHEN m:{node.label} THEN m.{node.key}" for node in MODEL.nodes.values() if node.key != "id"
)


def count() -> LiteralString:
    """How many nodes of the model there are: `n`."""
    return f"MATCH (n:{'|'.join(node.label for node in MODEL.nodes.values())}) RETURN count(n) AS n"


def keys(node: NodeType) -> LiteralString:
    """The keys of all nodes of this type: `key`, in no order."""
    return f"MATCH (n:{node.label}) RETURN n.{node.key} AS key"


def whole_nodes(node: NodeType) -> LiteralString:
    """All that stands on the nodes of `$keys`: `key`, `labels`, `said`."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        "RETURN key, labels(n) AS labels, properties(n) AS said"
    )


def links_from(node: NodeType) -> LiteralString:
    """All relationships that begin at the nodes of `$keys`: `key`, `type`, `labels` and `other` of the end, `said`."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})-[r]->(m) "
        f"RETURN key, type(r) AS type, labels(m) AS labels, CASE {_OTHER_KEYS} ELSE m.id END AS other, "
        "properties(r) AS said"
    )


def create_nodes(node: NodeType, further: tuple[LiteralString, ...] = ()) -> LiteralString:
    """Make the nodes of `$rows` (`said`, the key among it) with further labels of the type."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join((node.label, *further))}) SET n = row.said"


def create_links(type_: LiteralString, start: NodeType, end: NodeType) -> LiteralString:
    """Make the relationships of `$rows` (`key` of the start, `other`, `said`)."""
    return (
        f"UNWIND $rows AS row MATCH (n:{start.label} {{{start.key}: row.key}}) "
        f"MATCH (m:{end.label} {{{end.key}: row.other}}) CREATE (n)-[r:{type_}]->(m) SET r = row.said"
    )


# While a graph is being copied into, each of its data sets says so in `loading`: it never looks whole.
MARK_DATASETS: LiteralString = "MATCH (d:Dataset) SET d.loading = $mark"
DATASETS_LOADING: LiteralString = "MATCH (d:Dataset) RETURN d.id AS id, d.loading AS loading"
MARKED: LiteralString = "MATCH (d:Dataset) WHERE d.loading = $mark RETURN count(d) AS n"
# All of them in one transaction: the graph becomes whole at one moment.
RELEASE_DATASETS: LiteralString = "UNWIND $rows AS row MATCH (d:Dataset {id: row.id}) SET d.loading = row.loading"
