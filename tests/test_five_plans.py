"""The five bundled plans, compared field by field with what a reader took from them by eye."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from planweave.library import Library, bundled_plans
from planweave.reading.coverage import shares
from planweave.reading.reader import Reader
from planweave.records import PlanRecord, Unplaced

EXPECTED = Path(__file__).parent / "expected"
PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")
ACTIONS = {"gravesham": 12, "thurrock": 44, "maidstone": 18, "city-of-london": 26, "coventry": 44}

FIELDS = (
    "n",
    "ref",
    "text",
    "group",
    "parent",
    "pillars",
    "leads",
    "partners",
    "mentions",
    "due",
    "outcomes",
    "evidence",
    "status",
    "updates",
    "crossrefs",
    "flags",
)
"""The fields that every expected record has; two of them leave out some of the others."""

COVENTRY_TARGETS = {
    "1.3": (12, "individuals", "year"),
    "1.5": (10, "RS", None),
    "1.6": (15, "RS", None),
    "3.1": (100, "%", None),
    "9.2": (100, "%", None),
    "13.1": (6, "months", None),
}
"""Every number to reach that Coventry prints under its success measures, counted by eye."""

COVENTRY_ONE_WAY = {
    ("1.2", "13.1"),
    ("2.1", "15.1"),
    ("2.2", "15.1"),
    ("3.1", "15.1"),
    ("3.2", "15.1"),
    ("3.3", "15.1"),
    ("5.2", "16.1"),
    ("6.1", "15.1"),
    ("6.1", "16.1"),
    ("6.2", "16.1"),
    ("6.2", "16.2"),
    ("6.3", "16.2"),
    ("16.2", "5.2"),
}


@cache
def record(plan: str) -> PlanRecord:
    return Reader(Library.bundled()).read(bundled_plans() / f"{plan}.txt")


@cache
def expected(plan: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXPECTED / f"{plan}.json").read_text(encoding="utf-8"))
    return data


def as_json(plan: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(msgspec.json.encode(record(plan)))
    return data


@pytest.mark.parametrize("plan", PLANS)
def test_every_action_is_found_and_none_invented(plan: str) -> None:
    """A plan gives exactly the actions it prints."""
    assert len(record(plan).actions) == ACTIONS[plan] == len(expected(plan)["actions"])


@pytest.mark.parametrize("plan", PLANS)
def test_every_field_is_what_a_reader_takes(plan: str) -> None:
    """Every field of every action equals the expected record, which was written from the document by eye."""
    found = as_json(plan)["actions"]
    differences = []
    for want, read in zip(expected(plan)["actions"], found, strict=True):
        got = {**read, "lines": [row["line"] for row in read["source"]]}
        assert set(FIELDS) <= set(want)
        differences += [(got["id"], field, want[field], got[field]) for field in want if want[field] != got[field]]
    assert differences == []


@pytest.mark.parametrize("plan", PLANS)
def test_the_plan_itself_is_understood(plan: str) -> None:
    """Title, publisher, domain, period, abbreviations and definitions are those the document gives."""
    got = as_json(plan)
    want = expected(plan)
    assert {key: got["plan"][key] for key in want["plan"]} == want["plan"]
    assert got["legend"] == want["legend"]


def test_coventry_defines_its_types_of_action() -> None:
    """The three types of action under "Type of action" are definitions, not abbreviations."""
    assert record("coventry").definitions == {
        "Prevention": "Activities to stop people sleeping rough for the first time",
        "Intervention": "Support for those currently sleeping rough to move off the streets",
        "Recovery": "Support for those who have slept rough to ensure they do not return to the streets",
    }


def test_coventry_targets_are_the_printed_numbers() -> None:
    """A number to reach is found where one is printed, and nowhere else."""
    found = {
        action.ref: [(target.number, target.unit, target.per) for target in action.targets]
        for action in record("coventry").actions
        if action.targets
    }
    assert found == {ref: [target] for ref, target in COVENTRY_TARGETS.items()}


def test_coventry_has_19_cross_references_13_of_them_one_way() -> None:
    """The cross-references, and which of them the other action does not return, are those counted by eye."""
    links = [(action.ref, ref) for action in record("coventry").actions for ref in action.crossrefs]
    assert len(links) == 19
    assert {link for link in links if link[::-1] not in links} == COVENTRY_ONE_WAY


@pytest.mark.parametrize("plan", ["coventry", "gravesham"])
def test_blanks_tell_a_missing_column_from_an_empty_cell(plan: str) -> None:
    """Neither plan has a partner or a status column; Coventry's empty cells are empty, Gravesham has no outcomes."""
    empty_due = {"16.1", "16.2"}
    empty_outcome = {"2.1", "2.2", "4.1", "5.3", "6.1", "6.2", "6.3"}
    for action in record(plan).actions:
        want = {"partner": "no-column"}
        if plan == "coventry":
            want |= {"due": "empty"} if action.ref in empty_due else {}
            want |= {"outcome": "empty"} if action.ref in empty_outcome else {}
        else:
            want |= {"outcome": "no-column"}
        if action.status == "unknown":
            want["status"] = "no-column"
        assert action.blank == want, action.id


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_of_the_document_is_lost(plan: str) -> None:
    """Each non-space character stands in a cell, a heading, the key, or the list of what was not placed."""
    assert record(plan).kept == 1.0


