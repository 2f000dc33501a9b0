from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from planweave.library import Library
from planweave.reading.reader import Reader
from planweave.records import (
    FLAGS,
    Action,
    Blank,
    Cell,
    Correction,
    Due,
    Origin,
    Party,
    Plan,
    PlanRecord,
    SourceRow,
    Target,
    Update,
)
from planweave.tables import (
    ACTIONS,
    CROSS_REFERENCES,
    PARTIES,
    PLANS,
    SOURCES,
    TABLES,
    UPDATES,
    listed,
)
from planweave.wording import BLANK_WORDS, FLAG_WORDS
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.tables import Table, Value

COVENTRY = Path(__file__).parent.parent / "plans" / "coventry.txt"


def action(ref: str | None = "1.1", **changes: Any) -> Action:
    number = changes.pop("id", ref)
    return made_action(id=f"ford/{number}", ref=ref, **changes)


def record(*actions: Action, parties: tuple[Party, ...] = (), plan: str = "ford") -> PlanRecord:
    known = Plan(plan, "Ford Plan", "Ford Council", None, "rough sleeping", "2022/2024", "ford.txt")
    origin = Origin("abc123", "text/plain", "utf-8", "ford", "0.1.0")
    return made_plan(*actions, plan=known, parties=parties, placed=0.98, origin=origin)


def rows(table: Table[Any], *records: PlanRecord) -> list[dict[str, Value]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(records)]


def test_an_action_is_one_row_with_words_for_codes() -> None:
    """Every field of an action stands in its row, lists joined, codes as words, days as ISO text."""
    row = SourceRow(2, 3, 4, 50, (Cell(1, "Action", "Open a hub", "text"),))
    full = action(
        n=7,
        group="Objective 1",
        parent="Prevent",
        pillars=("3", "4"),
        leads=("RSMT", "Citizen"),
        partners=("CoLP",),
        mentions=("CGL", "NHS"),
        due=Due("Review Summer 2023", "review", "2023-22"),
        outcomes=("Fewer evictions", "Savings"),
        evidence=("Report",),
        indicators=("non-reoccurring",),
        targets=(Target("10 RS accommodated", 10, "RS", None),),
        status="partial",
        updates=(Update("2024-10", "Begun"), Update(None, "No date")),
        crossrefs=("13.1", "2.2"),
        flags=("missing-lead", "duplicate-ref"),
        blank={"lead": "no-column", "due": "empty"},
        extra={"Lead Area": "Health", "New?": "No"},
        corrections=(Correction("leads", "TSMT", ("RSMT",), (), "A misprint."),),
        source=(row, SourceRow(3, 3, 1, 60, ())),
    )
    assert rows(ACTIONS, record(full)) == [
        {
            "plan": "ford",
            "publisher": "Ford Council",
            "action": "ford/1.1",
            "ref": "1.1",
            "order": 7,
            "group": "Objective 1",
            "parent": "Prevent",
            "text": "Open a hub",
            "pillars": "3; 4",
            "leads": "RSMT; Citizen",
            "partners": "CoLP",
            "mentions": "CGL; NHS",
            "due": "Review Summer 2023",
            "due_kind": "review date",
            "due_edtf": "2023-22",
            "due_earliest": dt.date(2023, 6, 1),
            "due_latest": dt.date(2023, 8, 31),
            "outcomes": "Fewer evictions; Savings",
            "evidence": "Report",
            "indicators": "non-reoccurring",
            "targets": "10 RS accommodated",
            "status": "partly complete",
            "updates": 2,
            "latest_update": "2024-10",
            "crossrefs": "13.1; 2.2",
            "flags": "no lead; reference printed twice",
            "blank_lead": "no such column",
            "blank_partner": None,
            "blank_due": "cell is empty",
            "blank_outcome": None,
            "blank_status": None,
            "corrections": "leads: “TSMT” is read as “RSMT” (A misprint).",
            "extra": "Lead Area: Health; New?: No",
            "page": 2,
            "table": 3,
            "row": 4,
            "line": 50,
        }
    ]


def test_what_an_action_lacks_is_blank() -> None:
    """A field with nothing in it gives None, never a placeholder; what is always known is still said."""
    (row,) = rows(ACTIONS, record(action(None, id="n1")))
    assert {name: value for name, value in row.items() if value is not None} == {
        "plan": "ford",
        "publisher": "Ford Council",
        "action": "ford/n1",
        "order": 1,
        "text": "Open a hub",
        "due_kind": "no date",
        "status": "unknown",
        "updates": 0,
    }


def test_every_code_of_the_records_has_words() -> None:
    """A new flag or a new kind of blank in the records cannot reach a table as a code."""
    assert set(FLAG_WORDS) == set(FLAGS)
    assert set(BLANK_WORDS) == set(get_args(Blank))


