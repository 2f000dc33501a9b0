"""A check as a user asks for it: what is told, in which order, with which place, and what is asked only once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.namespace import RDF, SH

import planweave as pw
from planweave.assessing import BuiltPlans
from planweave.assessing import plans as asking
from planweave.errors import DefinitionError, NotFound, PlanweaveError
from planweave.findings import FINDING_KEYS, Finding, Where
from planweave.library import Library

if TYPE_CHECKING:
    from planweave.checking import Checks
    from planweave.graph import Graph

NORTHMOOR = """Northmoor Council: Homelessness action plan 2023-2025

Ref	Action	Lead	Due date	Outcome	Comments
1.1	Open a day centre with the Harbour Trust	Housing Options	March 2024	40 people helped a year	Complete
1.4	Train new staff	Training Officer	TBC	Staff are trained	Underway
1.2	Write to every landlord		May 2024	500 letters sent	Not started
1.3	Review the night shelter	Shelter Manager	June 2026		Not started
"""
"""Planted: 1.2 has no lead and is overdue on the last day of 2024, 1.4 has no date, stands before 1.2 and says
nothing that can be counted, 1.3 is due after 2025 and has no outcome."""

DAY = "2024-12-31"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "northmoor.txt").write_text(NORTHMOOR)
    return tmp_path


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    with pw.build(folder / "plans", folder / "weave") as built:
        yield built


def told(found: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(one.shape, one.action, one.value) for one in found]


def test_what_is_planted_is_found_and_nothing_else(graph: Graph) -> None:
    """The most serious first, then in printed order: each defect once."""
    found = list(graph.check(as_of=DAY))
    assert [one.severity for one in found] == sorted(
        (one.severity for one in found), key=["violation", "warning", "info"].index
    )
    assert sorted(told(found)) == sorted(
        [
            ("action-has-due-date", "northmoor/1.4", "TBC"),
            ("action-has-lead", "northmoor/1.2", None),
            ("action-has-outcome", "northmoor/1.3", None),
            ("plan-has-publisher", None, None),
            ("action-is-overdue", "northmoor/1.2", "May 2024"),
            ("due-before-plan-ends", "northmoor/1.3", "June 2026"),
            ("reference-in-sequence", "northmoor/1.4", "1.4"),
            ("outcome-adds-to-action", "northmoor/1.4", "Staff are trained"),
            ("outcome-is-measurable", "northmoor/1.4", "Staff are trained"),
        ]
    )


def test_a_finding_says_where_it_stands(graph: Graph) -> None:
    """The cell of the question's own column; where that is empty, the cell of the action."""
    places = {(one.shape, one.ref): one.where for one in graph.check(as_of=DAY)}
    assert places["action-is-overdue", "1.2"] == Where(None, 1, 4, "May 2024")
    assert places["action-has-lead", "1.2"] == Where(None, 1, 4, "Write to every landlord")
    assert places["due-before-plan-ends", "1.3"] == Where(None, 1, 5, "June 2026")


def test_the_place_is_where_the_whole_word_stands(folder: Path) -> None:
    """An abbreviation is not shown in a word that has its letters, nor a body in a longer name."""
    plan = "Eastvale Plan\n\nRef\tAction\tLead\tComments\n1\tREHOUSE 5 people from RSAP homes\tRSP\tAsk EH\n"
    plan += "2\tTrain staff\tRough Sleeping Partnership\tNone\n"
    (folder / "plans" / "eastvale.txt").write_text(plan)
    with pw.build(folder / "plans", folder / "weave") as graph:
        found = graph.check(plan="eastvale", only=["abbreviation-is-spelled-out", "body-has-one-name"])
        places = {one.value: one.where.text for one in found if one.where}
    assert places["EH"] == "Ask EH"
    assert places["RSAP"] == "REHOUSE 5 people from RSAP homes"
    assert places["RSP, Rough Sleeping Partnership"] == "Rough Sleeping Partnership"


