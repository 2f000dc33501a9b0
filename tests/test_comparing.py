"""Plans side by side: a made pair of editions worked out by hand, and a careful look at the bundled plans."""

from __future__ import annotations

import datetime as dt
import json
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest

import planweave as pw
from planweave.comparing import Comparison
from planweave.comparing.editions import are_editions, difference
from planweave.comparing.sides import Side
from planweave.deriving.stems import Stems
from planweave.errors import NotFound, QueryError
from planweave.findings import Scorecard
from planweave.records import Due, Party, Plan, PlanRecord
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.graph import Graph

BODY = "https://w3id.org/planweave/agency/"
SMALL = Stems(["the", "a", "of", "for", "and", "to", "in", "with"], [])


def parties(*names: str) -> tuple[Party, ...]:
    """Bodies of the register; "HO" and "Housing Office" are one."""
    ids = {"HO": "housing-office", "Housing Office": "housing-office"}
    return tuple(Party(name, "agency", BODY + ids.get(name, name.lower()), ids.get(name, name)) for name in names)


def due(text: str, edtf: str | None) -> Due:
    """A date, as it is printed and as it is understood."""
    return Due(text, "date" if edtf else "none", edtf)


def side(record: PlanRecord) -> Side:
    """A plan as a comparison has it, without findings."""
    card = Scorecard(record.plan.id, record.plan.title, record.plan.publisher, len(record.actions), 0, 0, 0, 0, 0)
    return Side(record, card, SMALL)


def plan(identifier: str, period: str | None, *actions: object, publisher: str = "Ford Council") -> PlanRecord:
    """A plan of a council for some years."""
    head = Plan(identifier, "Ford Plan", publisher, None, None, period, "x.txt")
    made = made_plan(*actions, id=identifier, parties=parties("HO", "Housing Office", "Police", "Shelter"))  # type: ignore[arg-type]
    return msgspec.structs.replace(made, plan=head)


@pytest.fixture(scope="module")
def editions(day: dt.date) -> Comparison:
    """Nine actions of 2022 and nine of 2024: one of each thing that can have become of an action."""

    def act(number: int, ref: str | None, text: str, **more: object):  # type: ignore[no-untyped-def] # noqa: ANN202
        return made_action(id=f"{{}}/{ref or f'n{number}'}", n=number, ref=ref, text=text, **more)

    before = (
        act(1, "1.1", "Open a night shelter with forty beds", status="ongoing", due=due("March 2023", "2023-03")),
        act(2, "1.2", "Train all officers in domestic abuse awareness", leads=("HO",)),
        act(3, "1.3", "Review the allocation policy every year", status="complete"),
        act(4, "1.4", "Publish a directory of advice services"),
        act(5, "1.5", "Map empty homes across the borough", leads=("Police",), status="not-started"),
        act(6, "1.6", "Recruit two navigators for rough sleepers"),
        act(7, "1.7", "Hold a landlord forum twice a year", status="stopped"),
        act(8, "1.8", "Set up a furniture recycling scheme", partners=("Shelter",)),
        act(9, None, "Write a plain guide to evictions"),
    )
    after = (
        act(1, "1.1", "Open a night shelter with sixty beds", status="complete", due=due("Mar 2023", "2023-03")),
        act(2, "1.2", "Train all officers in domestic abuse awareness", leads=("Housing Office",)),
        act(3, "1.4", "Lobby ministers about benefit caps"),
        act(4, "1.5", "Map empty homes across the borough", leads=("Police", "Shelter"), status="ongoing"),
        act(5, "2.6", "Recruit two navigators for rough sleepers", due=due("June 2025", "2025-06")),
        act(6, "1.8", "Set up a furniture recycling scheme"),
        act(7, "3.1", "Write a plain guide to evictions"),
    )
    named = (
        tuple(msgspec.structs.replace(one, id=one.id.format(name)) for one in of)
        for name, of in (("ford-2022", before), ("ford-2024", after))
    )
    old, new = named
    sides = (side(plan("ford-2024", "2024/2025", *new)), side(plan("ford-2022", "2022/2023", *old)))
    return Comparison(sides, day)


@pytest.fixture(scope="module")
def day() -> dt.date:
    """The day of the check."""
    return dt.date(2024, 12, 31)


def became(editions: Comparison) -> dict[tuple[str, str], tuple[str, ...]]:
    """Earlier and later reference → what became of the action."""
    return {
        (
            step.before.id.partition("/")[2] if step.before else "",
            step.after.id.partition("/")[2] if step.after else "",
        ): step.kinds
        for step in editions.editions[0].steps
    }


