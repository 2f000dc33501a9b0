"""Networks: definitions are read, rows become nodes and edges, and on the bundled plans they are those a reader draws.

``tests/networks/`` has the edges of networks of the bundled plans, worked out from the documents: who stands in the
"Who" column of an action together (partnership), which references an action prints (dependencies), which word stands
before its reference (agencies-and-pillars), which bodies are printed in actions of different plans (similar-actions:
CGL in Coventry's and Gravesham's, KCC in Gravesham's and Maidstone's, DLUHC, also as "DLUCH", and MHCLG).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import planweave as pw
from planweave.asking.kept import Limits
from planweave.errors import DefinitionError, NotFound, QueryError
from planweave.library import Library
from planweave.networks import Definition, Joins, definition_of, read_definitions
from planweave.networks.apart import ONLY_IN_PLANS, asked_apart
from planweave.networks.joining import joined
from planweave.networks.labels import KINDS, Names, action_details
from planweave.networks.network import actions_of, network_from
from planweave.networks.rows import Rows, rows_apart, rows_at_once
from planweave.terms import PLAN, action_iri, plan_graph

if TYPE_CHECKING:
    from planweave.graph import Graph
    from planweave.networks.network import Network

HERE = Path(__file__).parent
EXPECTED = HERE / "networks"
DEFINITIONS = read_definitions(Library.bundled())
NAMES = (
    "agencies-and-pillars",
    "agencies-and-plans",
    "dependencies",
    "leads-and-outcomes",
    "partnership",
    "responsibility",
    "similar-actions",
)
HEADER = """\
# # Neighbours
#
# Who is next to whom?
#
# **Joins:** source and target
# **Parameters:** ?plan (plan, optional): only this plan
# **Columns:** ?source, ?target, ?plan
# **Example:** planweave draw neighbours

SELECT ?source ?target ?plan
WHERE { GRAPH ?graph { ?source pw:plan ?plan ; pw:group ?target } }
"""


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def library(folder: Path, text: str) -> Library:
    """A library with one network of one's own on top of the bundled ones."""
    (folder / "graphs").mkdir()
    (folder / "graphs" / "neighbours.rq").write_text(text, encoding="utf-8")
    return Library.bundled().with_folder(folder)


def drawn(joins: str, rows: str, extra: str = "") -> Network:
    """The network of rows such as "a x, b x": pairs of literals."""
    columns = ("source", "target", *extra.split())
    lines = [
        b"\t".join(f'"{cell}"'.encode() if cell != "-" else b"" for cell in row.split()) for row in rows.split(",")
    ]
    definition = of_columns(joins, columns)  # type: ignore[arg-type]
    return network_from(definition, Rows(columns, lines), Names(b"", {}))


def of_columns(joins: Joins, columns: tuple[str, ...]) -> Definition:
    """A definition that is never asked."""
    said = {"name": "n", "title": "N", "text": "", "example": "", "sparql": "SELECT DISTINCT ?source"}
    return Definition(**said, joins=joins, parameters=(), columns=columns, path=Path("n.rq"))


def ids(network: Network) -> dict[str, str]:
    return dict(network.nodes(data="id"))


def edges(network: Network) -> set[tuple[str, str, str, str]]:
    """The edges in the form of tests/networks."""
    name = ids(network)
    found = set()
    for one, other, data in network.edges(data=True):
        ends = (name[one], name[other]) if network.is_directed() else sorted((name[one], name[other]))
        actions = "; ".join(sorted(action.removeprefix(PLAN).replace("/action/", "/") for action in data["actions"]))
        found.add((ends[0], ends[1], str(data["weight"]), actions))
    return found


def test_the_library_has_the_networks_of_the_documentation() -> None:
    """Seven networks, each with an example that draws it."""
    assert tuple(DEFINITIONS) == NAMES
    for name, definition in DEFINITIONS.items():
        assert definition.example.startswith(f"planweave draw {name}")
        assert [parameter.name for parameter in definition.parameters] == ["plan"]


