"""What print and scanning did to a row: look-alike letters, stray letters, text cut off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_cut_off", "looks_scanned"]

STRAY = re.compile(r"(?<=[^\s\d] )[bcdfghjklmnpqrtuwyz](?= [a-z])")
"""A lone small consonant between words; "a", "i", "s", "v" and "x" have their uses, so have units after numbers."""

LETTERED = re.compile(
    r"\b(?:appendix|band|block|category|class|grade|group|hepatitis|hep|item|letter|option|part|phase|plan|point"
    r"|section|tier|type|vitamin|wing) $",
    re.IGNORECASE,
)
"""What a lone letter names one of: "hepatitis c", "option b"."""

REPLACEMENT = "�"
DANGLING = re.compile(
    "a|an|and|as|at|by|for|from|in|into|of|on|or|our|over|the|their|to|under|via|which|who|with|within", re.IGNORECASE
)
NO_SCRIPT = frozenset("ªºµ")
"""Signs that Unicode counts among the letters."""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def looks_scanned(text: str) -> bool:
    """Say whether a text carries marks of scanning: letters of another script, or stray ones.

    Examples
    --------
    >>> looks_scanned("ннс"), looks_scanned("supported housing h and stock"), looks_scanned("4 x beds")
    (True, True, False)
    """
    if REPLACEMENT in text or any(_is_stray(match) for match in STRAY.finditer(text)):
        return True
    if text.isascii():
        return False
    letters = {letter for letter in text if letter.isalpha() and not letter.isascii()} - NO_SCRIPT
    return any(_script(letter) not in ("LATIN", "") for letter in letters)


def _is_stray(match: re.Match[str]) -> bool:
    return not LETTERED.search(match.string[max(0, match.start() - 20) : match.start()])


def is_cut_off(text: str) -> bool:
    """Say whether a text stops where no sentence does: after an article or a preposition.

    Examples
    --------
    >>> is_cut_off("to gain valuable feedback from"), is_cut_off("to settle in")
    (True, True)
    >>> is_cut_off("to settle in and engage.")
    False
    """
    words = text.split()
    return len(words) > 2 and bool(DANGLING.fullmatch(words[-1]))  # noqa: PLR2004 - "Log in" is whole
