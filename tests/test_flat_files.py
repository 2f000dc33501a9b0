from __future__ import annotations

import csv
import json
import os
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.errors import PlanweaveError
from planweave.flat_files import guarded, unguarded, whole_file, write_csv, write_json
from planweave.records import Cell, PlanRecord, SourceRow, to_json
from planweave.tables import ACTIONS
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SOURCE = (SourceRow(None, 1, 2, 3, (Cell(1, "Action", "1.10\nOpen a “hub”", "text"),)),)


def record(plan: str = "ford", **changes: Any) -> PlanRecord:
    return made_plan(made_action(**{"source": SOURCE, **changes}), id=plan)


def written(*records: PlanRecord) -> bytes:
    stream = BytesIO()
    write_csv(records, stream)
    return stream.getvalue()


def parsed(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(), newline="")))


def test_csv_is_utf_8_with_a_mark_and_ends_its_lines_as_rfc_4180_says(tmp_path: Path) -> None:
    """Excel knows the encoding of a file by the mark, and every record ends with CR LF, the last one too."""
    write_csv([record(text="Café “hub”")], tmp_path / "all.csv")
    data = (tmp_path / "all.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfPlan,Publisher,Action,Reference,")
    assert "Café “hub”".encode() in data
    assert data.endswith(b",,1,2,3\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 2
    assert data.count(b"\xef\xbb\xbf") == 1


def test_csv_for_another_program_has_no_mark() -> None:
    """What is piped into csvkit or awk begins with the first heading."""
    assert written(record()).startswith(b"Plan,Publisher,")


def test_csv_has_headings_even_without_records() -> None:
    """An empty export is a table without rows."""
    assert written().decode().split("\r\n")[1:] == [""]
    assert next(csv.reader([written().decode()])) == list(ACTIONS.headings)


def test_csv_keeps_commas_quotes_and_line_breaks() -> None:
    """What has a meaning in CSV comes back as the text it was."""
    text = 'Say "yes", then\r\nstop, \n or not'
    assert parsed(written(record(text=text)))[0]["Action text"] == text


def test_csv_keeps_references_as_they_are_printed() -> None:
    """A reference such as 1.10 is not shortened to a number."""
    assert parsed(written(record()))[0]["Reference"] == "1.10"


def test_csv_defuses_what_a_spreadsheet_would_run() -> None:
    """Printed text that begins like a formula gets an apostrophe; a number and harmless text do not."""
    (row,) = parsed(written(record(text="=HYPERLINK(A1)", outcomes=("- Non-reoccurring",), group="Group 1")))
    assert row["Action text"] == "'=HYPERLINK(A1)"
    assert row["Outcomes"] == "'- Non-reoccurring"
    assert row["Group"] == "Group 1"
    assert row["Order in the plan"] == "1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_each_dangerous_beginning_is_defused(start: str) -> None:
    """None of the characters that begin a formula is left at the beginning of a cell of the file."""
    assert guarded(f"{start}x") == f"'{start}x"
    assert parsed(written(record(text=f"{start}x")))[0]["Action text"] == f"'{start}x"


@given(st.text(alphabet="'=+-@\t\r\n\0＝ a1", max_size=6))
def test_the_defence_can_be_undone(text: str) -> None:
    """Whatever was printed, even with apostrophes of its own, the cell gives it back exactly."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r\n\0＝"))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_the_public_form_of_a_list_of_records(count: int) -> None:
    """The stream has the bytes that encoding the whole list at once would give, and ends with a line feed."""
    records = [record(f"plan{number}") for number in range(count)]
    stream = BytesIO()
    write_json(iter(records), stream)
    assert stream.getvalue() == to_json(records, indent=1) + b"\n"


def test_json_keeps_text_exactly() -> None:
    """Line breaks inside a printed cell survive the indenting."""
    stream = BytesIO()
    write_json([record()], stream)
    (plan,) = json.loads(stream.getvalue())
    assert plan["plan"]["id"] == "ford"
    assert plan["actions"][0]["source"][0]["cells"][0]["text"] == "1.10\nOpen a “hub”"


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_records_are_written_as_they_come(write: Callable[[Iterable[PlanRecord], BinaryIO], None]) -> None:
    """One plan is on its way before the next is asked for, so that none has to wait in memory."""
    stream = BytesIO()

    def arriving() -> Iterator[PlanRecord]:
        yield record("first")
        assert b"first" in stream.getvalue()
        yield record("second")

    write(arriving(), stream)
    assert b"second" in stream.getvalue()


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_a_stream_is_left_open(write: Callable[[Iterable[PlanRecord], BinaryIO], None]) -> None:
    """Standard output belongs to whoever gave it, even when the writing fails."""
    stream = BytesIO()
    write([record()], stream)
    assert not stream.closed
    with pytest.raises(RuntimeError):
        write(failing(), stream)
    assert not stream.closed


def failing() -> Iterator[PlanRecord]:
    yield record()
    raise RuntimeError("the reading fails")


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_a_file_is_written_whole_or_not_at_all(
    write: Callable[[Iterable[PlanRecord], Path], None], tmp_path: Path
) -> None:
    """When the writing fails, the file is what it was before, and nothing is left beside it."""
    path = tmp_path / "actions.out"
    write([record()], path)
    good = path.read_bytes()
    assert b"1.10" in good
    with pytest.raises(RuntimeError):
        write(failing(), path)
    assert path.read_bytes() == good
    assert os.listdir(tmp_path) == ["actions.out"]  # noqa: PTH208 - hidden files count


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """The sentence says which file, what is the matter and what to do."""
    path = tmp_path / "none" / "actions.csv"
    with pytest.raises(PlanweaveError) as caught:
        write_csv([record()], path)
    assert str(caught.value) == (
        f"{path}: the file cannot be written (No such file or directory);"
        " check that its folder is there, may be written to and has room."
    )


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """An error while writing is said like one before it, and leaves the file as it was."""
    path = tmp_path / "actions.csv"
    path.write_text("good")
    with pytest.raises(PlanweaveError, match=r"cannot be written \(No space left on device\)"):
        fill_the_disk(path)
    assert path.read_text() == "good"
    assert os.listdir(tmp_path) == ["actions.csv"]  # noqa: PTH208 - hidden files count


def fill_the_disk(path: Path) -> None:
    with whole_file(path) as beside:
        beside.write_text("half")
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", [".", "pipe"])
def test_what_is_no_file_is_not_replaced(name: str, tmp_path: Path) -> None:
    """A folder, a device or a pipe of that name stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PlanweaveError, match="not a file that can be replaced"):
        write_csv([record()], tmp_path / name)
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_still_points_to_the_file(tmp_path: Path) -> None:
    """Writing through a symbolic link changes the file it points to, not the link."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_csv([record()], tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert b"1.10" in (tmp_path / "real.csv").read_bytes()
