"""A plan made of strings that attack: markup, templates, formulas, links that run, letters that turn the line round."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

STRINGS: Final = (
    "<script>alert('script')</script>",
    "\"'><img src=x onerror=alert('image')>",
    "</textarea></title></style><svg onload=alert('svg')>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    '=HYPERLINK("http://198.51.100.7/","Open")',
    "\u202eevil\u202c turned round",
    "{{7*7}} {% raw %} ${7*7} <%= 7*7 %>",
    "javascript:alert('link')",
    "data:text/html,<script>alert('data')</script>",
    "W" * 4000,
    "nul\x01\x0b\x1f and \ufffd and \ufeff",
    "👩🏽‍🚒 crew 🏠",
    "'; DROP TABLE part; --",
    "../../../../etc/passwd",
    "%00%2e%2e%2f&lt;b&gt;&amp;",
    "<!-- --> ]]> <![CDATA[",
    "--></script><script>alert('comment')</script>",
)
"""What may stand in a document; in a browser and in a workbook it is text."""

FILE_NAME: Final = "\"'><img src=x onerror=alert(9)> {{7*7}} \u202etxt.csv"
"""What a file may be called on the systems that allow it."""

HEADINGS: Final = ("Ref", "Action", "Lead", "Partners", "Due date", "Outcome", "Status", "Update", "Cross reference")
MORE: Final = (STRINGS[0], STRINGS[1], STRINGS[3])
"""Headings of further columns; with more of them it would be no table of actions."""


def write_plan(folder: Path) -> Path:
    """Write a plan in which every cell attacks, as CSV; more headings attack, too."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*HEADINGS, *MORE))
        for number, text in enumerate(STRINGS, start=1):
            other = STRINGS[number % len(STRINGS)]
            names = f"{text}, Housing Team"
            days = f"March 2024 {text}" if number % 2 else text
            row = (
                f"{number}.1 {text}"[:40],
                f"Open {text} by {other}",
                names,
                other,
                days,
                text,
                "Ongoing",
                text,
                "2.1",
            )
            writer.writerow((*row, *([text] * len(MORE))))
    return path
