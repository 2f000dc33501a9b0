"""Records → one flat file: the actions as CSV, or everything as JSON; and how a file is written whole.

CSV is for spreadsheets, R and pandas: UTF-8, a file with a byte order mark, so that Excel takes it for what it
is, and otherwise as RFC 4180 has it. A spreadsheet runs a cell that begins like a formula, and
"- Non-reoccurring" begins like one; such a cell gets an apostrophe in front (:func:`guarded`), which
:func:`unguarded` takes away again. JSON is the public form of the records, one element per plan, and holds
text as it is.
"""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final

from planweave.errors import PlanweaveError
from planweave.records import to_json
from planweave.tables import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planweave.records import PlanRecord
    from planweave.tables import Row

__all__ = ["BOM", "guarded", "unguarded", "whole_file", "write_csv", "write_csv_rows", "write_json", "write_json_list"]

BOM: Final = codecs.BOM_UTF8
"""What a file of CSV begins with."""

# ASVS 1.2.10 lists = + - @ tab CR NUL; OWASP's page on CSV injection adds LF and the full-width forms.
# Apostrophes in front are part of the pattern, so that a printed "'=" is told from a guarded "=".
_RISKY: Final = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Examples
    --------
    >>> guarded("- Non-reoccurring"), guarded("Non-reoccurring")
    ("'- Non-reoccurring", 'Non-reoccurring')
    """
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Give back the text of a cell of the CSV file: the inverse of :func:`guarded`.

    Examples
    --------
    >>> unguarded("'- Non-reoccurring"), unguarded("'til March")
    ('- Non-reoccurring', "'til March")
    """
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def write_csv(records: Iterable[PlanRecord], target: Path | BinaryIO) -> None:
    """Write the actions as CSV, one row per action.

    Parameters
    ----------
    records
        The plans; they are taken one at a time.
    target
        The file, which appears whole or not at all, or an open binary stream such as
        ``sys.stdout.buffer``, which is left open.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    write_csv_rows(ACTIONS.headings, ACTIONS.rows(records), target)


def write_csv_rows(headings: Row, rows: Iterable[Row], target: Path | BinaryIO, *, guard: bool = True) -> None:
    """Write any table as CSV: UTF-8, lines ended as RFC 4180 has it, no cell a formula.

    A file begins with a byte order mark, without which a spreadsheet garbles accents; a stream, which goes to another
    program, has none.

    Parameters
    ----------
    headings
        The first row.
    rows
        The other rows; they are taken one at a time.
    target
        The file, which appears whole or not at all, or an open binary stream, which is left open.
    guard
        False where the rows come with their formulas guarded already.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    with _opened(target) as stream:
        if isinstance(target, Path):
            stream.write(BOM)
        writer = csv.writer(_Utf8(stream), lineterminator="\r\n")
        writer.writerow(headings)
        writer.writerows(map(_guarded_row, rows) if guard else rows)


def write_json(records: Iterable[PlanRecord], target: Path | BinaryIO) -> None:
    """Write the public JSON form of the records: a list with one element per plan.

    It is what ``to_json(list(records), indent=1)`` gives, and a line feed, without holding the list.

    Parameters
    ----------
    records
        The plans; they are taken one at a time.
    target
        The file, which appears whole or not at all, or an open binary stream, which is left open.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    # JSON has no line feed inside a text, so each one begins a line of this element.
    write_json_list((to_json(record, indent=1).replace(b"\n", b"\n ") for record in records), target)


def write_json_list(elements: Iterable[bytes], target: Path | BinaryIO) -> None:
    """Write a JSON list of which each element is JSON already.

    Parameters
    ----------
    elements
        They are taken one at a time, and each begins a line.
    target
        The file, which appears whole or not at all, or an open binary stream, which is left open.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    with _opened(target) as stream:
        opening = b"["
        for element in elements:
            stream.write(opening + b"\n " + element)
            opening = b","
        stream.write(b"[]\n" if opening == b"[" else b"\n]\n")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place to write to, beside a file, that takes the file's name when the block ends well.

    If it does not, the file is as it was before, and nothing is left beside it.

    Raises
    ------
    PlanweaveError
        If the folder or the file cannot be written.
    """
    try:
        # A device or a pipe would be replaced by a file, too: as root even /dev/null.
        if path.exists() and not path.is_file():
            raise PlanweaveError("this is not a file that can be replaced", file=path, fix="give the name of a file")
        final = path.resolve()
        with TemporaryDirectory(prefix=".planweave-", dir=final.parent) as folder:
            beside = Path(folder) / final.name
            yield beside
            beside.replace(final)
    except OSError as error:
        raise PlanweaveError(
            f"the file cannot be written ({error.strerror or error})",
            file=path,
            fix="check that its folder is there, may be written to and has room",
        ) from error


@contextmanager
def _opened(target: Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(target, Path):
        with whole_file(target) as beside, beside.open("wb") as stream:
            yield stream
    else:
        yield target


class _Utf8:
    """What :mod:`csv` writes text to; unlike a text wrapper it never closes the stream under it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        self._stream.write(text.encode())


def _guarded_row(row: Row) -> Row:
    return tuple(guarded(value) if isinstance(value, str) else value for value in row)