@pytest.mark.parametrize("name", ["partnership", "dependencies", "agencies-and-pillars", "similar-actions"])
def test_a_network_has_the_edges_a_reader_draws(graph: Graph, name: str) -> None:
    """Exactly the edges that were worked out from the documents, with their weights and actions."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = {tuple(row.values()) for row in csv.DictReader(file)}
    network = graph.network(name)
    if not network.is_directed():
        expected = {(*sorted(row[:2]), *row[2:]) for row in expected}
    assert edges(network) == expected


def test_agencies_that_share_no_action_are_there(graph: Graph) -> None:
    """The police is a partner, and the four others lead, in actions in which no other agency takes part."""
    network = graph.network("partnership")
    alone = {network.nodes[node]["id"] for node in nx.isolates(network)}
    assert alone == {
        "city-of-london-police",
        "coventry-refugee-and-migrant-centre",
        "langar-aid",
        "maidstone-borough-council",
        "west-midlands-combined-authority",
    }
    assert len(network) == 15


def test_who_leads_what_is_what_readers_took_from_the_documents(graph: Graph) -> None:
    """Each action has the edges of its printed leads: 89 in Coventry, 22, 21 and 21 in the three others with leads."""
    network = graph.network("responsibility")
    found = {plan: sum(data["plan"] == plan for _, _, data in network.edges(data=True)) for plan in graph.ids}
    expected = {
        plan: sum(
            len(action["leads"])
            for action in json.loads((HERE / "expected" / f"{plan}.json").read_text(encoding="utf-8"))["actions"]
        )
        for plan in graph.ids
    }
    assert found == expected
    assert sorted(expected.values()) == [0, 21, 21, 22, 89]


def test_agencies_stand_in_the_plans_that_print_them(graph: Graph) -> None:
    """How many actions print CGL, KCC, DLUHC and MHCLG in which plan."""
    network = graph.network("agencies-and-plans")
    found = {(one, other): int(weight) for one, other, weight, _ in edges(network)}
    expected = {
        ("change-grow-live", "coventry"): 6,
        ("change-grow-live", "gravesham"): 1,
        ("gravesham", "kent-county-council"): 1,
        ("kent-county-council", "maidstone"): 3,
        ("dluhc", "gravesham"): 3,
        ("dluhc", "maidstone"): 1,
        ("gravesham", "mhclg"): 2,
        ("city-of-london", "mhclg"): 1,
    }
    assert {pair: weight for pair, weight in found.items() if set(pair) & {"dluhc", "mhclg", "change-grow-live"}} == {
        pair: weight for pair, weight in expected.items() if "kent-county-council" not in pair
    }
    assert expected.items() <= found.items()


def test_outcomes_in_the_same_words_are_one(graph: Graph) -> None:
    """Actions 8.1 to 8.3 of Coventry have one outcome, word for word, and CGL among their leads."""
    network = graph.network("leads-and-outcomes", plan="coventry")
    outcome = next(node for node in network if node.startswith("Access to treatment and service is available"))
    cgl = next(node for node in network if network.nodes[node]["id"] == "change-grow-live")
    assert network.nodes[outcome]["kind"] == "outcome"
    assert network.edges[cgl, outcome]["weight"] == 3
    assert network.edges[cgl, outcome]["action"] == ("coventry/8.1", "coventry/8.2", "coventry/8.3")


@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_is_there(graph: Graph, name: str) -> None:
    """Nodes and edges have what docs/networks.md says, in the order of their keys, and a label of their own."""
    network = graph.network(name)
    assert len(network) > 10
    assert list(network) == sorted(network)
    assert network.graph["notices"] == ()
    for _, data in network.nodes(data=True):
        assert data.keys() >= {"label", "id", "abbreviation", "kind", "body", "plans", "load", "actions"}
        assert data["kind"] in KINDS
        assert data["label"]
        assert data["plans"] == tuple(sorted(data["plans"])) != ()
        assert ("due" in data) == ("status" in data) == (data["kind"] == "action")
    for _, _, data in network.edges(data=True):
        assert data["weight"] >= 1
        assert data["actions"] == tuple(sorted(data["actions"])) != ()
        assert data.keys() == {"weight", "actions", *network.graph["columns"]}
    details = action_details(graph, actions_of(network))
    assert list(details) == actions_of(network)


def test_a_network_can_be_of_one_plan(graph: Graph) -> None:
    """Gravesham's actions are alike with those of three others by CGL, KCC and the ministry under both its names."""
    network = graph.network("similar-actions", plan="gravesham")
    assert len(edges(network)) == 14
    assert network.graph["values"] == {"plan": "gravesham"}
    assert network.graph["title"] == "Similar actions (plan: gravesham)"
    assert graph.network("similar-actions").graph["title"] == "Similar actions"
    assert len(graph.network("dependencies", plan="thurrock")) == 0
    assert len(graph.network("dependencies", plan="coventry")) == 44


