"""CSV and TSV become lines and tables, whatever the delimiter, the encoding and the line ends."""

from __future__ import annotations

import csv
import io
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.documents import Line, Row
from planweave.documents.delimited import delimiter_of, read
from planweave.errors import DocumentError

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))

PLAN = 'Ref,Action,Lead,Due\n1.10,"Open a ""hub"",\nsoon",Housing,May 2025\n1.2,Close it,,\n'


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAN.encode(), "utf-8"),
        (PLAN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAN.encode("utf-16"), "utf-16"),
        (PLAN.replace("\n", "\r\n").encode(), "utf-8"),
        (PLAN.replace("hub", "caf\xe9").encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes, encoding: str) -> None:
    """Quoted cells keep commas, quotation marks and line ends; references keep their noughts."""
    document = grids.opened(tmp_path, data, "plan.csv")
    word = "caf\xe9" if encoding == "cp1252" else "hub"
    assert (document.media_type, document.encoding, document.cut) == ("text/csv", encoding, None)
    assert grids.tables(document) == [
        [
            ("Ref", "Action", "Lead", "Due"),
            ("1.10", f'Open a "{word}",\nsoon', "Housing", "May 2025"),
            ("1.2", "Close it", "", ""),
        ]
    ]
    (table,) = document.tables()
    assert [row.line for row in table.rows] == [1, 2, 4]


@pytest.mark.parametrize("delimiter", [";", "|", ","])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """Between semicolons or bars, commas are text."""
    rows = [["Ref", "Action", "Who"], ["1", "Open, soon", "A; B | C"], ["2", "Close, then", "D"]]
    data = io.StringIO()
    csv.writer(data, delimiter=delimiter).writerows(rows)
    assert grids.tables(grids.opened(tmp_path, data.getvalue(), "plan.txt")) == [[tuple(row) for row in rows]]


def test_quoted_cells_between_tabs(tmp_path: Path) -> None:
    """TSV with a quoted line end is read as such; plain text between tabs stays plain text, with its quotes."""
    quoted = 'Ref\tAction\n1\t"Open\na ""hub"""\n2\tClose\n'
    document = grids.opened(tmp_path, quoted, "plan.txt")
    assert document.media_type == "text/tab-separated-values"
    assert grids.tables(document) == [[("Ref", "Action"), ("1", 'Open\na "hub"'), ("2", "Close")]]
    document = grids.opened(tmp_path, 'Ref\tAction\n1\t"Open"\n', "plan.tsv")
    assert (document.media_type, grids.tables(document)) == ("text/plain", [[("Ref", "Action"), ("1", '"Open"')]])


def test_titles_above_and_notes_below(tmp_path: Path) -> None:
    """Lone cells at the left above a table are lines; an empty row ends a table; columns left empty go."""
    text = (
        "Our plan,,,,\nUpdated May 2024\n,,,,\nRef,Action,Who,,\n1,Open,A,,\n,Priority 2,,,\n2,Close,B,,\n,,,,\n"
        "Notes\n,,,,\nPart 2,,,,\n3,Sell,C,,\n"
    )
    document = grids.opened(tmp_path, text, "plan.csv")
    assert grids.shape(document) == ["Our plan", "Updated May 2024", "table 1", "Notes", "Part 2", "table 2"]
    assert grids.tables(document) == [
        [("Ref", "Action", "Who"), ("1", "Open", "A"), ("", "Priority 2", ""), ("2", "Close", "B")],
        [("3", "Sell", "C")],
    ]
    assert document.blocks[1] == Line("Updated May 2024", 2)
    assert list(document.tables())[1].rows == (Row(1, 12, ("3", "Sell", "C")),)


@pytest.mark.parametrize(
    "text",
    [
        "We will, with partners, open a hub.\nThen, in May, we close it.\nAnd so, at last, it ends.\n",
        "one\ntwo\nthree\n",
        "A, B\nC, D\n",
        "only,one,row\n",
        "1,200 people\nhelped\nin all\n",
        "Ref\tAction\n1\tOpen, close, sell\n2\tRent, let, buy\n",
        "Action: open\nLead: Ann\n\nAction: close\nLead: Bob\n",
    ],
)
def test_prose_is_no_csv(tmp_path: Path, text: str) -> None:
    """Commas with spaces behind them, or in few lines only, are punctuation."""
    assert grids.opened(tmp_path, text, "plan.csv").media_type == "text/plain"


def test_a_cell_that_is_never_closed_was_cut(tmp_path: Path) -> None:
    """A quotation mark that is open at the end says that the file is not whole."""
    document = grids.opened(tmp_path, 'Ref,Action,Who\n1,Open,A\n2,Sell,B\n3,"Close', "plan.csv")
    assert document.cut == "a quoted cell below line 3 is not closed"


def test_too_many_cells_are_refused() -> None:
    """A quarter of a million cells are read, and not many more; empty ones count."""
    with pytest.raises(DocumentError, match="more than the 250,000 cells that are read"):
        read(b"a,b,c\n" + b"1,2,3\n" * 100_000, "plan.csv")
    with pytest.raises(DocumentError, match="more than the 250,000 cells that are read"):
        read(b"a,b,c\n1,2,3\n" + b"," * 300_000, "plan.csv")


CELL = st.text(st.sampled_from('ab1 ,;"|\n.'), max_size=8).map(str.strip).filter(lambda text: not text.startswith('"'))
ROWS = st.lists(st.tuples(*[CELL.filter(bool)] * 3), min_size=2, max_size=6)


@given(ROWS, st.sampled_from(",;|"))
def test_what_is_written_is_read(rows: list[tuple[str, ...]], delimiter: str) -> None:
    """Random cells come out of the file they were written to, where the delimiter is found."""
    data = io.StringIO()
    csv.writer(data, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    if delimiter_of(data.getvalue()) != delimiter:
        return
    (table,) = (block for block in read(data.getvalue().encode(), "").blocks if not isinstance(block, Line))
    assert [row.cells for row in table.rows] == [tuple(row) for row in rows]
