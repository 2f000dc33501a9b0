"""Findings in the terminal and in notebooks: what is shown, what is said to be left out, and nothing that runs."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.console import Console

from planweave.findings import PlanFindings, Scorecard
from planweave.reporting.notebook import report_html
from planweave.reporting.terminal import finding_lines, scorecard_table
from tests import reports

if TYPE_CHECKING:
    from rich.console import RenderableType


def shown(thing: RenderableType, width: int = 140) -> list[str]:
    """Give the lines that a terminal of some width shows, hard spaces as spaces."""
    stream = StringIO()
    Console(file=stream, width=width, highlight=False).print(thing)
    return [line.replace("\N{NO-BREAK SPACE}", " ").rstrip() for line in stream.getvalue().splitlines()]


def words(line: str) -> str:
    return " ".join(line.split())


# The scorecards


@pytest.mark.parametrize("width", [80, 100, 140])
def test_the_scorecard_of_each_plan_is_a_line(width: int) -> None:
    """Plan, actions, five shares, four counts; and the sums of all plans."""
    lines = shown(scorecard_table(reports.both().scorecards), width)
    assert max(map(len, lines)) <= width
    said = [words(line) for line in lines if line.strip(" ─")]
    assert said[1:] == [
        "northmoor 8 75 % 100 % 88 % 12 % 0 % 2 1 0 1",
        "eastvale 2 50 % 100 % 100 % 100 % 0 % 2 0 0 0",
        "2 plans 10 70 % 100 % 90 % 30 % 0 % 4 1 0 1",
    ]


def test_headings_are_written_out_where_there_is_room() -> None:
    """A narrow screen has short headings, and none is broken."""
    wide, narrow = (
        words(shown(scorecard_table(reports.both().scorecards), width)[at]) for width, at in ((140, 1), (80, 0))
    )
    assert wide == "plan actions lead outcome due date status partner violations warnings infos accepted"
    assert narrow == "plan actions lead outcome due status partner viol. warn. info acc."


def test_of_many_plans_forty_are_shown_and_all_are_added_up() -> None:
    """The 41st plan and those after it are counted in words and in the sums."""
    lines = [words(line) for line in shown(scorecard_table(reports.crowd(45, 2).scorecards))]
    assert len([line for line in lines if line.startswith("plan") and " 2 " in line]) == 40
    assert "… and 5 more" in lines
    # 45 plans of two actions with nothing, each with two violations and one warning.
    assert "45 plans 90 0 % 0 % 0 % 0 % 0 % 90 45 0 0" in lines


def test_a_plan_without_actions_has_no_shares() -> None:
    """Nothing is divided by nothing."""
    card = Scorecard("westham", "Plan", None, 0, 0, 0, 0, 0, 0)
    assert "westham 0 – – – – – 0 0 0 0" in [words(line) for line in shown(scorecard_table((card,)))]


# The findings


def test_findings_stand_under_their_question() -> None:
    """The question, what all its findings say (once), and then each with its action, its place and its words."""
    assert [line for line in shown(finding_lines(reports.both())) if line] == [
        "violation  Does every action name a lead?  3 findings: northmoor 2, eastvale 1",
        "  Nobody is named as lead; name who answers for it.",
        "  northmoor",
        "  1.1    Open a hub",
        "         page 2, table 1, row 2",
        "  1.10   Train staff",
        "         page 2, table 1, row 5: “see notes”",
        "  eastvale",
        "  n2     Publish the count",
        "         table 3, row 4",
        "violation  Is it known whose plan it is?  1 finding: eastvale 1",
        "  Nobody is known to publish the plan.",
        "  eastvale",
        "  plan   Rough Sleeping Plan",
        "warning  Is nothing overdue?  1 finding: northmoor 1",
        "  Due Spring 2022, and not said to be complete.",
        "  northmoor",
        "  1.1    Open a hub",
        "         “Spring 2022” · page 2, table 1, row 2: “by Spring 2022 at the latest”",
        "accepted  1 finding, not counted above",
        "  northmoor",
        "  1.10   Train staff",
        "         There is no date; say by when.",
        "         Accepted by A. Reader on 4 November 2024: The date is agreed in May.",
        "         “TBC” · page 2, table 1, row 5",
    ]


def test_findings_of_one_plan_do_not_name_it() -> None:
    """Where there is one plan only, its name stands in the scorecard."""
    lines = shown(finding_lines(reports.report(reports.NORTHMOOR)))
    assert lines[0] == "violation  Does every action name a lead?  2 findings"
    assert "  northmoor" not in lines


def test_what_findings_say_differently_stands_with_each() -> None:
    """Where messages differ, each finding has its own, and a value that the message says is not repeated."""
    overdue = reports.OVERDUE
    later = msgspec.structs.replace(
        overdue,
        ref="1.2",
        action="northmoor/1.2",
        value="May 2023",
        message="Due May 2023, and not said to be complete.",
    )
    plan = PlanFindings(reports.NORTHMOOR.scorecard, (overdue, later))
    lines = shown(finding_lines(reports.report(plan)))
    assert "         Due Spring 2022, and not said to be complete." in lines
    assert "         Due May 2023, and not said to be complete." in lines
    assert not [line for line in lines if "“May 2023”" in line]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_long_text_fits_the_screen(width: int) -> None:
    """An action's text is one line that ends in an ellipsis; nothing is wider than the screen."""
    long = msgspec.structs.replace(reports.NO_LEAD, text="Work with partners " * 30)
    plan = PlanFindings(reports.NORTHMOOR.scorecard, (long,))
    lines = shown(finding_lines(reports.report(plan)), width)
    assert max(map(len, lines)) <= width
    (text,) = [line for line in lines if "Work with partners" in line]
    assert text.endswith("…")