def test_a_node_says_what_it_is(graph: Graph) -> None:
    """A body has its name in full, its abbreviation and its kind; an action its text, last day and status."""
    nodes = graph.network("partnership").nodes
    cgl = next(data for _, data in nodes(data=True) if data["id"] == "change-grow-live")
    assert (cgl["label"], cgl["abbreviation"], cgl["kind"], cgl["body"]) == (
        "Change Grow Live",
        "CGL",
        "agency",
        "charity",
    )
    assert (cgl["plans"], cgl["load"]) == (("coventry",), 6)
    dependent = graph.network("dependencies").nodes[action_iri("coventry/13.1")]
    assert dependent["label"].startswith("To create a Preventing Evictions Panel")
    assert (str(dependent["due"]), dependent["status"], dependent["load"]) == ("2022-10-31", "unknown", 2)


def test_an_action_is_told_in_detail(graph: Graph) -> None:
    """As the first table of Coventry's plan prints 1.2, in its row 3."""
    (detail,) = action_details(graph, [action_iri("coventry/1.2"), action_iri("coventry/99")]).values()
    assert (detail.id, detail.plan, detail.ref) == ("coventry/1.2", "coventry", "1.2")
    assert detail.plan_title == "Rough Sleeping Action Plan"
    assert detail.pillars == ("Recovery",)
    assert (detail.due, str(detail.due_earliest), str(detail.due_latest)) == ("April 2023", "2023-04-01", "2023-04-30")
    assert detail.leads == (
        "Rough Sleeper Management Team (Coventry)",
        "Rough Sleeping Action Group (Coventry)",
        "Voids Panel (Coventry)",
    )
    assert detail.place == "table 1, row 3"
    assert detail.document is not None
    assert detail.document.name == "coventry.txt"


def test_two_sources_are_joined_for_each_target_they_share() -> None:
    """Three share x, two of them y too: a triangle, one side of it twice; who shares nothing stands alone."""
    network = drawn("sources that share a target", "a x,b x,c x,a y,b y,a x,d z")
    assert {(*sorted(pair[:2]), pair[2]) for pair in network.edges(data="weight")} == {
        ("a", "b", 2),
        ("a", "c", 1),
        ("b", "c", 1),
    }
    assert sorted(nx.isolates(network)) == ["d"]
    assert network.nodes["a"]["load"] == 2
    assert "x" not in network


def test_a_direction_is_kept_or_not_as_the_header_says() -> None:
    """One way, a→b and b→a are two edges; both ways, they are one."""
    one_way = drawn("source to target", "a b,b a,b c,d -")
    assert set(one_way.edges()) == {("a", "b"), ("b", "a"), ("b", "c")}
    assert sorted(nx.isolates(one_way)) == ["d"]
    both = drawn("source and target", "a b,b a,b c")
    assert sorted(both.edges(data="weight")) == [("a", "b", 1), ("b", "c", 1)]


def test_other_columns_become_attributes_of_edges() -> None:
    """One value as it is, several sorted; the weight is the number of different rows."""
    network = drawn("source and target", "a b red,a b blue,a c red", "colour")
    assert network.edges["a", "b"] == {"weight": 2, "actions": (), "colour": ("blue", "red")}
    assert network.edges["a", "c"] == {"weight": 1, "actions": (), "colour": "red"}


def test_a_row_needs_a_source() -> None:
    """A row without one is an error, not a node without a name."""
    with pytest.raises(QueryError, match=r"n\.rq: a row has no \?source; give \?source a value in each row\."):
        drawn("source and target", "a b,- c")


