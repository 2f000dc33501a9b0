"""One way to show a table and to take it along: columns, sorted by links, page by page, as CSV and as a workbook."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from planweave.flat_files import write_csv_rows
from planweave.reporting.words import day_words
from planweave.tables import Column as SheetColumn
from planweave.tables import Value
from planweave.web.addresses import with_state
from planweave.wording import share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

__all__ = [
    "Cell",
    "Column",
    "Shown",
    "State",
    "exported",
    "listed",
    "ordered",
    "paged",
    "state_of",
    "suffix_of",
    "words_of",
]

R = TypeVar("R")
Kind: TypeAlias = Literal["text", "number", "share", "date", "tag"]

SUFFIX: Final = re.compile(r"\.(?:csv|xlsx)$")
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of a table.

    Parameters
    ----------
    key
        Its name in the address, as in ``?sort=-due``, and in an export.
    heading
        Its name for people.
    value
        What stands in it: text, a number, a share as float, a day.
    kind
        How it is shown: numbers stand one under the other, a tag is a word in a box.
    address
        Where its text leads.
    order
        What it is sorted by, where that is not the value; False where it cannot be sorted by.
    width
        Its width in a workbook, in characters.
    look
        Of a tag, which of the looks of the style sheet it has.
    """

    key: str
    heading: str
    value: Callable[[R], Value]
    kind: Kind = "text"
    address: Callable[[R], str | None] | None = None
    order: Callable[[R], Any] | Literal[False] | None = None
    width: int = 20
    look: Callable[[R], str] | None = None


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: words, where they lead, and the look of a tag."""

    words: str
    kind: Kind
    address: str | None = None
    look: str = ""


@dataclass(frozen=True)
class State:
    """What an address says of a table: sorted by what, which way, which page; and all else that it says."""

    path: str
    sort: str
    descending: bool
    page: int
    rows: int
    rest: tuple[tuple[str, str], ...] = ()

    @property
    def start(self) -> int:
        """The number of the first row, from 0."""
        return (self.page - 1) * self.rows

    def address(self, *, suffix: str = "", **changed: object) -> str:
        """Give the address of the same table in another state; ``page`` and ``sort`` can be given."""
        kept: dict[str, object] = {}
        for key, value in self.rest:
            known = kept.setdefault(key, [])
            assert isinstance(known, list)  # noqa: S101 - as made above
            known.append(value)
        sort = f"-{self.sort}" if self.descending else self.sort
        path = "/overview" if suffix and self.path == "/" else self.path
        return with_state(f"{path}{suffix}", {**kept, "sort": sort, **changed})


@dataclass(frozen=True)
class Head:
    """The heading of a column: its words, where a click on it leads, and which way the table is sorted by it."""

    words: str
    kind: Kind
    address: str | None
    sorted: Literal["ascending", "descending"] | None


@dataclass(frozen=True)
class Shown:
    """A table as a page shows it; the macro ``table`` of ``macros/tables.html.j2`` takes it."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    state: State
    name_column: int | None = 0
    downloads: tuple[str, ...] = (".csv", ".xlsx")

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.state.rows))

    @property
    def near(self) -> list[int | None]:
        """The numbers of the pages that have a link; None for those between that have none."""
        now, last = self.state.page, self.pages
        wanted = sorted({page for page in (1, now - 1, now, now + 1, last) if 1 <= page <= last})
        found: list[int | None] = []
        for page in wanted:
            if found and found[-1] is not None and page > found[-1] + 1:
                found.append(None)
            found.append(page)
        return found

    @property
    def first(self) -> int:
        """The number of the first row that is shown, from 1."""
        return self.state.start + 1

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.state.start + len(self.rows)


def state_of(request: Request, columns: Sequence[Column[Any]], default: str, rows: int) -> State:
    """Read what the address says of a table; what it cannot mean is taken as if it were not said.

    Parameters
    ----------
    request
        Its path may end in .csv or .xlsx.
    columns
        The columns; ``?sort=`` names one of them, after a minus for the other way round.
    default
        How the table is sorted where the address does not say: ``"plan"`` or ``"-violations"``.
    rows
        How many rows a page has.
    """
    said = request.query_params.get("sort", default)
    keys = {column.key for column in columns if column.order is not False}
    sort = said if said.removeprefix("-") in keys else default
    number = request.query_params.get("page", "1")
    page = int(number) if re.fullmatch(r"[1-9]\d{0,8}", number) else 1
    rest = tuple((key, value) for key, value in request.query_params.multi_items() if key not in {"sort", "page"})
    path = SUFFIX.sub("", request.scope["raw_path"].decode("ascii"))
    return State(path, sort.removeprefix("-"), sort.startswith("-"), page, rows, rest)


def suffix_of(request: Request) -> str:
    """Give the ``.csv`` or ``.xlsx`` that the path ends in, or nothing: with it, the table is given as a file."""
    found = SUFFIX.search(request.url.path)
    return found[0] if found else ""


