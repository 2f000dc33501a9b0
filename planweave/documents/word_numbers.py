"""The numbers that Word prints before paragraphs and does not write in them: "1.1", "a)", "Action 3"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.markup import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from planweave.documents.markup import Element

__all__ = ["Numbering"]

ROMANS: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
UNNUMBERED: Final = frozenset({"bullet", "none"})
MOST_LEVELS: Final = 9


class Level(NamedTuple):
    """How a level of a list counts: its first number, its form, the text around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


class Numbering:
    """The lists of one document, counting on as its paragraphs come.

    Parameters
    ----------
    root
        The root of the part that defines the lists, or None where there is none.
    styles
        Style → the list and level that its paragraphs are in.
    """

    def __init__(self, root: Element | None, styles: dict[str, tuple[str, int]]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._define(root, lambda name: f"{root.tag.rpartition('}')[0]}}}{name}")

    def _define(self, root: Element, named: Callable[[str], str]) -> None:
        value = named("val")
        abstract: dict[str, dict[int, Level]] = {}
        for definition in root.iter(named("abstractNum")):
            abstract[definition.get(named("abstractNumId"))] = {
                _whole(level.get(named("ilvl"))): _level(level, named) for level in definition.iter(named("lvl"))
            }
        for number in root.iter(named("num")):
            found = number.find(named("abstractNumId"))
            identifier = number.get(named("numId"))
            kind = found.get(value) if found is not None else ""
            levels = dict(abstract.get(kind, {}))
            restarted = False
            for change in number.iter(named("lvlOverride")):
                place = _whole(change.get(named("ilvl")))
                for level in change.iter(named("lvl")):
                    levels[place] = _level(level, named)
                for start in change.iter(named("startOverride")):
                    levels[place] = levels.get(place, Level())._replace(start=_whole(start.get(value), 1))
                    restarted = True
            self._levels[identifier] = levels
            # Lists that are made from one definition count on from each other, unless one says it begins anew.
            self._abstract[identifier] = f"num {identifier}" if restarted else f"abstract {kind}"

    def number(self, properties: Element | None, named: Callable[[str], str]) -> str | None:
        """Give what is printed before a paragraph, and count it; None before one that is in no numbered list."""
        place = self._place(properties, named)
        if place is None:
            return None
        identifier, level = place
        levels = self._levels.get(identifier, {})
        if level not in levels or levels[level].form in UNNUMBERED:
            return None
        counts = self._counts[self._abstract[identifier]]
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        text = levels[level].text
        for other in range(MOST_LEVELS):
            if f"%{other + 1}" in text:
                known = levels.get(other, Level())
                form = known.form if known.form not in UNNUMBERED else "decimal"
                text = text.replace(f"%{other + 1}", _written(counts.setdefault(other, known.start), form))
        return text.strip() or None

    def _place(self, properties: Element | None, named: Callable[[str], str]) -> tuple[str, int] | None:
        """The list and the level of a paragraph, its own or its style's."""
        if properties is None:
            return None
        style = properties.find(named("pStyle"))
        inherited = self._styles.get(style.get(named("val"))) if style is not None else None
        own = properties.find(named("numPr"))
        if own is None:
            return inherited
        identifier, level = own.find(named("numId")), own.find(named("ilvl"))
        base = inherited or ("", 0)
        found = identifier.get(named("val")) if identifier is not None else base[0]
        return (found, _whole(level.get(named("val"))) if level is not None else base[1]) if found else None


def _level(level: Element, named: Callable[[str], str]) -> Level:
    def said(name: str, default: str) -> str:
        found = level.find(named(name))
        return str(found.get(named("val")) or default) if found is not None else default

    return Level(_whole(said("start", "1"), 1), said("numFmt", "decimal"), said("lvlText", ""))


def _whole(written: str | None, default: int = 0) -> int:
    return int(written) if written and written.isdecimal() else default


def _written(number: int, form: str) -> str:
    """Write a number as a level does.

    Examples
    --------
    >>> [_written(4, form) for form in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        text = LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        text = ""
        for worth, letters in ROMANS:
            while number >= worth:
                text, number = text + letters, number - worth
    elif form == "decimalZero":
        text = f"{number:02d}"
    else:
        text = str(number)
    return text.upper() if form.startswith("upper") else text
