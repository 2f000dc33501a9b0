"""Elements of a web page → pieces of text: what breaks a line, what opens an item, where a table stands.

Elements are those of lxml; nothing here needs to import it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["LETTERS", "Element", "Piece", "Printed", "is_hidden", "lines_in", "pieces_of", "role_of", "tag_of"]

Element = Any
"""An element of lxml, which has no types of its own."""

UNSEEN: Final = frozenset({"script", "style", "template", "head", "svg", "math", "datalist", "object", "iframe"})
"""What is no text of a page."""

# fmt: off
BREAKING: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
"""What begins and ends on a line of its own."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
INVISIBLE: Final = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
UNSHOWN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
BULLET: Final = "• "
STARTS_WITH_BULLET: Final = re.compile(r"[•·▪●‣◦○■□➢∙*–-]\s")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


class Piece(NamedTuple):
    """A piece of text, or what stands between pieces.

    ``value`` is the text, the mark, the level, the element, or by how much what follows is deeper in lists.
    """

    kind: Literal["text", "break", "mark", "level", "depth", "element"]
    value: Any = None


class Printed(NamedTuple):
    """A line as it is shown: its text, its level if it is a heading, how many lists it stands in."""

    text: str
    level: int | None
    depth: int


BREAK: Final = Piece("break")


def tag_of(element: Element) -> str:
    """Give an element's name in small letters; "" for comments and the like."""
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def role_of(element: Element) -> str:
    """Give the role an element declares, or ""."""
    return str(element.get("role") or "").strip().lower()


def is_hidden(element: Element) -> bool:
    """Say whether an element is declared not to be shown."""
    return element.get("hidden") is not None or bool(UNSHOWN.search(element.get("style") or ""))


def pieces_of(element: Element, apart: Callable[[Element], bool]) -> Iterator[Piece]:
    """Take an element's text apart.

    Parameters
    ----------
    element
        The element.
    apart
        Says of an element inside it that it is to be given whole, because it is not read as running text.
    """
    tag = tag_of(element)
    if not tag or tag in UNSEEN:
        return
    if tag == "br":
        yield BREAK
        return
    if tag == "input" and element.get("type") == "checkbox":
        yield Piece("text", " ☐ " if element.get("checked") is None else " ☑ ")
    breaking = tag in BREAKING
    if breaking:
        yield BREAK
    if tag == "li":
        yield Piece("mark", _mark(element))
    opening, closing = _ends_of(tag)
    yield from (*opening, *_inside(element, apart), *([BREAK] if breaking else []), *closing)


def _ends_of(tag: str) -> tuple[list[Piece], list[Piece]]:
    """Give what an element of a name begins and ends with: its level, one more list around what is in it."""
    if tag in HEADINGS:
        return [Piece("level", HEADINGS[tag])], [Piece("level", None)]
    return ([Piece("depth", 1)], [Piece("depth", -1)]) if tag in LISTS else ([], [])


def _inside(element: Element, apart: Callable[[Element], bool]) -> Iterator[Piece]:
    if element.text:
        yield Piece("text", element.text)
    for child in element:
        if tag_of(child) and apart(child):
            yield BREAK
            yield Piece("element", child)
        else:
            yield from pieces_of(child, apart)
        if child.tail:
            yield Piece("text", child.tail)


def lines_in(pieces: Iterable[Piece]) -> Iterator[Printed | Element]:
    """Put pieces together into lines; elements that stand apart are given between them."""
    text: list[str] = []
    mark = ""
    level: int | None = None
    depth = 0
    for piece in (*pieces, BREAK):
        if piece.kind == "text":
            text.append(piece.value)
            continue
        line = " ".join("".join(text).translate(INVISIBLE).split())
        if piece.kind != "element" or line:
            if line:
                yield Printed(line if STARTS_WITH_BULLET.match(line) else mark + line, level, depth)
                mark = ""
            text = []
        if piece.kind == "mark":
            mark = piece.value
        elif piece.kind == "level":
            level = piece.value
        elif piece.kind == "depth":
            depth += piece.value
        elif piece.kind == "element":
            mark = ""
            yield piece.value


def _mark(item: Element) -> str:
    """What stands before an item of a list: a bullet, or its number as the list counts."""
    parent = item.getparent()
    if parent is None or tag_of(parent) != "ol":
        return BULLET
    try:
        number = int(item.get("value") or 0) or int(parent.get("start") or 1) + _place(item)
    except ValueError:
        number = 1 + _place(item)
    kind = parent.get("type") or "1"
    if kind in {"a", "A"} and 1 <= number <= len(LETTERS):
        word = LETTERS[number - 1]
    elif kind in {"i", "I"} and 1 <= number <= len(ROMAN):
        word = ROMAN[number - 1]
    else:
        word = str(number)
    return f"{word.upper() if kind.isupper() else word}. "


def _place(item: Element) -> int:
    return sum(1 for _ in item.itersiblings("li", preceding=True))