def test_too_many_pairs_are_refused() -> None:
    """7,000 sources of one target would be 24 million pairs."""
    rows = [f'"{number}"\t"x"'.encode() for number in range(7_000)]
    definition = DEFINITIONS["partnership"]
    own = of_columns(definition.joins, ("source", "target"))
    with pytest.raises(QueryError, match="share targets 24,496,500 times, and 20,000,000 are the most"):
        joined(own, rows)


def test_a_network_of_ones_own_needs_no_python(graph: Graph, tmp_path: Path) -> None:
    """A query in a folder of one's own is drawn by its name; what has no label says so."""
    found = graph.network("neighbours", library=library(tmp_path, HEADER), plan="maidstone")
    assert len(found.edges) == 18
    assert {data["kind"] for _, data in found.nodes(data=True)} == {"action", "other"}
    text = HEADER.replace("pw:group ?target", "pw:order ?target").replace(
        "?source pw:plan", "?source pw:status ?s ; pw:plan"
    )
    (tmp_path / "two").mkdir()
    statuses = library(tmp_path / "two", text.replace("pw:order ?target", "pw:dueKind ?target"))
    assert graph.network("neighbours", library=statuses, plan="maidstone").graph["notices"] == ()


def test_a_node_without_a_label_is_told(graph: Graph, tmp_path: Path) -> None:
    """An involvement has no name of its own: its id stands in the place of one, and a notice says so."""
    own = library(tmp_path, HEADER.replace("pw:group ?target", "pw:involvement ?target"))
    network = graph.network("neighbours", library=own, plan="gravesham")
    (notice,) = network.graph["notices"]
    assert notice.startswith("44 nodes have no label, and the id stands in its place: gravesham/n1/lead/1, ")