def test_a_corrected_flag_or_status_is_said_in_words() -> None:
    """Corrections say what they change in the words of the table, and what was added or left out."""
    corrected = action(
        corrections=(
            Correction("flags", "raining", ("ocr-noise",), (), "One letter is lost"),
            Correction("status", "phase four", ("not-started",), (), "This is phase five."),
            Correction("mentions", "lease, PC", (), ("PC",), "A post."),
            Correction("leads", "CCC and legal", ("CCC legal",), ("CCC", "legal"), "One team."),
            Correction("updates", "n/a", (), (), "A dash."),
        )
    )
    assert rows(ACTIONS, record(corrected))[0]["corrections"] == (
        "flags: “raining” is read as “garbled by scanning” (One letter is lost). "
        "status: “phase four” is read as “not started” (This is phase five). "
        "mentions: “lease, PC” is read without “PC” (A post). "
        "leads: “CCC and legal” is read as “CCC legal” without “CCC”, “legal” (One team). "
        "updates: “n/a” is read as nothing (A dash)."
    )


def test_an_item_with_a_semicolon_can_be_told_from_two_items() -> None:
    """The reader of a joined list sees where its items begin and end."""
    assert listed(("a; b", "c")) == "“a; b”; c"
    assert listed(("a", "b", "c")) == "a; b; c"
    assert listed(()) is None


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2022-12~", "2022-12-01", "2022-12-31"),
        ("2023-03/..", "2023-03-01", None),
        ("../2025", None, "2025-12-31"),
        ("{2022-04,2023-04}", "2022-04-01", "2023-04-30"),
    ],
)
def test_the_days_of_a_due_date(edtf: str, earliest: str | None, latest: str | None) -> None:
    """The first and the last day a due date can mean are given, and an open end is blank."""
    (row,) = rows(ACTIONS, record(action(due=Due("printed", "date", edtf))))
    days = [day.isoformat() if isinstance(day, dt.date) else day for day in (row["due_earliest"], row["due_latest"])]
    assert (row["due_edtf"], *days) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    ("dates", "latest"),
    [
        (("2024-10", None, "2024-08-05"), "2024-10"),
        (("2024-10-30", "2024-10"), "2024-10"),
        (("2023-03/..", "2024-10"), "2023-03/.."),
        ((None,), None),
    ],
)
def test_the_latest_update(dates: tuple[str | None, ...], latest: str | None) -> None:
    """It is the one whose last possible day is latest, whatever the order in print."""
    updates = tuple(Update(date, "Said") for date in dates)
    (row,) = rows(ACTIONS, record(action(updates=updates)))
    assert (row["updates"], row["latest_update"]) == (len(dates), latest)


def test_parties_have_one_row_for_each_involvement() -> None:
    """Lead, partner and mention are told apart, each with the party it stands for, or with none known."""
    parties = (
        Party("CGL", "agency", "https://w3id.org/planweave/agency/change-grow-live", "Change Grow Live"),
        Party("partners", "group", "partners", "partners"),
    )
    involved = action(
        leads=("CGL",),
        partners=("partners",),
        mentions=("Nobody knows",),
        source=(SourceRow(2, 3, 4, 50, ()),),
    )
    place = {"page": 2, "table": 3, "row": 4}
    start = {"plan": "ford", "action": "ford/1.1", "ref": "1.1"}
    assert rows(PARTIES, record(involved, parties=parties)) == [
        {
            **start,
            "role": "lead",
            "printed": "CGL",
            "party": "Change Grow Live",
            "kind": "agency",
            "party_id": "https://w3id.org/planweave/agency/change-grow-live",
            **place,
        },
        {
            **start,
            "role": "partner",
            "printed": "partners",
            "party": "partners",
            "kind": "group without a name of its own",
            "party_id": "partners",
            **place,
        },
        {
            **start,
            "role": "mentioned",
            "printed": "Nobody knows",
            "party": None,
            "kind": None,
            "party_id": None,
            **place,
        },
    ]


def test_cross_references_say_whether_they_lead_anywhere_and_back() -> None:
    """A reference is returned only by the action it points to, and exists only in its own plan."""
    ford = record(
        action("1.1", crossrefs=("1.2", "9.9", "2.1")),
        action("1.2", crossrefs=("1.1",)),
        action("1.3", crossrefs=("1.2",)),
        action("2.1"),
        action("2.1", id="2.1-2", crossrefs=("1.1",)),
        action(None, id="n6", crossrefs=("1.1",)),
    )
    other = record(action("9.9", id="other"), plan="other")
    found = [
        (row["action"], row["printed"], row["target"], row["exists"], row["returned"])
        for row in rows(CROSS_REFERENCES, ford, other)
    ]
    assert found == [
        ("ford/1.1", "1.2", "ford/1.2", "yes", "yes"),
        ("ford/1.1", "9.9", None, "no", "no"),
        ("ford/1.1", "2.1", "ford/2.1; ford/2.1-2", "yes", "yes"),
        ("ford/1.2", "1.1", "ford/1.1", "yes", "yes"),
        ("ford/1.3", "1.2", "ford/1.2", "yes", "no"),
        ("ford/2.1-2", "1.1", "ford/1.1", "yes", "yes"),
        ("ford/n6", "1.1", "ford/1.1", "yes", "no"),
    ]


