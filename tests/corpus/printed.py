"""The printed rows of the documents: what stands in each cell, as the body would have typed it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def printed(hand: Path, name: str) -> dict[str, Any]:
    """Give what is printed in a document: its title, heading words, sections and rows, and the text around them."""
    rows = hand / "rows" / f"{Path(name).stem}.json"
    content: dict[str, Any] = json.loads(rows.read_text(encoding="utf-8"))
    return content


def sections(rows: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Give each section's own row and the rows under it, in order."""
    heading: Row = {}
    under: list[Row] = []
    for row in rows:
        if "section" not in row:
            under.append(row)
            continue
        if under:
            yield heading, under
        heading, under = row, []
    yield heading, under