def test_a_network_without_a_row_says_so(graph: Graph, tmp_path: Path) -> None:
    """Beside the sentence stands the name that was probably misspelt."""
    own = library(tmp_path, HEADER.replace("pw:group ?target", "pw:gruop ?target"))
    network = graph.network("neighbours", library=own)
    nothing, doubt = network.graph["notices"]
    assert nothing == "there is nothing to draw: the query of this network gives no row"
    assert doubt.endswith("the ontology has no pw:gruop; did you mean pw:group?")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "?target",
            "?other",
            "neighbours.rq, line 7: the query selects no ?target; a network needs ?source and ?target.",
        ),
        (
            "source and target",
            "source with target",
            "neighbours.rq, line 5: no network joins 'source with target'; did you mean source to target or ",
        ),
        (
            "# **Joins:** source and target\n",
            "",
            'neighbours.rq, line 8: the network has no Joins; write "# **Joins:** source to target" in line 8.',
        ),
    ],
)
def test_a_wrong_definition_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One sentence: what is wrong, where, and what to do."""
    with pytest.raises(DefinitionError) as caught:
        read_definitions(library(tmp_path, HEADER.replace(old, new)))
    assert str(caught.value).removeprefix(f"{tmp_path}/graphs/").startswith(said)


def test_unknown_names_are_told_with_the_nearest(graph: Graph) -> None:
    """Of networks, plans and parameters."""
    with pytest.raises(NotFound, match="there is no network 'partnerships'; did you mean partnership"):
        graph.network("partnerships")
    with pytest.raises(NotFound, match="there is no plan 'coventri' in this graph; did you mean coventry"):
        graph.network("partnership", plan="coventri")
    with pytest.raises(NotFound, match="the network partnership takes no plans; did you mean plan"):
        graph.network("partnership", plans="coventry")


def test_a_limit_is_an_error_and_never_a_part_of_a_network(graph: Graph) -> None:
    """The rows of partnership are more than five."""
    with pytest.raises(QueryError, match="more than 5 rows"):
        graph.network("partnership", limits=Limits(rows=5))
    definition = DEFINITIONS["partnership"]
    apart = asked_apart(definition.sparql)
    assert apart
    with pytest.raises(QueryError, match="more than 5 rows"):
        rows_apart(graph.files, graph.ids, definition, apart, Limits(rows=5))


def test_a_definition_may_ask_no_other_server(graph: Graph, tmp_path: Path) -> None:
    """The guard of questions stands before networks too."""
    text = HEADER.replace("pw:group ?target }", "pw:group ?target } SERVICE <http://example.org/> { ?a ?b ?c }")
    with pytest.raises(QueryError, match="asks another server"):
        graph.network("neighbours", library=library(tmp_path, text))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "similar-actions"])
def test_plans_asked_apart_give_the_rows_of_the_whole(graph: Graph, name: str) -> None:
    """Each bundled network but the one across plans can be asked plan by plan, and gives the same rows and names."""
    definition = definition_of(Library.bundled(), name)
    apart = asked_apart(definition.sparql)
    assert apart is not None
    one = rows_at_once(graph.files, definition, {})
    other = rows_apart(graph.files, graph.ids, definition, apart)
    assert sorted(one.lines) == sorted(other.lines) != []
    assert one.said == other.said


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?a ?b { GRAPH ?g { ?a pw:similarTo ?b } }",  # not known to be in plans only
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } GRAPH ?h { ?c pw:lead ?b } }",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } ?b rdfs:label ?c }",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } FILTER (?a != ?b) }",
        "SELECT ?a ?b ?g { GRAPH ?g { ?a pw:lead ?b } }",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b . ?g ?p ?o } }",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b . ?b !pw:lead ?c } }",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b . ?b pw:relatedTo* ?c } }",
        "SELECT ?a ?b { GRAPH ?g { OPTIONAL { ?a pw:lead ?b } } }",
        "SELECT ?a ?b { GRAPH ?g { { SELECT ?a ?b { ?a pw:lead ?b } } } }",
        "SELECT ?a ?b { GRAPH ?g { VALUES ?a { pw:b } ?a pw:lead ?b } }",
        "SELECT ?a (COUNT(?b) AS ?n) { GRAPH ?g { ?a pw:lead ?b } } GROUP BY ?a",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } } ORDER BY ?a LIMIT 3",
        "SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } } VALUES ?a { pw:b }",
        "SELECT ?a ?b { GRAPH <https://w3id.org/planweave/graph/plan/p> { ?a pw:lead ?b } }",
        "SELECT ?a ?b FROM NAMED <http://example.org/> { GRAPH ?g { ?a pw:lead ?b } }",
        "SELECT * { GRAPH ?g { ?a pw:lead ?b } }",
    ],
)
def test_what_may_speak_of_several_plans_is_asked_of_the_whole(sparql: str) -> None:
    """Anything that is not known to be right plan by plan: joins, counts, limits, open properties, sub-queries."""
    assert asked_apart(sparql) is None


def test_what_speaks_of_one_plan_is_asked_apart() -> None:
    """Paths of named properties, what is optional, filters and the registers do no harm."""
    apart = asked_apart(
        """PREFIX x: <http://example.org/> SELECT DISTINCT ?a ?b WHERE {
          GRAPH ?graph { ?a pw:lead|pw:partner ?b ; a pw:Action , x:Thing .  # a remark with ?graph
            OPTIONAL { ?b ^x:of/x:part+ "text"@en , 5 , "1"^^xsd:int } FILTER NOT EXISTS { ?a x:not ?c }
            MINUS { ?a x:less ?d } FILTER (?a != ?b && EXISTS { ?a x:yes ?b }) BIND (STR(?a) AS ?e) }
          GRAPH <https://w3id.org/planweave/graph/registers> { ?b pw:kind ?kind }
        } ORDER BY ?a DESC(?b)"""
    )
    assert apart is not None
    assert apart.registers
    assert {one.rsplit("/", 1)[1].rsplit("#", 1)[-1] for one in apart.predicates} == {
        *("lead", "partner", "type", "of", "part", "not", "less", "yes", "kind")
    }


def test_no_other_graph_has_the_properties_of_plans(graph: Graph) -> None:
    """What makes asking apart right: these properties stand in the graphs of plans alone, and are all used there."""
    used = "SELECT DISTINCT ?graph ?property { GRAPH ?graph { ?s ?property ?o } }"
    found = [(row["graph"].value, row["property"].value) for row in graph.store.select(used)]
    plans = {plan_graph(plan) for plan in graph.ids}
    assert {name for name, said in found if said in ONLY_IN_PLANS} <= plans
    assert ONLY_IN_PLANS - {said for _, said in found} <= {"https://w3id.org/planweave/ontology#needs"}
