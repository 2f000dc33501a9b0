"""Writing plans as text underneath: tables of a web page, tables with bars, labels with their values."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from tests.corpus.writing.text import listed

if TYPE_CHECKING:
    from tests.corpus.printed import Row


def web_table(head: list[str], rows: list[Row]) -> str:
    """Give a table of a page; where a first cell is empty, the one above it goes down over it."""
    top = "".join(f'<th scope="col">{escape(words)}</th>' for words in head)
    lines = "\n".join(f"<tr>{''.join(web_cells(rows, at))}</tr>" for at in range(len(rows)))
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}\n</tbody></table>"


def web_cells(rows: list[Row], at: int) -> Iterator[str]:
    """Give the cells of one row."""
    first, *rest = rows[at]["cells"]
    down = next((below for below, row in enumerate(rows[at + 1 :], 1) if row["cells"][0]), len(rows) - at)
    if first:
        yield f'<td rowspan="{down}">{listed(first)}</td>' if down > 1 else f"<td>{listed(first)}</td>"
    yield from (f"<td>{listed(words)}</td>" for words in rest)


def barred(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def labelled(row: Row, head: list[str]) -> list[tuple[str, str]]:
    """Give the labels that stand below an action with their values, what is empty left out."""
    return [(label, words) for label, words in zip(head[1:], row["cells"][1:], strict=True) if words]