def test_each_action_of_an_edition_is_told_what_became_of_it(editions: Comparison) -> None:
    """The later plan was given first, and the years say which is the earlier; each pair is as drawn by hand."""
    assert became(editions) == {
        ("1.1", "1.1"): ("completed", "reworded"),  # "Mar 2023" is March 2023
        ("1.2", "1.2"): ("unchanged",),  # HO is the Housing Office
        ("", "1.4"): ("added",),  # the reference was given to another action
        ("1.5", "1.5"): ("status moved", "re-assigned"),
        ("1.6", "2.6"): ("re-dated", "renumbered"),
        ("1.8", "1.8"): ("partners changed",),
        ("n9", "3.1"): ("renumbered",),
        ("1.3", ""): ("completed and no longer listed",),
        ("1.4", ""): ("no longer listed",),
        ("1.7", ""): ("completed and no longer listed",),
    }
    found = editions.editions[0]
    assert (editions.sides[found.earlier].id, editions.sides[found.later].id) == ("ford-2022", "ford-2024")
    assert found.why == "the same publisher, 2022 to 2023 and 2024 to 2025"
    assert [found.count("no longer listed"), found.count("added"), found.count("completed")] == [1, 1, 1]


def test_the_table_of_editions_says_how_it_was_and_is(editions: Comparison) -> None:
    """The most serious comes first; words that went and came are marked."""
    section = editions.section("editions")
    rows = [dict(zip(section.columns, row, strict=True)) for row in section.answer().readable_rows()]
    assert rows[0]["what"] == "no longer listed"
    assert rows[0]["before"] == "ford-2022/1.4"
    assert rows[0]["after"] == ""
    opened = next(row for row in rows if row["before"] == "ford-2022/1.1")
    assert opened["words"] == "Open a night shelter with [−forty−] [+sixty+] beds"
    assert opened["status"] == "ongoing → complete"
    moved = next(row for row in rows if row["before"] == "ford-2022/1.5")
    assert moved["lead"] == "Police → Police; Shelter"


def test_plans_are_editions_only_of_one_publisher_and_subject() -> None:
    """Another publisher, no publisher, or the same years with other words: no editions."""
    shelter = made_action(text="Open a night shelter with forty beds")
    guide = made_action(text="Write a plain guide to evictions")
    old = side(plan("a", "2020/2021", shelter))
    assert are_editions(old, side(plan("b", "2022/2023", guide)))
    assert not are_editions(old, side(plan("b", "2022/2023", shelter, publisher="Weir Council")))
    assert not are_editions(old, side(plan("b", "2020/2021", guide)))
    why = are_editions(old, side(plan("b", "2020/2021", shelter)))
    assert why == "the same publisher, and 1 action in the same words"
    nobody = [side(plan(name, None, shelter, publisher="")) for name in "ab"]
    assert not are_editions(*nobody)


def test_differences_are_words() -> None:
    """Two texts without a common word are one piece each; equal ones a single piece."""
    assert [piece.kind for piece in difference("one two", "three")] == ["earlier", "later"]
    assert [piece.kind for piece in difference("one  two", "one two")] == ["both"]


def test_actions_are_nearly_the_same_by_the_rule_of_the_graph(day: dt.date) -> None:
    """Four stems of four are nearly the same; four of nine are words in common; three of many are neither."""
    one = plan("a", None, made_action(id="a/1", text="Open a night shelter with beds"))
    other = plan(
        "b",
        None,
        made_action(id="b/1", text="Opening night shelters with beds"),
        made_action(id="b/2", text="Open beds in a night shelter, staffed by volunteers from churches, weekly"),
        made_action(id="b/3", text="Open a night school"),
        publisher="Weir Council",
    )
    found = Comparison((side(one), side(other)), day)
    assert [(pair.like.id, pair.how) for pair in found.alike] == [
        ("b/1", "nearly the same"),
        ("b/2", "words in common"),
    ]
    assert found.alike[0].words == ("open", "night", "shelter", "beds")
    assert [action.id for action in found.alone(0)] == []
    assert [action.id for action in found.alone(1)] == ["b/2", "b/3"]
    assert found.editions == []
    assert "editions" not in found.sections


def test_subjects_are_words_of_one_plan_only(day: dt.date) -> None:
    """A word in three actions of one plan, in any form, and in none of the other."""
    one = plan(
        "a",
        None,
        *(
            made_action(id=f"a/{n}", text=f"{word} step")
            for n, word in enumerate(("Veterans", "veteran", "Veteran’s", "Prison", "Prison", "Prison"))
        ),
    )
    other = plan("b", None, made_action(id="b/1", text="Prisons"), publisher="Weir Council")
    found = Comparison((side(one), side(other)), day)
    subjects = {subject.words[0]: len(subject.actions) for subject in found.subjects}
    assert subjects == {"step": 6, "veteran": 3}


