"""Markdown becomes lines and tables, and is told from plain text by its tables, or by its name."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from planweave.documents import Line

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))

PLAN = """\
# Our *plan*

Some **bold** text
over two lines

## Priority 1

| Ref | Action | Lead |
|:----|:------:|-----:|
| 1.10 | Open<br>a `hub` \\| cafe | [Housing](http://x.example) |
| 1.2 | | |
| 1.3 | Sell |

- one
- two
  1. three

1. four
"""


def test_tables_headings_and_lists(tmp_path: Path) -> None:
    """Headings have levels, cells are as printed, a row that ends early has empty cells, items are lines."""
    document = grids.opened(tmp_path, PLAN, "plan.txt")
    assert (document.media_type, document.encoding) == ("text/markdown", "utf-8")
    assert grids.tables(document) == [
        [
            ("Ref", "Action", "Lead"),
            ("1.10", "Open\na hub | cafe", "Housing"),
            ("1.2", "", ""),
            ("1.3", "Sell", ""),
        ]
    ]
    assert document.blocks[:3] == (
        Line("Our plan", 1, None, 1),
        Line("Some bold text over two lines", 2),
        Line("Priority 1", 3, None, 2),
    )
    assert grids.outside(document)[3:] == ["• one", "• two", "1. three", "1. four"]


def test_html_in_markdown_is_read(tmp_path: Path) -> None:
    """A table that Markdown cannot write is written as HTML, and is a table."""
    text = "# Plan\n\n<table><tr><td rowspan=2>1</td><td>a</td></tr><tr><td>b</td></tr></table>\n\nEnd\n"
    document = grids.opened(tmp_path, text, "plan.md")
    assert grids.tables(document) == [[("1", "a"), ("", "b")]]
    assert grids.covered(document) == [[[], [0]]]
    assert grids.outside(document) == ["Plan", "End"]


def test_facts_above_the_text_come_last(tmp_path: Path) -> None:
    """What a publishing program is told at the top is kept, and is no heading."""
    document = grids.opened(tmp_path, "---\ntitle: Plan 2024\ntags:\n  - a\n---\n# Plan\n", "plan.markdown")
    assert document.blocks == (
        Line("Plan", 1, None, 1),
        Line("title: Plan 2024", 2),
        Line("tags:", 3),
        Line("- a", 4),
    )


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("# Plan\n\ntext\n", "plan.md", "text/markdown"),
        ("# Plan\n\ntext\n", "plan.txt", "text/plain"),
        ("| A | B |\n|---|---|\n| 1 | 2 |\n", "plan", "text/markdown"),
        ("A | B |\n---|---|\n1 | 2 |\n", "plan.md", "text/plain"),
        ("| A | B |\n|---|---|\n| 1 | 2\nmore |\n", "plan.md", "text/plain"),
        ("| A | B |\n|---|---|\n| 1 | 2 | 3 |\n", "plan.md", "text/plain"),
        ("| A | B |\n|---|---|---|\n| 1 | 2 | 3 |\n", "plan.md", "text/plain"),
        ("A\tB\n1\t2\n", "plan.md", "text/plain"),
        ("<table><tr><td>1</table>", "plan.md", "text/html"),
    ],
)
def test_markdown_is_told_from_plain_text(tmp_path: Path, text: str, name: str, kind: str) -> None:
    """Framed tables of a line a row are Markdown; spilling or surplus cells are not, and would be lost in it."""
    assert grids.opened(tmp_path, text, name).media_type == kind