def test_updates_are_numbered_and_say_when_a_year_is_inferred() -> None:
    """Each entry has its own row, in printed order, with the place of its action."""
    updates = (Update("2024-10", "Begun"), Update("2024-11", "Done", year_inferred=True))
    source = (SourceRow(None, 1, 2, 9, ()),)
    found = [tuple(row.values()) for row in rows(UPDATES, record(action("1.10", updates=updates, source=source)))]
    assert found == [
        ("ford", "ford/1.10", "1.10", 1, "2024-10", "no", "Begun", None, 1, 2),
        ("ford", "ford/1.10", "1.10", 2, "2024-11", "yes", "Done", None, 1, 2),
    ]


def test_sources_have_every_printed_cell_exactly() -> None:
    """A cell has the place of its own row, and its text with every space and line break, even if empty."""
    source = (
        SourceRow(1, 2, 3, 4, (Cell(1, "Who", " - RSMT \n", "lead"), Cell(2, "When", "", "due"))),
        SourceRow(2, 3, 1, None, (Cell(1, "Who", "=1+1", "extra"),)),
    )
    assert [tuple(row.values()) for row in rows(SOURCES, record(action(source=source)))] == [
        ("ford", "ford.txt", "abc123", "ford/1.1", 1, 2, 3, 4, 1, "Who", "lead", " - RSMT \n"),
        ("ford", "ford.txt", "abc123", "ford/1.1", 1, 2, 3, 4, 2, "When", "due date", ""),
        ("ford", "ford.txt", "abc123", "ford/1.1", 2, 3, 1, None, 1, "Who", "other column", "=1+1"),
    ]


def test_plans_say_where_they_come_from_and_how_much_was_kept() -> None:
    """A plan's row names its document and counts its actions."""
    assert [tuple(row.values()) for row in rows(PLANS, record(action("1"), action("2")))] == [
        (
            "ford",
            "Ford Council",
            "Ford Plan",
            "rough sleeping",
            "2022/2024",
            "ford.txt",
            "abc123",
            2,
            1.0,
            0.98,
        )
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_can_be_told_apart(table: Table[Any]) -> None:
    """No two columns of a table share a name or a heading."""
    assert len({column.name for column in table.columns}) == len(table.columns)
    assert len(set(table.headings)) == len(table.columns)


@pytest.mark.parametrize("table", [PLANS, ACTIONS, SOURCES], ids=lambda table: table.name)
def test_rows_stream(table: Table[Any]) -> None:
    """The rows of a plan are given before the next plan is asked for."""
    taken: list[str] = []

    def arriving() -> Iterator[PlanRecord]:
        for name in ("first", "second"):
            taken.append(name)
            yield record(action(source=(SourceRow(1, 1, 1, 1, (Cell(1, "A", "b", "text"),)),)), plan=name)

    streamed = table.rows(arriving())
    assert not taken
    assert next(streamed)[0] == "first"
    assert taken == ["first"]


def test_the_coventry_plan_in_tables() -> None:
    """What can be counted in the printed plan by eye is what the tables hold."""
    coventry = Reader(Library.bundled()).read(COVENTRY)
    actions = {row["ref"]: row for row in rows(ACTIONS, coventry)}
    assert len(actions) == 44
    assert actions["1.2"]["leads"] == "RSMT; RSAG; Voids Panel"
    assert actions["8.3"]["due"] == "March 2023 onwards"
    assert (actions["8.3"]["due_kind"], actions["8.3"]["due_latest"]) == ("ongoing", None)
    without_outcome = {ref for ref, row in actions.items() if "no outcome" in str(row["flags"])}
    assert without_outcome == {"2.1", "2.2", "4.1", "5.3", "6.1", "6.2", "6.3"}
    references = rows(CROSS_REFERENCES, coventry)
    assert len(references) == 19
    assert {row["exists"] for row in references} == {"yes"}
    returned = {(row["ref"], row["printed"]) for row in references if row["returned"] == "yes"}
    assert returned == {
        ("1.1", "13.1"),
        ("13.1", "1.1"),
        ("4.1", "15.1"),
        ("15.1", "4.1"),
        ("5.1", "16.1"),
        ("16.1", "5.1"),
    }
    assert rows(UPDATES, coventry) == []