def test_blanks_of_three_kinds_are_told_apart(day: dt.date) -> None:
    """No such column, an empty cell and what was not understood are three lines; no column, no number."""
    blank = [made_action(id=f"a/{n}", blank={"due": why}) for n, why in enumerate(("empty", "not-understood", "empty"))]
    one = plan("a", None, *blank)
    other = plan("b", None, made_action(id="b/1", blank={"due": "no-column"}), publisher="Weir Council")
    found = Comparison((side(one), side(other)), day)
    assert {line.key: line.values for line in found.dates} == {
        "due:none": (3, 1),
        "due:none:no-column": (0, 1),
        "due:none:empty": (2, 0),
        "due:none:not-understood": (1, 0),
    }
    dated = next(line for line in found.scorecards if line.key == "with:due")
    assert dated.values == (0, None)


# The bundled plans


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    """The graph of the five plans."""
    with pw.open(five_plans) as opened:
        yield opened


@pytest.fixture(scope="module")
def all_five(graph: Graph) -> Comparison:
    """All of them side by side."""
    return graph.compare(*graph.ids, as_of="2024-12-31")


def test_the_plans_share_the_agencies_that_the_graph_says(graph: Graph, all_five: Comparison) -> None:
    """Pair by pair, the bodies are those that the question of the library finds in the graph."""
    for one, other in combinations(range(len(graph.ids)), 2):
        answer = graph.ask("shared-agencies", plan=graph.ids[one], other=graph.ids[other])
        asked = {row["agency"].value for row in answer if row["agency"]}
        assert {body.iri for body in all_five.bodies if any(body.roles[one]) and any(body.roles[other])} == asked


def test_two_plans_as_a_reader_finds_them(graph: Graph) -> None:
    """Coventry prints 44 actions under three pillars, all with a lead; Thurrock 44 with neither lead nor date.

    Both ask to "explore options" for provision: 7.4 and 3.3.4. StreetLink is named in both.
    """
    found = graph.compare("coventry", "thurrock", as_of="2024-12-31")
    lines = {line.key: line.values for line in found.scorecards}
    assert lines["actions"] == (44, 44)
    assert lines["with:lead"] == (44, None)
    assert lines["with:due"] == (42, None)
    assert [(line.words, line.values[1]) for line in found.pillars] == [
        ("Recovery", None),
        ("Prevention", None),
        ("Intervention", None),
    ]
    assert [body.name for body in found.bodies if body.plans == 2] == ["StreetLink"]
    assert ("coventry/7.4", "thurrock/3.3.4") in {(pair.action.id, pair.like.id) for pair in found.alike}
    assert len(found.alone(0)) == 44
    assert found.editions == []


def test_nothing_is_called_missing(all_five: Comparison) -> None:
    """What was not found is said not to have been found."""
    words = " ".join(f"{section.title} {section.text} {section.notices}" for section in all_five.sections.values())
    assert "missing" not in words
    assert "no action found that says nearly the same" in words


@pytest.mark.parametrize(
    ("plans", "error", "words"),
    [
        (("coventry",), QueryError, "one plan alone"),
        (("coventry", "coventry"), QueryError, "given twice"),
        (("coventry", "maidston"), NotFound, "did you mean maidstone?"),
    ],
)
def test_what_cannot_be_compared_is_said(
    graph: Graph, plans: tuple[str, ...], error: type[Exception], words: str
) -> None:
    """One plan, one twice, one that is not there: a sentence."""
    with pytest.raises(error, match=words.replace("?", r"\?")):
        graph.compare(*plans)


def test_files_hold_the_same(all_five: Comparison, tmp_path: Path) -> None:
    """The workbook has a sheet for each table; JSON has the numbers; a page needs nothing; csv holds one table."""
    book = all_five.write(tmp_path / "all.xlsx")
    sheets = openpyxl.load_workbook(book).sheetnames
    assert sheets == ["About", *(section.title[:31] for section in all_five.sections.values())]
    said = json.loads(all_five.write(tmp_path / "all.json").read_bytes())
    assert [section["name"] for section in said["sections"]] == list(all_five.sections)
    assert said["sections"][0]["rows"][0]["coventry"] == 44
    html = all_five.write(tmp_path / "all.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in html
    assert "<script" not in html
    lines = all_five.write(tmp_path / "one.csv", "shared-agencies").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("agency,name,city-of-london")
    assert "## What the actions have" in all_five.write(tmp_path / "all.md").read_text(encoding="utf-8")
    with pytest.raises(NotFound, match="cannot be written"):
        all_five.write(tmp_path / "all.pdf")
    with pytest.raises(NotFound, match="no section"):
        all_five.section("nonsense")
