"""Networks in files and on the command line: what is written can be read, and what is wrong is one sentence."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx
import openpyxl
import pytest

import planweave as pw
from planweave.errors import NotFound, PlanweaveError
from planweave.networks.files import write_network, write_network_json

if TYPE_CHECKING:
    from planweave.graph import Graph
    from planweave.networks.network import Network

REPOSITORY = Path(__file__).parent.parent
EVIL = "a\x00b\x1b[31m<script>&\"'\ud800\ufffe=1+1"


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def evil() -> Network:
    """Two nodes and an edge whose texts would break a file, with an attribute that formats use themselves."""
    network: Network = nx.Graph()
    network.graph.update(
        name="evil", title=EVIL, text=EVIL, joins="source and target", columns=("type", "id"), values={}, notices=()
    )
    for node in ("n<1>", "n2"):
        network.add_node(
            node,
            label=f"{EVIL} {node}",
            id="same",
            abbreviation="",
            kind="text",
            body="",
            plans=("p", "q"),
            load=1,
            actions=(),
        )
    network.add_edge("n<1>", "n2", weight=2, actions=(), type=("x", EVIL), id="edge")
    return network


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_gephi_files_hold_the_whole_network(graph: Graph, tmp_path: Path, suffix: str, read: object) -> None:
    """Nodes with their labels, weights, directions, and the nodes that stand alone."""
    network = graph.network("dependencies")
    write_network(network, tmp_path / f"n{suffix}")
    assert callable(read)
    again = read(tmp_path / f"n{suffix}")
    assert again.is_directed()
    assert set(again) == set(network)
    assert set(again.edges()) == set(network.edges())
    for node, data in again.nodes(data=True):
        assert data["label"] == network.nodes[node]["label"]
        assert (data["node_id"], data["kind"]) == (network.nodes[node]["id"], "action")
    one = next(iter(network.edges()))
    assert again.edges[one]["weight"] == 1
    assert again.edges[one]["actions"] == "coventry/1.1; coventry/13.1"


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_no_text_breaks_the_xml(tmp_path: Path, suffix: str) -> None:
    """Control characters, lone surrogates and markup: the file is XML, the text is text."""
    path = tmp_path / f"evil{suffix}"
    write_network(evil(), path)
    parsed = ET.parse(path)  # noqa: S314 - written above
    assert not [element for element in parsed.iter() if element.tag.endswith("script")]
    text = path.read_text(encoding="utf-8")
    assert "a\ufffdb\ufffd[31m&lt;script&gt;" in text
    again = nx.read_graphml(path) if suffix == ".graphml" else nx.read_gexf(path)
    assert set(again.edges()) == {("n<1>", "n2")}


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".csv", ".json"])
def test_the_same_network_gives_the_same_file(graph: Graph, tmp_path: Path, suffix: str) -> None:
    """Byte for byte, on any day."""
    for name in ("one", "two"):
        write_network(graph.network("partnership"), tmp_path / f"{name}{suffix}")
    written = (tmp_path / f"one{suffix}").read_bytes()
    assert written == (tmp_path / f"two{suffix}").read_bytes()
    assert b"lastmodified" not in written


def test_csv_has_a_row_an_edge_and_no_formula(graph: Graph, tmp_path: Path) -> None:
    """Eight edges and five bodies that stand alone; a text that begins as a formula has an apostrophe before it."""
    write_network(graph.network("partnership"), tmp_path / "n.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "n.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 13
    assert rows[0]["source_name"] == "Anchor Centre (Coventry)"
    assert (rows[0]["target"], rows[0]["weight"], rows[0]["actions"]) == ("change-grow-live", "1", "coventry/3.3")
    assert [row["source"] for row in rows if not row["target"]] == [
        "city-of-london-police",
        "coventry-refugee-and-migrant-centre",
        "langar-aid",
        "maidstone-borough-council",
        "west-midlands-combined-authority",
    ]
    network = evil()
    for node in network:
        network.nodes[node]["label"] = "=1+1"
    write_network(network, tmp_path / "evil.csv")
    assert "'=1+1" in (tmp_path / "evil.csv").read_text(encoding="utf-8-sig")


def test_json_holds_every_attribute(graph: Graph) -> None:
    """As typed: lists stay lists, and a day is ISO 8601."""
    out = io.BytesIO()
    write_network_json(graph.network("dependencies"), out)
    said = json.loads(out.getvalue())
    assert (said["name"], said["directed"], len(said["nodes"]), len(said["edges"])) == ("dependencies", True, 44, 19)
    first = next(node for node in said["nodes"] if node["id"] == "coventry/13.1")
    assert (first["due"], first["plans"]) == ("2022-10-31", ["coventry"])


def test_an_unknown_suffix_and_an_impossible_path_are_told(graph: Graph, tmp_path: Path) -> None:
    """In a sentence each."""
    network = graph.network("partnership")
    with pytest.raises(NotFound, match=r"'\.docx' is no format of networks; end the name in \.graphml"):
        write_network(network, tmp_path / "n.docx")
    with pytest.raises(PlanweaveError, match="the file cannot be written"):
        write_network(network, tmp_path / "nowhere" / "n.gexf")


def run(graph: Graph, *arguments: object, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planweave.cli", *map(str, arguments), "--from", str(graph.folder)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_command_lists_the_networks(graph: Graph) -> None:
    """With what each takes."""
    shown = run(graph, "draw").stdout
    assert "partnership           Partnership (--plan)" in shown
    assert len([line for line in shown.splitlines() if "(--plan)" in line]) == 7


def test_measures_are_printed_and_written(graph: Graph, tmp_path: Path) -> None:
    """The figures first, then the top rows and how many more; all in a workbook with what each is."""
    shown = run(graph, "draw", "responsibility", "--measures", "--as-of", "2024-12-31")
    assert shown.returncode == 0, shown.stderr
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert lines[0] == "Responsibility; overdue on 2024-12-31"
    assert next(place for place, line in enumerate(lines) if line.startswith("Gini coefficient")) < next(
        place for place, line in enumerate(lines) if " team 38 38 " in line
    )
    assert any(line.startswith("… and 120") for line in lines)
    wrote = run(graph, "draw", "partnership", "--measures", "-o", tmp_path / "m.xlsx")
    assert wrote.stdout.startswith(f"wrote {tmp_path / 'm.xlsx'} (")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Figures", "Nodes", "Edges", "Columns"]
    figures = {row[0]: row[1:] for row in book["Figures"].iter_rows(values_only=True)}
    assert figures["single points of failure"][0] == 3
    assert str(figures["single points of failure"][2]).startswith("Nodes without which their part would fall apart")
    assert book["Nodes"].max_row == 16


def test_measures_as_csv_and_json(graph: Graph) -> None:
    """One value a row; or the tables with the definition of each column."""
    rows = list(csv.DictReader(io.StringIO(run(graph, "draw", "partnership", "--measures", "--format", "csv").stdout)))
    assert {row["measure"]: row["value"] for row in rows if row["of"] == "network"}["bridges"] == "5"
    assert {(row["of"], row["id"], row["measure"]): row["value"] for row in rows}[
        "node", "crisis", "joined with"
    ] == "3"
    said = json.loads(run(graph, "draw", "partnership", "--measures", "--format", "json").stdout)
    assert said["nodes"]["columns"][0] == {"name": "id", "title": "id", "definition": "What a person types for it."}


def test_a_network_is_written_or_printed(graph: Graph, tmp_path: Path) -> None:
    """A file says how much it holds; a table has the weightiest rows; a parameter is given by its name."""
    done = run(graph, "draw", "dependencies", "--plan", "coventry", "-o", tmp_path / "d.gexf")
    assert done.stdout.startswith(f"wrote {tmp_path / 'd.gexf'}: 44 nodes, 19 edges (")
    shown = run(graph, "draw", "dependencies", "--plan=coventry", "--format", "table").stdout
    assert " ".join(shown.split("\n")[3].split()) == "coventry/1.1 coventry/13.1 1"
    assert shown.rstrip().endswith("44 nodes, 19 edges")
    rows = run(graph, "draw", "partnership", "--format", "csv").stdout.splitlines()
    assert len(rows) == 14


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["partnerships"], "planweave: there is no network 'partnerships'; did you mean partnership?"),
        (
            ["partnership", "--plan", "coventri"],
            "planweave: there is no plan 'coventri' in this graph; did you mean coventry?",
        ),
        (["partnership", "--as-of", "soon"], "planweave: 'soon' is no date; write a day as 2024-12-31."),
        (
            ["partnership", "-o", "n.docx"],
            "planweave: '.docx' is no format of networks; end the name in .html, .svg, .graphml, .gexf, .csv, .json.",
        ),
        (
            ["partnership", "--measures", "-o", "n.gexf"],
            "planweave: '.gexf' is no format of measures; end the name in .csv, .json, .xlsx.",
        ),
        (
            ["partnership", "extra"],
            "planweave: 'extra' is too much; give values as --plan ID; see planweave draw --help.",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(graph: Graph, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, nothing on standard output, no file."""
    done = run(graph, "draw", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.strip().replace("python -m planweave.cli", "planweave")) == (
        2,
        "",
        said,
    )
    assert list(tmp_path.iterdir()) == []
