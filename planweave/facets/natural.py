"""Keys that sort as people do: without regard to capitals, numbers in words by their size."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["LENGTH", "natural"]

LENGTH: Final = 48
"""So many bytes of a key tell two texts apart; what comes after them is not looked at."""

DIGITS: Final = 6
NUMBER: Final = re.compile(r"\d+")
OPENING: Final = re.compile(r"^[\W_]+")


@lru_cache(maxsize=65536)
def natural(text: str) -> bytes:
    """Give the key of a text: texts in the order of their keys are in the order people expect.

    Examples
    --------
    >>> sorted(["1.10", "1.2", "(b)", "A", "10", "9"], key=natural)
    ['1.2', '1.10', '9', '10', 'A', '(b)']
    """
    folded = OPENING.sub("", text[: LENGTH * 2].casefold())
    return NUMBER.sub(lambda number: number[0].zfill(DIGITS), folded).encode()[:LENGTH]