def test_the_scorecard_counts_what_was_found(graph: Graph) -> None:
    """Shares of actions by what they have, and the findings by severity."""
    (card,) = graph.check(as_of=DAY).scorecards
    assert (card.actions, card.with_lead, card.with_due, card.with_outcome) == (4, 3, 3, 3)
    assert (card.with_status, card.with_partner) == (4, 0)
    assert (card.violations, card.warnings, card.infos, card.accepted) == (4, 4, 1, 0)


def test_the_day_of_the_check_decides_what_is_overdue(graph: Graph) -> None:
    """On the last day of May the date has not passed; the day after it has."""
    assert list(graph.check(as_of="2024-05-31", only="action-is-overdue")) == []
    assert [one.ref for one in graph.check(as_of=dt.date(2024, 6, 1), only="action-is-overdue")] == ["1.2"]


def test_today_is_the_day_unless_told_otherwise(graph: Graph) -> None:
    """The report always says which day it was."""
    assert graph.check().report.as_of == dt.datetime.now().astimezone().date()


def test_only_some_checks_and_severities(graph: Graph) -> None:
    """What is left out is not told; a severity that is left out is counted all the same."""
    only = graph.check(as_of=DAY, only=["action-has-lead", "action-has-status"])
    assert told(list(only)) == [("action-has-lead", "northmoor/1.2", None)]
    warnings = graph.check(as_of=DAY, severity="warning")
    assert {one.severity for one in warnings} == {"warning"}
    assert warnings.scorecards[0].violations == 4


def test_a_profile_decides_what_counts(graph: Graph) -> None:
    """In publish the order of references does not count; in strict what is info elsewhere is more."""
    assert "action-has-status" not in {one.shape for one in graph.check(as_of=DAY, profile="publish")}
    strict = {one.shape: one.severity for one in graph.check(as_of=DAY, profile="strict")}
    assert strict["outcome-is-measurable"] == "warning"


def test_a_library_folder_changes_profile_and_shapes(graph: Graph, folder: Path) -> None:
    """A profile of one's own in a folder on top of the library, by its name."""
    (folder / "mine" / "shapes").mkdir(parents=True)
    (folder / "mine" / "shapes" / "board.toml").write_text(
        'title = "For the board"\nothers = "off"\n[severity]\naction-has-lead = "info"\n'
    )
    library = Library.bundled().with_folder(folder / "mine")
    found = graph.check(as_of=DAY, profile="board", library=library)
    assert [(one.shape, one.severity) for one in found] == [("action-has-lead", "info")]
    assert found.report.profile == "For the board"


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pw: <https://w3id.org/planweave/ontology#> .
<https://example.org/TwoLeads> a sh:PropertyShape ; sh:targetClass pw:Action ; sh:path pw:lead ; sh:minCount 2 ;
    sh:severity sh:Warning ; sh:message "Two leads are wanted." .