@pytest.mark.parametrize("plan", PLANS)
def test_kept_falls_when_a_cell_is_lost(plan: str) -> None:
    """The share is measured on the output: without one cell it is less than the whole, for every cell."""
    whole = record(plan)
    printed = (bundled_plans() / f"{plan}.txt").read_text(encoding="utf-8")
    for number, action in enumerate(whole.actions):
        row = action.source[0]
        for place in range(len(row.cells)):
            shorter = msgspec.structs.replace(row, cells=row.cells[:place] + row.cells[place + 1 :])
            poorer = msgspec.structs.replace(action, source=(shorter, *action.source[1:]))
            actions = (*whole.actions[:number], poorer, *whole.actions[number + 1 :])
            kept, placed = shares(printed, msgspec.structs.replace(whole, actions=actions))
            assert kept < 1
            assert placed < whole.placed


def test_placed_leaves_out_what_belongs_to_no_record() -> None:
    """Coventry's four sentences of preface and the one under "Section 2" are kept, and are not placed."""
    coventry = record("coventry")
    assert [item.where for item in coventry.unplaced] == ["line 2", "line 3", "line 4", "line 5", "line 135"]
    assert 0.9 < coventry.placed < 1
    more = msgspec.structs.replace(coventry, unplaced=(*coventry.unplaced[1:], Unplaced("x", "line 2")))
    assert shares((bundled_plans() / "coventry.txt").read_text(encoding="utf-8"), more)[0] < 1


@pytest.mark.parametrize("plan", PLANS)
def test_every_value_stands_in_the_printed_row(plan: str) -> None:
    """Verbatim: each text of a record is in a cell of its own row, white space and layout marks aside."""
    for action in record(plan).actions:
        printed = squeezed("".join(cell.text for row in action.source for cell in row.cells))
        values = (
            *action.leads,
            *action.partners,
            *action.mentions,
            *action.outcomes,
            *action.evidence,
            action.due.text,
        )
        for value in values:
            assert squeezed(value) in printed, (action.id, value)


@pytest.mark.parametrize("plan", PLANS)
def test_the_source_row_is_the_line_it_says(plan: str) -> None:
    """Each cell of a source row begins on or after the line the row names, in the document as it is."""
    lines = (bundled_plans() / f"{plan}.txt").read_text(encoding="utf-8").split("\n")
    for action in record(plan).actions:
        for row in action.source:
            assert row.line is not None
            rest = squeezed("".join(lines[row.line - 1 : row.line + 9]))
            assert squeezed(row.cells[0].text) in rest
            assert squeezed(row.cells[0].text[:20]) in squeezed(lines[row.line - 1])


def test_no_person_is_a_party() -> None:
    """Persons whom the City of London's comments name stay text."""
    names = " ".join(f"{party.name} {party.label}" for party in record("city-of-london").parties)
    for person in ("Jenna Stanley", "Rachel Bullimore", "WN", "GC"):
        assert not re.search(rf"\b{person}\b", names)


def squeezed(text: str) -> str:
    return "".join(re.sub(r"</?[uo]l\b[^>]*>", "", text).split())
