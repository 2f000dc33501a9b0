"""What an action stands under: headings above tables and within them, names of sheets, and what is none of these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from planweave.library import Library
from planweave.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planweave.records import PlanRecord

HEAD = ("Ref", "Action", "Lead", "Due")
FIRST = (("1", "Paint the bridge", "Bridge Team", "May 2025"), ("2", "Mend the weir", "Weir Team", "June 2025"))
SECOND = (("3", "Plant a hedge", "Parks Team", "May 2026"), ("4", "Open the park", "Parks Team", "June 2026"))


def read(path: Path) -> PlanRecord:
    return Reader(Library.bundled()).read(path)


def read_text(folder: Path, text: str) -> PlanRecord:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in (HEAD, *rows)) + "\n"


def book(folder: Path, sheets: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]) -> Path:
    """Write a sheet for each name: lines, an empty row, a table."""
    path = folder / "plan.xlsx"
    made = xlsxwriter.Workbook(str(path))
    for name, (lines, rows) in sheets.items():
        sheet = made.add_worksheet(name)
        for at, text in enumerate(lines):
            sheet.write(at, 0, text)
        for at, row in enumerate((HEAD, *rows), start=len(lines) + 1):
            sheet.write_row(at, 0, row)
    made.close()
    return path


def groups(record: PlanRecord) -> list[str | None]:
    return [action.group for action in record.actions]


def sure_of_groups(record: PlanRecord) -> set[bool]:
    return {record.confidence_in(action, "group") >= 0.9 for action in record.actions}


def test_the_heading_on_a_sheet_counts_for_more_than_its_name(tmp_path: Path) -> None:
    """The title stands on each sheet; the line below it is the group, and the sheet's short name is not."""
    title = "River plan 2025"
    sheets = {"One": ((title, "Bridges and weirs"), FIRST), "Two": ((title, "Parks and hedges"), SECOND)}
    record = read(book(tmp_path, sheets))
    assert record.plan.title == title
    assert groups(record) == ["Bridges and weirs"] * 2 + ["Parks and hedges"] * 2


def test_the_name_of_a_sheet_is_a_group_where_nothing_else_is(tmp_path: Path) -> None:
    """The title and who agreed the plan stand on each sheet; the names tell the rest, and are doubted."""
    lines = ("River plan 2025", "As agreed by the River Board")
    record = read(book(tmp_path, {"Water": (lines, FIRST), "Land": (lines, SECOND)}))
    assert record.plan.title == lines[0]
    assert groups(record) == ["Water"] * 2 + ["Land"] * 2
    assert sure_of_groups(record) == {False}


def test_the_name_of_the_only_sheet_with_actions_is_no_group(tmp_path: Path) -> None:
    """A sheet of notes stands beside it."""
    record = read(book(tmp_path, {"Tracker": (("River plan 2025",), FIRST), "Notes": (("Ask the board.",), ())}))
    assert groups(record) == [None, None]


def test_the_body_and_the_date_above_a_table_are_no_group(tmp_path: Path) -> None:
    """The publisher stands before the title, or below it with the month; a file says when it was saved."""
    for lines in (
        "Eddington Town Council\nRiver plan\n",
        "River plan\nEddington Town Council, May 2025\n",
        "River plan\nExported 12/05/2025\n",
        "River plan\nSigned off, May 2025\n",
    ):
        assert groups(read_text(tmp_path, f"{lines}\n{tabbed(*FIRST)}")) == [None, None], lines


def test_one_line_over_everything_heads_nothing_in_particular(tmp_path: Path) -> None:
    """Nothing marks it as a heading; where each of two tables has one of its own, they are groups."""
    alone = read_text(tmp_path, f"River plan\n\nWhat is to be done\n\n{tabbed(*FIRST)}")
    assert groups(alone) == [None, None]
    assert "What is to be done" in [item.text for item in alone.unplaced]
    both = read_text(tmp_path, f"River plan\n\nWater\n\n{tabbed(*FIRST)}\nLand\n\n{tabbed(*SECOND)}")
    assert groups(both) == ["Water", "Water", "Land", "Land"]
    assert sure_of_groups(both) == {False}


def test_a_heading_that_says_what_it_is_is_sure(tmp_path: Path) -> None:
    """A numbered priority is a heading, though there is only one."""
    record = read_text(tmp_path, f"River plan\n\nPriority 1: Water\n\n{tabbed(*FIRST)}")
    assert groups(record) == ["Priority 1: Water"] * 2
    assert sure_of_groups(record) == {True}
