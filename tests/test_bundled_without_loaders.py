"""The bundled plans read without their loaders, and what a record says of its own columns and doubts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.records import PlanRecord, to_json
from planweave.store import parse_quads
from planweave.terms import plan_graph
from planweave.unweaving import unweave
from planweave.weaving import weave
from tests.corpus import scoring
from tests.corpus.own import DOCUMENTS

EXPECTED = Path(__file__).parent / "expected"
PLANS = sorted(bundled_plans().glob("*.txt"))
COLUMNS = {"pillars": "pillar"}
SURE_BUT_WRONG = 0.01
"""What the confidence promises of the values it is sure of."""


@cache
def reader() -> Reader:
    """Give a reader that knows no loader."""
    found = Reader(Library.bundled())
    found._definitions = ()
    return found


def scored(record: PlanRecord, truth: dict[str, Any]) -> scoring.Score:
    """Compare a record with the truth, with what it says of its own confidence."""
    fields = ("text", "ref", "group", "pillars", "lead", "partner", "due", "outcome", "status")
    sure = {a.id: {name: record.confidence_in(a, COLUMNS.get(name, name)) for name in fields} for a in record.actions}
    return scoring.score({**json.loads(to_json(record)), "confidence": sure}, truth)


@pytest.mark.parametrize("name", ["unheaded.csv", "several.html", "side-by-side.txt", "labels.txt", "cards.html"])
def test_the_graph_gives_back_what_was_read_of_unusual_layouts(name: str, tmp_path: Path) -> None:
    """Shared rows, made tables, columns and doubts come back from the graph as they went in."""
    record = reader().read(DOCUMENTS[name](tmp_path))
    quads = list(parse_quads(weave(record)))
    own = plan_graph(record.plan.id)
    facts, sources = ([t for graph, t in quads if (graph == own) is wanted] for wanted in (True, False))
    assert unweave(record.plan.id, facts, sources) == record


def test_the_bundled_plans_need_no_loader_for_their_rows_and_dates() -> None:
    """Without their loaders all 144 actions are found with text, reference and date; sure values are hardly wrong."""
    scores = []
    for path in PLANS:
        truth = json.loads((EXPECTED / f"{path.stem}.json").read_text(encoding="utf-8"))
        scores.append(scored(reader().read(path), truth))
    whole = scoring.total(scores)
    assert (whole.rows, whole.found, whole.invented) == (144, 144, 0)
    assert {whole.fields[name].f1 for name in ("text", "reference", "due")} == {1.0}
    assert whole.wrong_with_high_confidence < SURE_BUT_WRONG


def test_what_a_column_was_decided_by_is_told(tmp_path: Path) -> None:
    """Two of the columns have a heading; the others are told by their values, and are less sure."""
    record = reader().read(DOCUMENTS["unheaded.csv"](tmp_path))
    told = {(column.column, column.field, column.how) for column in record.columns}
    assert {(1, "ref", "values"), (3, "lead", "values"), (5, "due", "values"), (6, "status", "values")} <= told
    assert {column.heading for column in record.columns if column.confidence >= scoring.HIGH} == {"Action", "Partners"}


def test_a_month_without_a_year_is_doubted(tmp_path: Path) -> None:
    """The date "March" of action 15 is the only one of twenty that is unsure, and the reason is given."""
    doubts = reader().read(DOCUMENTS["dated.csv"](tmp_path)).doubts
    assert [(doubt.action, doubt.field, doubt.why) for doubt in doubts] == [
        ("dated/15", "due", "the month has no year")
    ]


def test_a_loader_is_sure_of_its_columns() -> None:
    """With its loader every column of a plan is sure, by the loader."""
    record = Reader(Library.bundled()).read(bundled_plans() / "coventry.txt")
    assert {(column.how, column.confidence) for column in record.columns} == {("loader", 1.0)}
