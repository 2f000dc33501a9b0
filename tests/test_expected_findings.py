"""The findings of the bundled plans are those that readers wrote down from the documents, no more and no fewer.

``tests/findings/`` has one file a plan, written by people who read the document, check by check and action by
action, without having seen what the program finds. The day of the check is the last of 2024.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.assessing import load_questions
from planweave.assessing.assess import given_on
from planweave.checking import Result, compile_checks
from planweave.library import Library, bundled_plans
from planweave.terms import plan_graph

if TYPE_CHECKING:
    from planweave.graph import Graph

FOLDER = Path(__file__).with_name("findings")
PLANS = tuple(sorted(path.stem for path in bundled_plans().glob("*.txt")))
DAY = dt.date(2024, 12, 31)

BY_CHANCE = frozenset(
    [
        ("abbreviation-is-spelled-out", "city-of-london/1.10", "CM"),
        ("abbreviation-is-spelled-out", "city-of-london/n7", "LE"),
        ("abbreviation-is-spelled-out", "city-of-london/3.11", "CP"),
        ("abbreviation-is-spelled-out", "city-of-london/3.12", "COLP"),  # read as CoLP by a stated correction
        ("abbreviation-is-spelled-out", "city-of-london/3.15", "CC"),
    ]
)
"""What readers find and the program does not: other words of the document have these initials by chance."""

IDLE = frozenset(
    [
        "plan-has-publisher",
        "cross-reference-exists",
        "due-before-plan-ends",
        "plan-past-period",
        "related-dates-are-close",
        "needed-action-comes-first",
        "lead-is-somebody",
        "updated-within-a-year",
    ]
)
"""Checks that rightly find nothing in any bundled plan on that day."""


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def expected(plan: str) -> list[dict[str, str]]:
    with (FOLDER / f"{plan}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_has_the_findings_a_reader_has(graph: Graph, plan: str) -> None:
    """Check, action and value of each finding, each as often as it is written down."""
    rows = ((row["shape"], row["action"], row["value"]) for row in expected(plan))
    wanted = Counter(row for row in rows if row not in BY_CHANCE)
    found = Counter((one.shape, one.action or "", one.value or "") for one in graph.check(plan=plan, as_of=DAY))
    assert sorted((found - wanted).elements()) == []
    assert sorted((wanted - found).elements()) == []


def test_every_check_is_shown_to_fire_or_rightly_not_to() -> None:
    """Each shape of the library has findings in a bundled plan, or is named here as one that has none."""
    names = {path.stem for path in Library.bundled().files("shapes", ".ttl")}
    fired = {row["shape"] for plan in PLANS for row in expected(plan)}
    assert names - fired == IDLE
    assert fired <= names


@pytest.mark.parametrize("plan", PLANS)
def test_pyshacl_finds_the_same(graph: Graph, plan: str) -> None:
    """Every shape of the library, result by result: none lost, none doubled."""
    questions = load_questions(Library.bundled())
    given, name = given_on(DAY), plan_graph(plan)

    def results(engine: str) -> list[Result]:
        checks = compile_checks(questions.files, given=given, engine=engine)  # type: ignore[arg-type]
        return sorted(checks.results(graph.store, [name]))

    found = results("sparql")
    assert found == results("pyshacl")
    assert len(found) == len(set(found)) > 0


@pytest.mark.parametrize("plan", PLANS)
def test_every_finding_leads_to_its_place(graph: Graph, plan: str) -> None:
    """Table and row are those of the action in the document, and the words stand in one of its cells."""
    record = graph.plan(plan)
    rows = {
        action.id: {(row.table, row.row): {cell.text for cell in row.cells} for row in action.source}
        for action in record.actions
    }
    for one in graph.check(plan=plan, as_of=DAY):
        assert one.where is not None
        assert one.where.text.strip()
        if one.action is not None:
            assert one.where.table is not None
            assert one.where.row is not None
            assert one.where.text in rows[one.action][one.where.table, one.where.row]