def listed(
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    state: State,
    caption: str,
    *,
    is_ordered: bool = False,
    **more: Any,  # noqa: ANN401 - as paged has it
) -> Shown:
    """Show a page of rows that are all in memory, sorted as the address says unless they are so already."""
    every = list(rows) if is_ordered else ordered(columns, rows, state)
    pages = max(1, -(-len(every) // state.rows))
    if state.page > pages:
        state = State(state.path, state.sort, state.descending, pages, state.rows, state.rest)
    return paged(columns, every[state.start : state.start + state.rows], len(every), state, caption, **more)


def ordered(columns: Sequence[Column[R]], rows: Iterable[R], state: State) -> list[R]:
    """Sort rows as the address says; where there is no value a row comes last, whichever way."""
    column = next((column for column in columns if column.key == state.sort), None)
    every = list(rows)
    if column is None:
        return every
    order = column.order or column.value
    assert order  # noqa: S101 - what cannot be sorted by is not in a state
    filled = [row for row in every if order(row) is not None]
    blank = [row for row in every if order(row) is None]
    return [*sorted(filled, key=lambda row: _sortable(order(row)), reverse=state.descending), *blank]


def _sortable(value: object) -> Any:  # noqa: ANN401 - whatever can be compared
    """Words are sorted as people do: without regard to capitals, numbers in them by size."""
    if not isinstance(value, str):
        return value
    parts = re.split(r"(\d+)", value.casefold())
    return [(1, 0, part) if at % 2 == 0 else (0, int(part), "") for at, part in enumerate(parts) if part]


def paged(
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    total: int,
    state: State,
    caption: str,
    *,
    name_column: int | None = 0,
    downloads: tuple[str, ...] = (".csv", ".xlsx"),
) -> Shown:
    """Show rows that are one page of a table already, sorted as the address says.

    Parameters
    ----------
    columns, rows
        What is shown.
    total
        How many rows there are on all pages.
    state
        As :func:`state_of` gave it.
    caption
        What the table is, in words.
    name_column
        The number of the column that says what a row is about; None where there is none.
    downloads
        The suffixes of exports that the address has.
    """
    heads = tuple(_head(column, state) for column in columns)
    cells = tuple(tuple(_cell(column, row) for column in columns) for row in rows)
    return Shown(caption, heads, cells, total, state, name_column, downloads)


def _head(column: Column[Any], state: State) -> Head:
    if column.order is False:
        return Head(column.heading, column.kind, None, None)
    now = column.key == state.sort
    falls = now and state.descending
    turned = column.key if falls or (not now and column.kind not in {"number", "share"}) else f"-{column.key}"
    if now:
        turned = column.key if falls else f"-{column.key}"
    sorted_: Literal["ascending", "descending"] | None = ("descending" if falls else "ascending") if now else None
    return Head(column.heading, column.kind, state.address(sort=turned), sorted_)


def _cell(column: Column[R], row: R) -> Cell:
    value = column.value(row)
    address = column.address(row) if column.address else None
    return Cell(words_of(value), column.kind, address, column.look(row) if column.look else "")


def words_of(value: Value) -> str:
    """Give a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return share(value)
    if isinstance(value, (int, Decimal)):
        return f"{value:,}"
    return day_words(value) if isinstance(value, dt.date) else value


def exported(
    columns: Sequence[Column[R]], rows: Iterable[R], suffix: str, name: str, title: str, about: Sequence[str] = ()
) -> Response:
    """Give a table as a file: every row of every page.

    Parameters
    ----------
    columns, rows
        What is in it; rows are taken one at a time.
    suffix
        ``".csv"`` or ``".xlsx"``.
    name
        The name of the file without its suffix.
    title
        The title of the workbook and of its sheet.
    about
        Sentences that say which rows these are; they stand on a second sheet.
    """
    # A whole file first: whatever goes wrong while it is written is an error and never half a file.
    folder = tempfile.mkdtemp(prefix="planweave-")
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        path = Path(folder) / f"table{suffix}"
        if suffix == ".csv":
            write_csv_rows(tuple(column.heading for column in columns), _values(columns, rows), path)
        else:
            _write_workbook(columns, rows, path, title, about)
    except BaseException:
        remove()
        raise
    safe = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)
    headers = {"content-disposition": f'attachment; filename="{safe}{suffix}"'}
    # However large it is, it goes from the disk piece by piece.
    kind = CSV if suffix == ".csv" else XLSX
    return FileResponse(path, media_type=kind, headers=headers, background=BackgroundTask(remove))


def _values(columns: Sequence[Column[R]], rows: Iterable[R]) -> Iterator[tuple[Value, ...]]:
    return (tuple(column.value(row) for column in columns) for row in rows)


def _write_workbook(
    columns: Sequence[Column[R]], rows: Iterable[R], path: Path, title: str, about: Sequence[str]
) -> None:
    from planweave.spreadsheet import Looks, Sheet, opened_workbook  # noqa: PLC0415 - half of the time of a start

    sheet_columns = [SheetColumn(column.key, column.heading, column.width, column.value) for column in columns]
    with opened_workbook(path, title) as book:
        looks = Looks(book)
        sheet = Sheet(book, re.sub(r"[\[\]:*?/\\']", " ", title)[:31], sheet_columns, looks, path)
        sheet.add_headings()
        sheet.add(rows)
        sheet.make_filtered()
        if about:
            notes = Sheet(book, "About", [SheetColumn("note", "About", 100, str)], looks, path)
            notes.write((title,), looks.title)
            for sentence in about:
                notes.write((sentence,), looks.note)