<https://example.org/NoComplete> a sh:PropertyShape ; sh:targetClass pw:Action ; sh:path pw:status ;
    sh:not [ sh:in ( <https://w3id.org/planweave/status/complete> ) ] .
"""


def test_shapes_of_ones_own(graph: Graph, folder: Path) -> None:
    """Any SHACL file runs over the graph, with messages of its own; nodes are shown in words."""
    (folder / "own.ttl").write_text(OWN)
    found = list(graph.check(shapes=folder / "own.ttl"))
    assert [(one.shape, one.ref, one.severity) for one in found] == [
        ("NoComplete", "1.1", "violation"),
        *(("TwoLeads", ref, "warning") for ref in ("1.1", "1.4", "1.2", "1.3")),
    ]
    assert found[0].value == "complete"
    assert found[1].message == "Two leads are wanted."
    assert told(found) == told(list(graph.check(shapes=folder / "own.ttl", engine="pyshacl")))


def test_json_is_what_the_documentation_says(graph: Graph, folder: Path) -> None:
    """A list of findings with exactly the public keys."""
    graph.check(as_of=DAY).write(folder / "findings.json")
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert {tuple(one) for one in found} == {FINDING_KEYS}
    overdue = next(one for one in found if one["shape"] == "action-is-overdue")
    assert overdue == {
        "shape": "action-is-overdue",
        "severity": "warning",
        "plan": "northmoor",
        "action": "northmoor/1.2",
        "ref": "1.2",
        "message": "This was due May 2024 and is not said to be complete; report how far it is, or set a new date.",
        "value": "May 2024",
        "where": {"page": None, "table": 1, "row": 4, "text": "May 2024"},
        "accepted": False,
    }


def test_turtle_is_a_standard_report(graph: Graph, folder: Path) -> None:
    """It is read by rdflib: one result a finding, with the severity of the profile, and conforms is false."""
    check = graph.check(as_of=DAY, profile="strict")
    report = rdflib.Graph().parse(check.write(folder / "report.ttl"))
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    assert str(report.value(node, SH.conforms)) == "false"
    assert len(list(report.objects(node, SH.result))) == len(check)
    severities = {str(value).rpartition("#")[2].lower() for value in report.objects(None, SH.resultSeverity)}
    assert severities == {one.severity for one in check}


def test_a_plan_that_has_not_changed_is_not_asked_again(
    graph: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results are kept beside the graph; after one plan changed, only that one is asked."""
    (folder / "plans" / "eastvale.txt").write_text(NORTHMOOR.replace("Northmoor", "Eastvale"))
    asked: list[str] = []
    ask = asking._ask

    def noted(task: asking._Task, checks: Checks) -> tuple[str, dict[str, int]]:
        asked.append(task.plan)
        return ask(task, checks)

    monkeypatch.setattr(asking, "_ask", noted)
    with pw.build(folder / "plans", folder / "weave") as both:
        first = told(list(both.check(as_of=DAY)))
        assert asked == ["eastvale", "northmoor"]
        assert told(list(both.check(as_of=DAY))) == first
        assert asked == ["eastvale", "northmoor"]
    (folder / "plans" / "eastvale.txt").write_text(NORTHMOOR.replace("May 2024", "May 2025"))
    with pw.build(folder / "plans", folder / "weave") as changed:
        found = told(list(changed.check(as_of=DAY)))
        assert asked == ["eastvale", "northmoor", "eastvale"]
        assert ("action-is-overdue", "eastvale/1.2", "May 2024") not in found
        assert ("action-is-overdue", "northmoor/1.2", "May 2024") in found
        changed.check(as_of="2025-06-01")
        assert asked[3:] == ["eastvale", "northmoor"]


def test_damaged_results_are_made_again(graph: Graph, folder: Path) -> None:
    """What is kept is no truth: without it, or with it broken, the same is found."""
    first = told(list(graph.check(as_of=DAY)))
    for path in (folder / "weave" / ".checks").rglob("*.z"):
        path.write_bytes(b"broken")
    assert told(list(graph.check(as_of=DAY))) == first
    shutil.rmtree(folder / "weave" / ".checks")
    assert told(list(graph.check(as_of=DAY))) == first


def test_a_check_outlives_others_that_forget_its_results(
    graph: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a few kinds of check are kept; one that others push out while it runs says all the same."""
    alone = told(list(graph.check(as_of=DAY, only="action-has-lead")))
    ask = asking._ask

    def pushed_out(task: asking._Task, checks: Checks) -> tuple[str, dict[str, int]]:
        shutil.rmtree(folder / "weave" / ".checks", ignore_errors=True)
        return ask(task, checks)

    monkeypatch.setattr(asking, "_ask", pushed_out)
    check = graph.check(as_of="2025-01-01", only="action-has-lead")
    shutil.rmtree(folder / "weave" / ".checks")
    assert told(list(check)) == alone == [("action-has-lead", "northmoor/1.2", None)]


def test_a_workspace_that_cannot_be_written_is_checked_all_the_same(graph: Graph, folder: Path) -> None:
    """Where results cannot be kept, they are found each time."""
    first = told(list(graph.check(as_of=DAY)))
    shutil.rmtree(folder / "weave" / ".checks")
    (folder / "weave" / ".checks").write_text("in the way")
    assert told(list(graph.check(as_of=DAY))) == first


def test_many_plans_are_asked_in_processes_with_the_same_result(
    graph: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On all cores or on one, the findings are the same."""
    for number in range(3):
        (folder / "plans" / f"plan{number}.txt").write_text(NORTHMOOR.replace("May 2024", f"May 202{number + 3}"))
    with pw.build(folder / "plans", folder / "weave") as several:
        alone = told(list(several.check(as_of=DAY)))
        shutil.rmtree(folder / "weave" / ".checks")
        monkeypatch.setattr(asking, "ALONE", 0)
        assert told(list(several.check(as_of=DAY))) == alone


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"plan": "nortmoor"}, NotFound, "there is no plan 'nortmoor' in this graph; did you mean northmoor?"),
        ({"only": "action-has-leader"}, NotFound, "no check 'action-has-leader'; did you mean action-has-lead"),
        ({"profile": "strickt"}, NotFound, "strict"),
        ({"as_of": "31/12/2024"}, PlanweaveError, "'31/12/2024' is no date; write a day as 2024-12-31."),
        ({"as_of": "2024-02-30"}, PlanweaveError, "'2024-02-30' is no date"),
        ({"shapes": "absent.ttl"}, DefinitionError, "absent.ttl: the file cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(
    graph: Graph, asked: dict[str, str], error: type[PlanweaveError], words: str
) -> None:
    """What is wrong and what to do; nothing is told then."""
    with pytest.raises(error) as raised:
        graph.check(**asked)  # type: ignore[arg-type]
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("this is no turtle", "is not Turtle"),
        ("<https://example.org/a> a <https://example.org/B> .", "there is no SHACL shape with a target"),
        (OWN.replace("sh:minCount 2", "sh:expression [ ]"), "which is not supported"),
        (
            OWN.replace(
                'sh:message "Two leads are wanted."',
                'sh:sparql [ sh:select "SELECT $this { SERVICE <http://x.y/> { $this ?p ?o } }" ]',
            ),
            "would fetch from elsewhere (SERVICE)",
        ),
        (OWN + "<https://example.org/o> <http://www.w3.org/2002/07/owl#imports> <http://x.y/z> .", "from the network"),
    ],
)
def test_a_shapes_file_that_cannot_be_used_is_refused(graph: Graph, folder: Path, text: str, words: str) -> None:
    """One sentence with the file's name."""
    (folder / "own.ttl").write_text(text)
    with pytest.raises(DefinitionError, match=r"own\.ttl") as raised:
        graph.check(shapes=folder / "own.ttl")
    assert words in str(raised.value)


def test_hierarchy_is_that_of_the_whole_graph(graph: Graph) -> None:
    """What the ontology says of classes holds for every plan: a lead is an involvement."""
    edges = {(sub.value.rpartition("#")[2], over.value.rpartition("#")[2]) for sub, over in _plans(graph).edges}
    assert ("Lead", "Involvement") in edges


def _plans(graph: Graph) -> BuiltPlans:
    return BuiltPlans(graph._build, graph.folder, graph.store)


def test_a_plans_own_graph_is_taken_whole_and_alone(graph: Graph) -> None:
    """What is checked is every quad of the plan's graph, and none of its provenance."""
    build = graph._build
    lines = build.quads("northmoor").splitlines(keepends=True)
    assert build.facts("northmoor") == b"".join(line for line in lines if b"/graph/plan/northmoor> ." in line)
