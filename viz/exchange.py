"""Networks as files for other programs: GraphML, and GEXF for Gephi with colours, sizes and places."""

from __future__ import annotations

from io import BytesIO
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from viz.layout import settled
from viz.network import FOCUS, Network
from viz.plain import plain
from viz.style import colour_of, radius_of

# Names that GEXF keeps for itself or that would be taken for the node's own.
_RENAMED = {
    "id": "identifier",
    "type": "kind_of_record",
    "start": "starts",
    "end": "ends",
    "label": "text",
    "key": "by",
}
_EDGES = {**_RENAMED, "type": "relation"}
# Room for a node and its label where all are laid out.
_BOX = (110.0, 46.0)


def flat(network: Network) -> Network:
    """The same nodes and edges with attributes that every format holds: text, whole and other numbers, truths.

    What is none is left out. Of nodes `id` is called `identifier` and `type` `kind_of_record`, of edges `type` is
    called `relation`, `start` and `end` are `starts` and `ends`; every node and edge has a `label`. Edges are keyed
    `e0`, `e1` …
    """
    made: Network = nx.MultiDiGraph()
    made.graph.update({name: plain(value) for name, value in network.graph.items()})
    for key, said in network.nodes(data=True):
        told = {_RENAMED.get(name, name): plain(value) for name, value in said.items() if value is not None}
        made.add_node(str(plain(key)), **{**told, "label": told["name"]})
    for number, (start, end, said) in enumerate(network.edges(data=True)):
        told = {_EDGES.get(name, name): plain(value) for name, value in said.items() if value is not None}
        made.add_edge(str(plain(start)), str(plain(end)), f"e{number}", **{**told, "label": told["relation"]})
    return made


def graphml(network: Network) -> bytes:
    """The network as GraphML."""
    out = BytesIO()
    nx.write_graphml_lxml(flat(network), out, infer_numeric_types=True)
    return out.getvalue()


def gexf(network: Network) -> bytes:
    """The network as GEXF 1.2, as Gephi opens it: labels, colours by type, sizes by distance, and settled places."""
    drawn = flat(network)
    middle = next((str(plain(key)) for key, said in network.nodes(data=True) if said["level"] == FOCUS), None)
    places = settled(nx.Graph(drawn), dict.fromkeys(drawn, _BOX), middle)
    for key, said in drawn.nodes(data=True):
        red, green, blue = (int(colour_of(said["kind_of_record"])[at : at + 2], 16) for at in (1, 3, 5))
        x, y = places[key]
        said["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": radius_of(said["level"], len(drawn)),
            # Gephi counts upwards.
            "position": {"x": round(x, 1), "y": round(-y, 1), "z": 0.0},
        }
    for _, _, key, said in drawn.edges(keys=True, data=True):
        said["id"] = key
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(drawn)
    # Not in the format: it knows no name of a graph, but a description of the file.
    writer.graph_element.attrib.pop("name", None)
    SubElement(writer.xml.find("meta"), "description").text = "\n".join(f"{k}: {v}" for k, v in drawn.graph.items())
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
