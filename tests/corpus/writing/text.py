"""Writing files that are text underneath: bytes as they are, and the frame of a public body's web page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.corpus.printed import Row


def kept(path: Path, words: str, encoding: str = "utf-8") -> Path:
    """Write the words as they are, line ends included."""
    path.write_bytes(words.encode(encoding))
    return path


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {publisher}</title>
<link rel="stylesheet" href="/assets/main.css"></head>
<body class="page"><a href="#content" class="skip-link">Skip to main content</a>
<header><a href="/">{publisher}</a><nav aria-label="Main"><ul><li><a href="/council-tax">Council tax</a></li>
<li><a href="/bins">Bins</a></li><li><a href="/schools">Schools</a></li></ul></nav></header>
<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/plans">Plans and strategies</a></li></ol></nav>
<main id="content"><h1>{title}</h1>
{body}
</main>
<footer><p>&copy; {publisher}</p><ul><li><a href="/contact">Contact us</a></li>
<li><a href="/cookies">Cookies</a></li></ul></footer></body></html>
"""


def paragraphs(lines: list[str]) -> str:
    return "\n".join(f"<p>{escape(words)}</p>" for words in lines)


def listed(words: str) -> str:
    """Give what stands in a cell: several lines are a list."""
    lines = words.split("\n")
    return escape(words) if len(lines) == 1 else f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in lines)}</ul>"


def page(content: dict[str, Any], body: str) -> str:
    return PAGE.format(title=escape(content["title"]), publisher=content["publisher"], body=body)


def table_row(rows: list[Row], at: int) -> str:
    """Give one row of a table; an objective that stands once goes down over the rows whose first cell is empty."""
    cells = rows[at]["cells"]
    below = next((place for place in range(at + 1, len(rows)) if rows[place]["cells"][0]), len(rows)) - at
    over = f' rowspan="{below}"' if below > 1 else ""
    first = f"<td{over}>{listed(cells[0])}</td>" if cells[0] else ""
    return f"<tr>{first}{''.join(f'<td>{listed(words)}</td>' for words in cells[1:])}</tr>"


def wrapped(words: str, width: int, indent: str = "") -> list[str]:
    """Give the lines of a paragraph; a word with a hyphen stays in one line."""
    return textwrap.wrap(words, width, subsequent_indent=indent, break_on_hyphens=False)


def set_out(cells: list[str], widths: Sequence[int]) -> list[str]:
    """Give the lines of one row whose columns are set with spaces."""
    columns = [wrapped(words, width) for words, width in zip(cells, widths, strict=True)]
    lines = []
    for at in range(max(map(len, columns))):
        parts = (
            (column[at] if at < len(column) else "").ljust(width) for column, width in zip(columns, widths, strict=True)
        )
        lines.append("  ".join(parts).rstrip())
    return lines
