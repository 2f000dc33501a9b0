"""Tables of web pages, in all the ways they are written, → rows: table elements, roles, lists of pairs, plain divs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.documents.colours import colour_named, colour_word
from planweave.documents.markup import HEADINGS, Printed, is_hidden, lines_in, pieces_of, role_of, tag_of
from planweave.documents.spans import Spanning, laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planweave.documents.grid import Row
    from planweave.documents.markup import Element

__all__ = ["is_table", "pair_rows", "pairs_in", "stray_lines", "table_rows", "text_of"]

CELLS: Final = frozenset({"td", "th"})
CELL_ROLES: Final = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
TABLE_ROLES: Final = frozenset({"table", "grid", "treegrid"})
PRESENTATION: Final = frozenset({"presentation", "none"})
BACKGROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
AS_TABLE: Final = re.compile(r"display\s*:\s*(?:inline-)?table\s*(?:;|$)", re.IGNORECASE)
AS_ROW: Final = re.compile(r"display\s*:\s*table-row\s*(?:;|$)", re.IGNORECASE)
AS_CELL: Final = re.compile(r"display\s*:\s*table-cell\s*(?:;|$)", re.IGNORECASE)
BOXES: Final = frozenset({"div", "section", "ul", "ol", "li", "span"})
MIN_PLAIN: Final = 3
"""How many rows, and how many columns, boxes have to have at least to be taken for a table."""


def is_table(element: Element) -> bool:
    """Say whether an element is a table that stands apart from the text around it."""
    if tag_of(element) == "table":
        return not _is_layout(element)
    if tag_of(element) not in BOXES:
        return False
    if role_of(element) in TABLE_ROLES or AS_TABLE.search(element.get("style") or ""):
        return bool(list(_rows(element)))
    return _is_plain_grid(element)


def table_rows(table: Element, cells: int, hidden: list[str]) -> tuple[Row, ...]:
    """Lay out a table.

    Parameters
    ----------
    table
        An element that `is_table`.
    cells
        How many cells the tables before it have.
    hidden
        Takes the sentences on what is left out.
    """
    rows: list[list[Spanning]] = []
    left_out = cells_left_out = 0
    # A cell goes down no further than the part of the table it stands in.
    ends = _ends(table)
    for number, row in enumerate(_rows(table)):
        if is_hidden(row):
            left_out += 1
            rows.append([])
            continue
        shown = [cell for cell in _cells(row) if not is_hidden(cell)]
        cells_left_out += sum(1 for cell in _cells(row) if is_hidden(cell))
        rows.append([_spanning(cell, ends[number] - number) for cell in shown])
    for count, what in ((left_out, "row"), (cells_left_out, "cell")):
        if count:
            are = (
                f"1 {what} of a table is hidden: it is"
                if count == 1
                else f"{count} {what}s of a table are hidden: they are"
            )
            hidden.append(f"{are} left out")
    return laid_out(rows, cells)


def text_of(element: Element) -> str:
    """Give the text of a cell: a line for each line of print, nested tables a line for each of their rows."""
    lines: list[str] = []
    for found in lines_in(pieces_of(element, lambda inner: tag_of(inner) in {"table", "dl"})):
        if isinstance(found, Printed):
            lines.append(found.text)
        elif tag_of(found) == "dl":
            lines += [*stray_lines(found), *(pair_line(label, value) for label, value in pairs_in(found))]
        else:
            lines += [*stray_lines(found), *(line for row in _rows(found) if (line := _flat(row)))]
    return "\n".join(lines)


def stray_lines(element: Element) -> list[str]:
    """Give the text of a table, or of a list of pairs, that stands between its parts: captions, and mistakes."""
    if tag_of(element) == "dl":
        parts = set(_pair_items(element))
    else:
        rows = list(_rows(element))
        parts = {row for row in rows if is_hidden(row)} | {cell for row in rows for cell in _cells(row)}
    found = lines_in(pieces_of(element, lambda inner: inner in parts))
    return [line.text for line in found if isinstance(line, Printed)]


def pairs_in(pairs: Element) -> list[tuple[str, str]]:
    """Give the terms of a definition list, each with what is said of it."""
    found: list[tuple[list[str], list[str]]] = []
    for item in _pair_items(pairs):
        text = text_of(item)
        if tag_of(item) == "dt" and found and not found[-1][1]:
            found[-1][0].append(text)
        elif tag_of(item) == "dt" or not found:
            found.append(([text], []) if tag_of(item) == "dt" else ([""], [text]))
        else:
            found[-1][1].append(text)
    return [(" / ".join(filter(None, terms)), "\n".join(filter(None, values))) for terms, values in found]


def pair_line(label: str, value: str) -> str:
    """Write a pair as a line: abbreviations as keys print them, with a dash."""
    short = " " not in label and sum(letter.isupper() for letter in label) > 1
    return f"{label} – {value}" if short else f"{label.rstrip(':')}: {value}" if label else value


def pair_rows(groups: Sequence[Sequence[tuple[str, str]]]) -> tuple[Row, ...]:
    """Lay out groups of pairs that have the same labels as a table with the labels over it."""
    labels = list(dict.fromkeys(label for group in groups for label, _ in group))
    rows = [[Spanning(label.rstrip(": ")) for label in labels]]
    rows += [[Spanning(dict(group).get(label, "")) for label in labels] for group in groups]
    return laid_out(rows)


def _pair_items(pairs: Element) -> Iterator[Element]:
    for item in pairs:
        if tag_of(item) in {"dt", "dd"}:
            yield item
        elif tag_of(item) == "div":
            yield from _pair_items(item)


def _flat(row: Element) -> str:
    return " | ".join(text for cell in _cells(row) if (text := " ".join(text_of(cell).split())))


def _is_layout(table: Element) -> bool:
    """Say whether a table only puts things side by side: what is in it is read as if it were not there."""
    if role_of(table) in PRESENTATION:
        return True
    inner = [len(list(_cells(row))) for nested in table.iter("table") if nested is not table for row in _rows(nested)]
    own = [len(list(_cells(row))) for row in _rows(table)]
    if not own:
        return True
    return bool(inner) and (max(own) == 1 or len(own) == 1 or sum(inner) > sum(own))


def _rows(table: Element) -> Iterator[Element]:
    """Go through the rows of a table, not those of tables in it."""
    if tag_of(table) == "table":
        yield from sorted(_table_rows(table), key=lambda row: tag_of(row.getparent()) == "tfoot")
    elif _is_plain_grid(table):
        yield from table
    else:
        yield from _inner(table, lambda row: role_of(row) == "row" or bool(AS_ROW.search(row.get("style") or "")))


def _table_rows(table: Element) -> Iterator[Element]:
    for part in table:
        if tag_of(part) == "tr":
            yield part
        elif tag_of(part) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in part if tag_of(row) == "tr")


def _ends(table: Element) -> list[int]:
    """The number of the row, from 0, after the last of the part of the table that each row is in."""
    parents = [row.getparent() for row in _rows(table)]
    last = {parent: place for place, parent in enumerate(parents)}
    return [last[parent] + 1 for parent in parents]


def _cells(row: Element) -> Iterator[Element]:
    if tag_of(row) == "tr":
        yield from (cell for cell in row if tag_of(cell) in CELLS)
        return
    marked = list(
        _inner(row, lambda cell: role_of(cell) in CELL_ROLES or bool(AS_CELL.search(cell.get("style") or "")))
    )
    yield from marked or (cell for cell in row if tag_of(cell))


def _inner(element: Element, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    """The elements inside one that are wanted, not looking inside those."""
    for child in element:
        if tag_of(child) and wanted(child):
            yield child
        elif tag_of(child):
            yield from _inner(child, wanted)


def _spanning(cell: Element, left: int) -> Spanning:
    down = _number(cell.get("rowspan") or cell.get("aria-rowspan"))
    return Spanning(
        text_of(cell) or _pictured(cell),
        _number(cell.get("colspan") or cell.get("aria-colspan")) or 1,
        left if down == 0 else min(down, left),
        _fill(cell),
    )


def _number(written: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})", written or "1")
    return int(found[1]) if found else 1


def _pictured(cell: Element) -> str:
    """What the pictures of a cell without text are said to show."""
    return " ".join(filter(None, (" ".join((picture.get("alt") or "").split()) for picture in cell.iter("img"))))


def _fill(cell: Element) -> str:
    """The colour of a cell, or of the one thing in it, or of its row."""
    inside = list(cell)
    for element in (cell, *(inside if len(inside) == 1 else ()), cell.getparent()):
        if element is None or not tag_of(element):
            continue
        found = BACKGROUND.search(element.get("style") or "")
        written = found[1] if found else element.get("bgcolor") or ""
        word = colour_word(written) or colour_named(element.get("class") or "")
        if word:
            return word
    return ""


def _is_plain_grid(element: Element) -> bool:
    """Say whether boxes stand in rows and columns so plainly that they are a table.

    There are three rows of three boxes at least, each row has as many as the others, nothing but boxes stands in
    them, and the boxes of all rows but the first are of the same classes.
    """
    if tag_of(element) not in BOXES or len(element) < MIN_PLAIN or len(element[0]) < MIN_PLAIN:
        return False
    rows = list(element)
    width = len(rows[0])
    if any(tag_of(row) not in BOXES or len(row) != width or _has_own_text(row) for row in rows):
        return False
    kinds = {tuple((tag_of(cell), cell.get("class")) for cell in row) for row in rows[1:]}
    classes = {row.get("class") for row in rows[1:]}
    named = any(cell.get("class") for cell in rows[1]) or all(classes)
    leaves = {"p", "b", "strong", "em", "i", "a", "br", "ul", "ol", "li", *BOXES}
    simple = all(tag_of(inner) in leaves and tag_of(inner) not in HEADINGS for row in rows for inner in row.iter())
    return len(kinds) == 1 and len(classes) == 1 and named and simple and not _has_own_text(element)


def _has_own_text(element: Element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts)