def test_of_many_findings_each_question_shows_its_first_and_says_how_many_more() -> None:
    """Of 33 findings 20 are shown: all 3 of the smaller question, and 17 of the other 30."""
    lines = shown(finding_lines(reports.crowd(3, 10), most=20))
    assert len([line for line in lines if line.endswith("Open a hub")]) == 20
    assert "  … and 13 more" in lines
    assert lines[-1] == "20 of 33 findings are shown; -o FILE has all (.csv, .json, .xlsx or .html)."


def test_many_plans_are_counted_rather_than_named() -> None:
    """A question that half the country has findings of keeps to a line."""
    assert shown(finding_lines(reports.crowd(30, 1)))[0].endswith("30 findings: in 30 plans")


def test_nothing_found_is_said() -> None:
    """A report without findings is a sentence, not an empty screen."""
    good = PlanFindings(reports.EASTVALE.scorecard, ())
    assert shown(finding_lines(reports.report(good))) == ["Nothing was found."]


@pytest.mark.parametrize("width", [80, 140])
def test_text_is_neither_markup_nor_a_command_of_the_terminal(width: int) -> None:
    """Square brackets are shown, and what would set a colour or a link is replaced by a sign."""
    hostile = reports.hostile()
    stream = StringIO()
    console = Console(file=stream, width=width, highlight=False)
    console.print(scorecard_table(hostile.scorecards), finding_lines(hostile))
    printed = stream.getvalue()
    assert "[red]javascript:alert(4)[/red]" in " ".join(printed.split())
    assert "\N{REPLACEMENT CHARACTER}[31m" in printed
    assert {letter for letter in printed if letter < " "} == {"\n"}


# Notebooks


def test_a_notebook_shows_the_scorecards() -> None:
    """One row a plan under a sentence that says what was checked."""
    html = report_html(reports.both()).replace("\N{NO-BREAK SPACE}", " ")
    assert "2 plans with 10 actions, 5 questions; profile Default, as of 31 December 2024." in html
    assert ">northmoor</td>" in html
    assert ">75 %</td>" in html


def test_a_notebook_says_how_many_plans_it_leaves_out() -> None:
    """Two hundred plans are shown, and the others counted."""
    html = report_html(reports.crowd(203, 1))
    assert html.count("<tr>") == 1 + 200 + 1
    assert "… and 3 more plans" in html


def test_a_notebook_runs_nothing() -> None:
    """Text of documents is escaped."""
    html = report_html(reports.hostile())
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html
