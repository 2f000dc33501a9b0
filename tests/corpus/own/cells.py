"""Rows of cells written compactly, and files written without a clock."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

PUBLISHED = datetime(2025, 4, 1)  # noqa: DTZ001 - what office programs write has no time zone

Rows = list[tuple[str, ...]]


def rows(text: str) -> Rows:
    """Give a row a line, its cells between bars; ¶ is a line break in a cell."""
    return [
        tuple(cell.strip().replace("¶", "\n") for cell in line.split("|")) for line in text.strip().split("\n") if line
    ]


def undated(package: bytes) -> bytes:
    """Give a zipped file without the times at which its parts were written."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry, (2025, 4, 1, 9, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
    return result.getvalue()
