"""Text of documents in a TOML file: strings that cannot end early, comments that cannot break out of their line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["comment", "listed", "quoted", "remark"]

ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
FIRST_WIDE: Final = 0x10000
LONGEST: Final = 60
"""Characters of a value that is quoted in a comment."""


def quoted(text: str) -> str:
    r"""Write a text as a TOML string on one line; what is not printable is written by its number.

    Examples
    --------
    >>> print(quoted('"]\n[plan]'))
    "\"]\n[plan]"
    """
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in ESCAPES:
        return ESCAPES[letter]
    code = ord(letter)
    if "\ud800" <= letter <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"  # half a character, which no file can hold
    if letter.isprintable():
        return letter
    return f"\\u{code:04X}" if code < FIRST_WIDE else f"\\U{code:08X}"


def listed(texts: Iterable[str]) -> str:
    """Write texts as a TOML list on one line."""
    return f"[{', '.join(map(quoted, texts))}]"


def remark(text: str) -> str:
    r"""Give text as a comment can have it: on one line, without anything that an editor or a terminal would obey.

    Examples
    --------
    >>> remark("two\nlines\x1b[2J")
    'two lines [2J'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def comment(text: str, longest: int = LONGEST) -> str:
    """Quote a value of the document in a comment, cut where it is long."""
    line = remark(text)
    return f"“{line}”" if len(line) <= longest else f"“{line[: longest - 1].rstrip()}…”"
