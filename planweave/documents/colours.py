"""Colours as a file writes them → the word a reader of the page would say, or "" where no word is plain."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import Final

__all__ = ["colour_named", "colour_word"]

WORDS: Final = ("red", "amber", "green", "blue", "grey", "yellow", "black", "white")

NAMES: Final = {
    **{word: word for word in WORDS},
    "gray": "grey",
    "lightgray": "grey",
    "lightgrey": "grey",
    "darkgray": "grey",
    "darkgrey": "grey",
    "silver": "grey",
    "orange": "amber",
    "darkorange": "amber",
    "gold": "amber",
    "lime": "green",
    "limegreen": "green",
    "lightgreen": "green",
    "darkgreen": "green",
    "forestgreen": "green",
    "seagreen": "green",
    "darkred": "red",
    "crimson": "red",
    "firebrick": "red",
    "tomato": "red",
    "navy": "blue",
    "lightblue": "blue",
    "royalblue": "blue",
    "lightyellow": "yellow",
}
"""Names of colours that have a plain word."""

HEX: Final = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
SHORT_HEX: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})")

HUES: Final = ((14, "red"), (48, "amber"), (66, "yellow"), (170, "green"), (260, "blue"), (335, ""), (361, "red"))
"""Up to how many degrees of the colour circle a word goes."""

PALE: Final = 0.12
"""Below this saturation a colour is a grey."""


@lru_cache(maxsize=4096)
def colour_word(written: str) -> str:
    """Give the word for a colour.

    Parameters
    ----------
    written
        A name, ``#rgb``, ``#rrggbb``, ``aarrggbb`` or ``rgb(…)``.

    Examples
    --------
    >>> [colour_word(written) for written in ("FF00B050", "#FFC000", "rgb(255, 0, 0)", "#ffffff", "#800080")]
    ['green', 'amber', 'red', 'white', '']
    """
    text = written.strip().lower()
    if text in NAMES:
        return NAMES[text]
    if match := SHORT_HEX.fullmatch(text):
        numbers = [int(digit * 2, 16) for digit in match.groups()]
    elif match := HEX.fullmatch(text):
        numbers = [int(digits, 16) for digits in match.groups()]
    elif match := RGB.match(text):
        numbers = [min(int(digits), 255) for digits in match.groups()]
    else:
        return ""
    return _word(*(number / 255 for number in numbers))


def colour_named(words: str) -> str:
    """Give the colour that one of some words names: "cell rag-green" is green; "" where none or several do."""
    found = {NAMES[word] for word in re.split(r"[\s_-]+", words.lower()) if word in NAMES}
    return found.pop() if len(found) == 1 else ""


def _word(red: float, green: float, blue: float) -> str:
    hue, lightness, _ = colorsys.rgb_to_hls(red, green, blue)
    spread = max(red, green, blue) - min(red, green, blue)
    if lightness > 0.95:  # noqa: PLR2004 - nearly white
        return "white"
    if spread < PALE:
        return "black" if lightness < 0.15 else "grey"  # noqa: PLR2004 - nearly black
    if lightness < 0.08:  # noqa: PLR2004 - as above
        return "black"
    return next(word for end, word in HUES if hue * 360 < end)
