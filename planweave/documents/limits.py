"""How much of a document is read: what is above these limits is refused, in one sentence that names the limit."""

from __future__ import annotations

from typing import Final

import msgspec

__all__ = [
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_ENTRIES",
    "MAX_PAGES",
    "MAX_TEXT",
    "MAX_UNPACKED",
    "MEGABYTE",
    "Limits",
]

MEGABYTE: Final = 1_000_000

MAX_BYTES: Final = 32 * MEGABYTE
"""The largest file that is read: a plan of ten thousand actions has about a tenth of it as text."""

MAX_UNPACKED: Final = 256 * MEGABYTE
"""What the entries of a zipped file may hold together."""

MAX_ENTRIES: Final = 5_000
"""How many entries a zipped file may have: a workbook of a hundred sheets has some three hundred."""

MAX_CELLS: Final = 250_000
"""How many cells the tables of a document may have: a plan of ten thousand actions has about half of it."""

MAX_TEXT: Final = 4_000_000
"""How many characters a document may print: a plan of ten thousand actions has about three quarters of it."""

MAX_PAGES: Final = 500
"""How many pages a document may have where it has pages."""


class Limits(msgspec.Struct, frozen=True):
    """What the process that reads one document may take: bytes of memory, seconds of the processor."""

    memory: int = 1_000 * MEGABYTE
    seconds: int = 30
