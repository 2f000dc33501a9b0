"""One plan published in several formats gives the same actions, and a folder of them is built as one graph."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

import planweave as pw
from planweave.documents import SUFFIXES
from planweave.library import Library
from planweave.reading.reader import Reader
from planweave.sources import find_documents

if TYPE_CHECKING:
    from planweave.records import Action

TITLE = "Housing Action Plan 2024-26"
HEADING = "Priority 1: Prevention"
ROWS = (
    ("Ref", "Action", "Lead", "Timescale", "Outcome"),
    ("1.1", "Open a hub, with café", "Housing Options", "March 2025", "Fewer people sleep rough"),
    ("1.10", "Review the offer", "Public Health", "Ongoing", "An offer that fits"),
)


def text() -> bytes:
    return "\n".join([TITLE, "", HEADING, "", *("\t".join(row) for row in ROWS)]).encode() + b"\n"


def delimited() -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([[TITLE], [], [HEADING], *ROWS])
    return written.getvalue().encode("cp1252")


def markdown() -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    rows.insert(1, "|---" * 5 + "|")
    return "\n".join([f"# {TITLE}", "", f"## {HEADING}", "", *rows]).encode()


def html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<html><nav>Menu</nav><main><h1>{TITLE}</h1><h2>{HEADING}</h2><table>{rows}</table></main></html>".encode()


def word() -> bytes:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_heading(HEADING, 1)
    table = made.add_table(0, 5)
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ((TITLE,), (), (HEADING,), *ROWS):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


FORMATS = {".txt": text, ".csv": delimited, ".md": markdown, ".html": html, ".docx": word, ".xlsx": workbook}


def said(action: Action) -> tuple[object, ...]:
    return action.ref, action.text, action.leads, action.due.text, action.outcomes, action.group


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_plan_is_the_same_in_every_format(tmp_path: Path, suffix: str) -> None:
    """Title, heading and actions do not depend on how a plan was published, and nothing of it is lost."""
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(FORMATS[suffix]())
    record = Reader(Library.bundled()).read(path)
    assert (record.plan.title, record.kept) == (TITLE, 1.0)
    assert [said(action) for action in record.actions] == [
        ("1.1", "Open a hub, with café", ("Housing Options",), "March 2025", ("Fewer people sleep rough",), HEADING),
        ("1.10", "Review the offer", ("Public Health",), "Ongoing", ("An offer that fits",), HEADING),
    ]


def test_a_folder_of_many_formats_is_built(tmp_path: Path) -> None:
    """Every file of a mixed folder is a plan of the graph."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for number, (suffix, made) in enumerate(FORMATS.items(), start=1):
        (plans / f"plan-{number}{suffix}").write_bytes(made())
    with pw.build(plans, tmp_path / "weave") as graph:
        assert [len(plan.actions) for plan in graph.plans()] == [2] * len(FORMATS)


def test_a_folder_of_many_formats_is_found(tmp_path: Path) -> None:
    """What is read is found by its ending, Word's own shadow files and pictures are passed over."""
    for suffix in (*SUFFIXES, ".png", ".doc"):
        (tmp_path / f"plan{suffix}").write_bytes(b"x")
    (tmp_path / "~$plan.docx").write_bytes(b"x")
    found, skipped = find_documents([tmp_path])
    assert {path.suffix for path in found} == set(SUFFIXES) > set(FORMATS)
    assert {path.suffix for path in skipped} == {".png", ".doc"}
