"""Shapes of one's own: which question a finding belongs to, and how serious it is, where shapes hold others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import rdflib
from rdflib.namespace import SH

import planweave as pw

if TYPE_CHECKING:
    from planweave.assessing import Assessment
    from planweave.checking import Engine
    from planweave.graph import Graph

PLAN = """Northmoor Council: Homelessness action plan 2023-2025

Ref	Action	Lead	Due date	Outcome
1.1	Open a day centre	Housing Options	March 2024	40 people helped a year
1.2	Write to every landlord		May 2024	500 letters sent
"""

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pw: <https://w3id.org/planweave/ontology#> .
@prefix ex: <https://example.org/> .
"""

NAMELESS = f"""{PREFIXES}
[] a sh:NodeShape ; sh:targetClass pw:Action ; sh:property [ sh:path pw:lead ; sh:minCount 1 ] .
"""

GRADED = f"""{PREFIXES}
ex:Parties a sh:NodeShape ; sh:targetClass pw:Action ; sh:name "Who takes part?" ;
    sh:property [ sh:path pw:lead ; sh:minCount 1 ; sh:severity sh:Warning ] ,
                [ sh:path pw:partner ; sh:minCount 1 ; sh:severity sh:Info ] .
"""

HELD = f"""{PREFIXES}
ex:Whose a sh:PropertyShape ; sh:targetClass pw:Plan ; sh:path pw:publisherName ; sh:minCount 1 ; sh:severity sh:Info .
ex:About a sh:NodeShape ; sh:targetClass pw:Plan ; sh:property ex:Whose ; sh:severity sh:Warning .
"""


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "northmoor.txt").write_text(PLAN)
    with pw.build(tmp_path / "plans", tmp_path / "weave") as built:
        yield built


def checked(graph: Graph, file: Path, text: str, engine: Engine = "sparql") -> Assessment:
    file.write_text(text)
    return graph.check(shapes=file, engine=engine)


def test_a_nameless_shape_is_found_under_every_name_of_its_file(graph: Graph, tmp_path: Path) -> None:
    """What was kept of the same text in a file of another name does not hide its findings."""
    for name in ("one", "two"):
        found = checked(graph, tmp_path / f"{name}.ttl", NAMELESS)
        assert [(one.shape, one.ref) for one in found] == [(name, "1.2")]


@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
def test_what_a_shape_holds_is_as_serious_as_it_says(graph: Graph, tmp_path: Path, engine: Engine) -> None:
    """A lead that is missing is a warning, a partner an info: in findings, in counts, and in the report."""
    check = checked(graph, tmp_path / "graded.ttl", GRADED, engine)
    assert [(one.severity, one.ref) for one in check] == [("warning", "1.2"), ("info", "1.1"), ("info", "1.2")]
    (card,) = check.scorecards
    assert (card.violations, card.warnings, card.infos) == (0, 1, 2)
    assert check.worst() == "warning"
    report = rdflib.Graph().parse(check.write(tmp_path / "report.ttl"))
    severities = [str(value).rpartition("#")[2] for value in report.objects(None, SH.resultSeverity)]
    assert sorted(severities) == ["Info", "Info", "Warning"]


def test_each_severity_of_a_shape_is_told_apart(graph: Graph, tmp_path: Path) -> None:
    """A page has an anchor for each, a workbook a row with its own count."""
    check = checked(graph, tmp_path / "graded.ttl", GRADED)
    page = check.write(tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count('id="question-graded"') == page.count('id="question-graded-info"') == 1
    book = openpyxl.load_workbook(check.write(tmp_path / "report.xlsx"))
    rows = [(row[0], row[1], row[4]) for row in book["Questions"].iter_rows(min_row=2, values_only=True)]
    assert rows == [("graded", "warning", 1), ("graded", "info", 2)]


def test_a_shape_with_a_target_is_its_own_question_also_where_another_holds_it(graph: Graph, tmp_path: Path) -> None:
    """Its findings bear its name and its severity."""
    check = checked(graph, tmp_path / "held.ttl", HELD)
    assert [(one.shape, one.severity) for one in check] == [("Whose", "info")]
    assert "Whose" in {question.shape for question in check.report.questions}


def test_what_is_not_told_counts_all_the_same(graph: Graph, tmp_path: Path) -> None:
    """Who asks to see infos only is not told that nothing worse was found."""
    (tmp_path / "graded.ttl").write_text(GRADED)
    check = graph.check(shapes=tmp_path / "graded.ttl", severity="info")
    assert {one.severity for one in check} == {"info"}
    assert check.worst() == "warning"
