"""Tables in notebooks: plain HTML in which text from documents stays text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["html_table"]

LEFT = 'style="text-align:left;vertical-align:top;white-space:pre-line"'


def html_table(headings: Iterable[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Give an HTML table; every text is escaped.

    Examples
    --------
    >>> "&lt;b&gt;" in html_table(["x"], [["<b>"]], "")
    True
    """
    head = "".join(f'<th scope="col" {LEFT}>{escape(heading)}</th>' for heading in headings)
    body = "".join("<tr>" + "".join(f"<td {LEFT}>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    top = f"<caption {LEFT}>{escape(caption)}</caption>"
    return f"<table>{top}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
