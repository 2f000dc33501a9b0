"""Tables as bodies print them: what stands above, between and below their actions, and tables that hold none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from click.testing import CliRunner
from reportlab.platypus import Table

from planweave.cli import main
from planweave.library import Library
from planweave.reading.reader import Reader
from tests.corpus.writing.pdf import BODY, CELL, TITLE, line, text, written

if TYPE_CHECKING:
    from planweave.records import PlanRecord

HEAD = ("Ref", "Action", "Lead", "Due", "Outcome")
ROWS = (
    ("1.1", "Mend the upper weir with stone", "Weir Team", "May 2025", "Weir holds"),
    ("1.2", "Paint the lock gates in green", "Lock Team", "June 2025", "Gates painted"),
    ("2.1", "Count the fish below the mill", "Fish Officer", "Ongoing", "Fish counted"),
    ("2.2", "Plant reeds along the mill race", "Park Team", "March 2026", "Reeds planted"),
)
TEXTS = [row[1] for row in ROWS]


def html(*tables: object) -> str:
    """Print tables of rows, and headings between them; a cell of a tuple goes over as many columns as it says."""

    def cell(value: object) -> str:
        words, wide = value if isinstance(value, tuple) else (value, 1)
        return f'<td colspan="{wide}">{words}</td>'

    def printed(part: object) -> str:
        if isinstance(part, str):
            return f"<h2>{part}</h2>"
        assert isinstance(part, tuple | list)
        rows = ("".join(map(cell, row)) for row in part)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    return f"<html><body><main><h1>Weir plan</h1>{''.join(map(printed, tables))}</main></body></html>"


def read(folder: Path, page: str, name: str = "plan.html") -> PlanRecord:
    path = folder / name
    path.write_text(page, encoding="utf-8")
    return Reader(Library.bundled()).read(path)


def groups(record: PlanRecord) -> list[tuple[str | None, str]]:
    return [(action.group, action.text) for action in record.actions]


OTHERS = {
    "counts": (
        ("Priority", "Number of actions", "Complete", "Not started"),
        ("Weirs", "2", "1", "1"),
        ("Mill", "2", "0", "2"),
    ),
    "risks": (
        ("Risk", "Impact", "Mitigating actions", "Owner"),
        ("The grant ends", "High", "Plan for the end of the grant", "Weir Manager"),
        ("Staff leave us", "Low", "Train other members of staff", "Lock Manager"),
    ),
    "groups that meet": (
        ("Group", "Chair", "Meets", "Role"),
        ("Weir Panel", "Head of Rivers", "Quarterly", "Oversees this plan"),
        ("Lock Forum", "Lock Manager", "Monthly", "Is asked about this plan"),
    ),
    "contacts": (
        ("Name", "Job title", "Email"),
        ("Jane Smith", "Weir Manager", "jane@example.org"),
        ("Tom Hill", "Lock Manager", "tom@example.org"),
    ),
    "indicators": (
        ("Performance indicator", "Baseline", "Target 2026", "Lead officer"),
        ("Days without water", "31", "20", "Weir Manager"),
        ("Boats each summer", "110", "150", "Lock Manager"),
    ),
}


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("other", OTHERS.values(), ids=list(OTHERS))
def test_a_table_of_something_else_gives_no_action(other: object, *, before: bool, tmp_path: Path) -> None:
    """It stands before or after the actions, has other columns, and is kept as not placed."""
    parts = ("About it", other, "What we will do", (HEAD, *ROWS)) if before else ((HEAD, *ROWS), "About it", other)
    record = read(tmp_path, html(*parts))
    assert [action.text for action in record.actions] == TEXTS
    assert record.kept == 1.0


def test_sums_and_notes_are_no_actions(tmp_path: Path) -> None:
    """The last rows add up and explain: the action above them stays as it is printed."""
    note = "Notes: dates in italics have changed since the last report of the board."
    record = read(tmp_path, html((HEAD, *ROWS, ("", "Total", "", "", "£400"), ((note, 5),))))
    assert [(action.ref, action.text) for action in record.actions] == [(row[0], row[1]) for row in ROWS]
    assert [item.text.split("\t")[0] for item in record.unplaced] == ["Total", note]


def test_rows_above_the_header_that_speak_of_the_document_head_nothing(tmp_path: Path) -> None:
    """The first is the title where there is no other, the second says when it was updated."""
    above = ((("Weir action plan 2025-28", 5),), (("Last updated 1 May 2025", 5),))
    page = html((*above, HEAD, *ROWS)).replace("<h1>Weir plan</h1>", "")
    record = read(tmp_path, page)
    assert record.plan.title == "Weir action plan 2025-28"
    assert groups(record) == [(None, words) for words in TEXTS]


def test_a_row_with_a_text_and_no_reference_heads_those_that_have_one(tmp_path: Path) -> None:
    """It stands in the column of the actions, all by itself; a long sentence there would be something else."""
    weirs, mill = ("", "The weirs", "", "", ""), ("", "The mill", "", "", "")
    record = read(tmp_path, html((HEAD, weirs, *ROWS[:2], mill, *ROWS[2:])))
    heads = ("The weirs", "The weirs", "The mill", "The mill")
    assert groups(record) == list(zip(heads, TEXTS, strict=True))


def test_a_line_that_leads_over_to_a_table_is_no_heading(tmp_path: Path) -> None:
    """Of a heading and "What we will do:" below it, the heading is the group."""
    page = html("Weirs", "What we will do:", (HEAD, *ROWS[:2]), "Mill", "What we will do:", (HEAD, *ROWS[2:]))
    assert [group for group, _ in groups(read(tmp_path, page))] == ["Weirs", "Weirs", "Mill", "Mill"]


def test_quarters_under_a_year_are_headings(tmp_path: Path) -> None:
    """Print without rules runs the year and its first quarter together: it is a header all the same."""
    head = ("Ref", "Action", "Lead", "2025/26 Q1", "Q2", "Q3", "Outcome")
    rows = [(ref, words, who, "X", "", "", outcome) for ref, words, who, _, outcome in ROWS]
    record = read(tmp_path, html((head, *rows)))
    assert [(action.text, action.outcomes) for action in record.actions] == [(row[1], (row[4],)) for row in ROWS]


def test_sums_of_money_between_tabs_are_no_columns(tmp_path: Path) -> None:
    """Each row has one comma, in its cost, and four tabs."""
    rows = (
        ("Ref", "Action", "Lead", "Cost", "Due"),
        *((ref, words, who, "£3,000", due) for ref, words, who, due, _ in ROWS),
    )
    record = read(tmp_path, "\n".join("\t".join(row) for row in rows), "plan.txt")
    assert [(action.text, dict(action.extra)) for action in record.actions] == [
        (words, {"Cost": "£3,000"}) for words in TEXTS
    ]


WIDTHS = (80.0, 160.0, 90.0, 80.0, 100.0)


def bare(folder: Path, *rows: tuple[str, ...]) -> PlanRecord:
    """Print rows without any rule between them; one cell alone is set across."""
    spans = [("SPAN", (0, place), (-1, place)) for place, row in enumerate(rows) if len(row) == 1]
    cells = [line([*row, *[""] * (len(HEAD) - len(row))], CELL) for row in rows]
    story = [
        text("Weir plan", TITLE),
        text("The board reads this plan each year.", BODY),
        Table(cells, WIDTHS, style=spans),
    ]
    path = written(folder / "plan.pdf", story, "Weir plan", lambda *_: None)
    return Reader(Library.bundled()).read(path)


def test_a_band_between_rows_without_rules_is_a_heading(tmp_path: Path) -> None:
    """It stands right above a row that has its reference."""
    record = bare(tmp_path, HEAD, ("Keep the weirs",), *ROWS[:2], ("Use the mill",), *ROWS[2:])
    assert groups(record) == [
        ("Keep the weirs", TEXTS[0]),
        ("Keep the weirs", TEXTS[1]),
        ("Use the mill", TEXTS[2]),
        ("Use the mill", TEXTS[3]),
    ]


def test_an_objective_that_goes_on_beside_the_next_row_is_one(tmp_path: Path) -> None:
    """Without rules nothing shows where its cell ends: its second line stands beside the second action."""
    head = ("Objective", *HEAD[1:])
    record = bare(
        tmp_path,
        head,
        *(
            (objective, *row[1:])
            for objective, row in zip(("Good weirs", "and locks", "A mill", "that runs"), ROWS, strict=True)
        ),
    )
    assert [action.parent for action in record.actions] == ["Good weirs and locks"] * 2 + ["A mill that runs"] * 2


def test_what_a_file_hides_is_told(tmp_path: Path) -> None:
    """A row that the sheet hides is left out, and `planweave read` says so; so does the record."""
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Plan")
    for number, row in enumerate((HEAD, *ROWS)):
        sheet.write_row(number, 0, row)
    sheet.set_row(2, options={"hidden": True})
    book.close()
    said = "row 3 of the sheet 'Plan' is hidden: it is left out"
    shown = CliRunner().invoke(main, ["read", str(path)])
    assert f"Hidden: {said}." in shown.output
    record = Reader(Library.bundled()).read(path)
    assert [action.ref for action in record.actions] == ["1.1", "2.1", "2.2"]
    assert [item.text for item in record.context if item.role == "hidden"] == [said]


HEAD_OF_STATUSES = ("Ref", "Action", "Lead", "Due", "Status")
SAID = ("Complete", "Watch", "Not started", "Watch")
KEYS = {
    "statuses": (
        ("Complete", "The weir or the gate stands"),
        ("Watch", "Work is going ahead although the river is high"),
        ("Not started", "Nobody is on the bank"),
    ),
    "a heading": (
        ("Progress", "What it means"),
        ("Complete", "The weir or the gate stands"),
        ("Watch", "On track, with some risk"),
        ("Not started", "Nobody is on the bank"),
    ),
    "abbreviations among them": (
        ("WMB", "Weir and Mill Board"),
        ("LKT", "Lock Keepers Trust"),
        ("Complete", "The weir or the gate stands"),
        ("Watch", "Under way, high water"),
    ),
}


@pytest.mark.parametrize("first", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("key", KEYS.values(), ids=list(KEYS))
def test_a_key_gives_no_action_and_says_what_words_mean(tmp_path: Path, key: object, *, first: bool) -> None:
    """The lines of a key of statuses are no actions; a word that only this plan has means what its key says."""
    plan = ("Rivers", (HEAD_OF_STATUSES, *((*row[:4], said) for row, said in zip(ROWS, SAID, strict=True))))
    record = read(tmp_path, html("Key", key, *plan) if first else html(*plan, "Key", key))
    assert groups(record) == [("Rivers", text) for text in TEXTS]
    assert [action.status for action in record.actions] == ["complete", "ongoing", "not-started", "ongoing"]
    assert {doubt.action[-3:] for doubt in record.doubts if doubt.field == "status"} == {"1.2", "2.2"}
    assert record.legend.get("WMB") in (None, "Weir and Mill Board")
    assert not [left for left in record.unplaced if "weir or the gate" in left.text.lower()]


@pytest.mark.parametrize(
    "other",
    [
        (("Started", "May 2024"), ("Completed", "June 2025")),
        (("Complete", "5"), ("On track", "12"), ("Not started", "3")),
        (("HR", "Hire two more lock keepers"), ("ICT", "Put the water levels on the website")),
    ],
    ids=["dates", "counts", "who does what"],
)
def test_pairs_that_say_no_meaning_are_no_key(tmp_path: Path, other: object) -> None:
    """Dates, counts and what somebody does say nothing of what a word means."""
    record = read(tmp_path, html("Rivers", (HEAD, *ROWS), "More", other))
    assert not [note for note in record.context if note.role == "legend"]
    assert record.legend == {}


def test_colours_of_a_key_mean_what_stands_on_them(tmp_path: Path) -> None:
    """A colour that a key prints a word on, or a meaning beside, means that where a cell has the colour alone."""
    fills = ("#ff0000", "#00b050", "#ff0000", "#00b050")
    rows = zip(ROWS, fills, strict=True)
    plan = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row[:4])}<td style='background:{fill}'></td></tr>"
        for row, fill in rows
    )
    header = "".join(f"<th>{cell}</th>" for cell in HEAD_OF_STATUSES)
    marks = [(fills[0], "Complete", "The weir stands"), (fills[1], "Not started", "Nobody is there")]
    printed = "".join(
        f"<tr><td style='background:{fill}'>{word}</td><td>{said}</td></tr>" for fill, word, said in marks
    )
    swatches = "".join(f"<tr><td style='background:{fill}'></td><td>{word}</td></tr>" for fill, word, _ in marks)
    for key in (printed, swatches):
        page = f"<table>{key}</table><h2>Rivers</h2><table><tr>{header}</tr>{plan}</table>"
        record = read(tmp_path, f"<html><body><main><h1>Weir plan</h1>{page}</main></body></html>")
        assert [action.status for action in record.actions] == ["complete", "not-started"] * 2


def test_the_colour_of_a_row_that_goes_on_is_no_second_status(tmp_path: Path) -> None:
    """A word that the key explains is not hidden by the colour of the cell below it, where the row goes on."""
    key, header = html(KEYS["statuses"]), "".join(f"<th>{cell}</th>" for cell in (*HEAD, "Status"))
    amber = "<td style='background:#ffc000'>"
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}{amber}Watch</td></tr>"
        f"<tr>{'<td></td>' * 4}<td>and stays so</td>{amber}</td></tr>"
        for row in ROWS
    )
    record = read(tmp_path, key.replace("</main>", f"<table><tr>{header}</tr>{rows}</table></main>"))
    assert [action.status for action in record.actions] == ["ongoing"] * 4
