"""The body of a Word file made ready to be converted: what the conversion would lose is written into the text.

Cells that a row leaves out before and after its own become empty cells, colours become marks that are taken out
of the grid again, the numbers of lists become text, text boxes become paragraphs, hidden text goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from planweave.documents.colours import colour_word
from planweave.documents.grid import Line, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from planweave.documents.grid import Row
    from planweave.documents.markup import Element
    from planweave.documents.word_numbers import Numbering

__all__ = ["list_places", "outlines", "paragraphs_in", "prepare", "unmarked"]

MARK: Final = re.compile("\ue0f0([a-z]*)\ue0f1")
"""How a cell's colour is written into its text."""

MOST_SPAN: Final = 100
OFF: Final = frozenset({"0", "false", "off"})
WRAPPERS: Final = ("sdt", "customXml", "smartTag", "ins", "moveTo")
HEADING_LEVELS: Final = 6


class _Names:
    """The names of Word's elements and attributes, in the namespace that the file uses."""

    def __init__(self, root: Element) -> None:
        self._space = root.tag.rpartition("}")[0]

    def __call__(self, name: str) -> str:
        return f"{self._space}}}{name}"


def prepare(root: Element, numbering: Numbering, headings: Collection[str]) -> list[str]:
    """Make a body ready, in place; give the sentences on what it hides.

    ``headings`` are the styles that are of headings.
    """
    named = _Names(root)
    hidden = []
    if any(True for _ in root.iter(*(named(name) for name in ("ins", "del", "moveFrom", "moveTo")))):
        hidden.append("it has tracked changes: what was put in is read, what was deleted is left out")
    if _drop_hidden_text(root, named):
        hidden.append("some of its text is hidden: it is left out")
    _free_text_boxes(root, named)
    for row in list(root.iter(named("tr"))):
        _clean_row(row, named)
    for table in list(root.iter(named("tbl"))):
        _unwrap(table, named, "tr")
        for part in list(table):
            if part.tag not in {named("tr"), named("tblPr"), named("tblGrid")}:
                table.remove(part)
    _write_numbers(root, named, numbering, headings)
    for cell in list(root.iter(named("tc"))):
        _mark_colour(cell, named)
    for note in list(root.iter(named("footnoteReference"), named("endnoteReference"))):
        note.getparent().remove(note)
    return hidden


def paragraphs_in(root: Element) -> Iterator[str]:
    """Give the text of each paragraph of a part, as it is with all changes accepted."""
    named = _Names(root)
    for paragraph in root.iter(named("p")):
        pieces = []
        for piece in paragraph.iter(named("t"), named("tab"), named("br"), named("noBreakHyphen")):
            inside = [parent.tag for parent in piece.iterancestors()]
            if named("del") not in inside and named("tabs") not in inside:
                pieces.append(piece.text or "" if piece.tag == named("t") else " ")
        text = " ".join("".join(pieces).split())
        if text:
            yield text


def outlines(styles: Element) -> dict[str, int]:
    """Give the level (from 1) of each paragraph style that is of a heading, its own or that of its base."""
    named = _Names(styles)
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in styles.iter(named("style")):
        identifier = style.get(named("styleId")) or ""
        base = style.find(named("basedOn"))
        if base is not None:
            bases[identifier] = base.get(named("val")) or ""
        for level in style.iter(named("outlineLvl")):
            written = level.get(named("val")) or ""
            if written.isdecimal():
                levels[identifier] = int(written) + 1
    return {style: level for style in {*levels, *bases} if (level := _inherited(style, levels, bases))}


def _inherited(style: str, levels: dict[str, int], bases: dict[str, str]) -> int | None:
    for _ in range(20):
        if style in levels:
            return levels[style] if levels[style] <= HEADING_LEVELS else None
        if style not in bases:
            return None
        style = bases[style]
    return None


def list_places(styles: Element) -> dict[str, tuple[str, int]]:
    """Give the list and the level that a style puts its paragraphs in."""
    named = _Names(styles)
    places = {}
    for style in styles.iter(named("style")):
        number = next(style.iter(named("numId")), None)
        if number is not None:
            level = next(style.iter(named("ilvl")), None)
            written = level.get(named("val")) if level is not None else "0"
            places[style.get(named("styleId")) or ""] = (
                number.get(named("val")) or "",
                int(written) if written and written.isdecimal() else 0,
            )
    return places


def unmarked(blocks: Iterable[Line | Table]) -> Iterator[Line | Table]:
    """Take the marks of colours out of the text again, and make them the colours of cells."""
    for block in blocks:
        if isinstance(block, Line):
            text = MARK.sub("", block.text).strip()
            if text:
                yield msgspec.structs.replace(block, text=text)
        else:
            yield msgspec.structs.replace(block, rows=tuple(map(_unmarked, block.rows)))


def _unmarked(row: Row) -> Row:
    found = [MARK.match(cell) for cell in row.cells]
    fills = tuple(match[1] if match else "" for match in found)
    cells = tuple(MARK.sub("", cell).strip() for cell in row.cells)
    return msgspec.structs.replace(row, cells=cells, fills=fills if any(fills) else ())


def _drop_hidden_text(root: Element, named: _Names) -> bool:
    dropped = False
    for mark in list(root.iter(named("vanish"))):
        run = mark.getparent().getparent()
        if run is None or run.tag != named("r") or (mark.get(named("val")) or "") in OFF:
            continue
        dropped = dropped or any((text.text or "").strip() for text in run.iter(named("t")))
        run.getparent().remove(run)
    return dropped


def _free_text_boxes(root: Element, named: _Names) -> None:
    """Put the paragraphs of each text box behind the paragraph that it hangs on."""
    seen = set()
    for box in list(root.iter(named("txbxContent"))):
        # A box is written twice: for programs of today, and for those of yesterday.
        twice = next((parent for parent in box.iterancestors() if parent.tag.endswith("}AlternateContent")), None)
        paragraph = next((parent for parent in box.iterancestors() if parent.tag == named("p")), None)
        if paragraph is None or (twice is not None and twice in seen):
            continue
        seen.add(twice)
        for inside in reversed(list(box)):
            paragraph.addnext(inside)
    for box in list(root.iter(named("txbxContent"))):
        box.getparent().remove(box)


def _unwrap(parent: Element, named: _Names, wanted: str) -> None:
    """Take rows or cells out of the controls and the tracked changes they are wrapped in."""
    for wrapper in [part for part in parent if part.tag in {named(name) for name in WRAPPERS}]:
        _unwrap(wrapper, named, wanted)
        content = wrapper.find(named("sdtContent")) if wrapper.tag == named("sdt") else wrapper
        if content is None:
            continue
        _unwrap(content, named, wanted)
        for inside in [part for part in content if part.tag == named(wanted)]:
            wrapper.addprevious(inside)


def _clean_row(row: Element, named: _Names) -> None:
    """Leave nothing in a row but its cells, and write out those it leaves out."""
    _unwrap(row, named, "tc")
    properties = row.find(named("trPr"))
    before, after = (_number(properties, named, name) for name in ("gridBefore", "gridAfter"))
    for part in list(row):
        if part.tag not in {named("tc"), named("trPr")}:
            row.remove(part)
    cells = row.findall(named("tc"))
    for cell, others in zip(cells, [cells[:place] for place in range(len(cells))], strict=True):
        merge = cell.find(f"{named('tcPr')}/{named('hMerge')}")
        if merge is not None and merge.get(named("val")) != "restart" and others:
            _widen(next(other for other in reversed(others) if other.getparent() is not None), cell, named)
            row.remove(cell)
    if cells:
        for _ in range(before):
            cells[0].addprevious(_empty_cell(row, named))
        for _ in range(after):
            row.append(_empty_cell(row, named))


def _number(properties: Element | None, named: _Names, name: str) -> int:
    found = properties.find(named(name)) if properties is not None else None
    written = found.get(named("val")) if found is not None else ""
    return min(int(written), MOST_SPAN) if written and written.isdecimal() else 0


def _empty_cell(row: Element, named: _Names) -> Element:
    cell = row.makeelement(named("tc"))
    _added(cell, named("tcPr"))
    _added(cell, named("p"))
    return cell


def _widen(cell: Element, by: Element, named: _Names) -> None:
    properties = cell.find(named("tcPr"))
    span = properties.find(named("gridSpan")) if properties is not None else None
    more = _number(by.find(named("tcPr")), named, "gridSpan") or 1
    if span is not None:
        span.set(named("val"), str(_number(properties, named, "gridSpan") + more))
    elif properties is not None:
        _added(properties, named("gridSpan"), {named("val"): str(1 + more)})


def _write_numbers(root: Element, named: _Names, numbering: Numbering, headings: Collection[str]) -> None:
    for paragraph in list(root.iter(named("p"))):
        properties = paragraph.find(named("pPr"))
        number = numbering.number(properties, named)
        if number is None or properties is None:
            continue
        own = properties.find(named("numPr"))
        if own is not None:
            properties.remove(own)
        # Nor may the paragraph be in a list because its style is.
        style = properties.find(named("pStyle"))
        if style is not None and style.get(named("val")) not in headings:
            properties.remove(style)
        properties.addnext(_run(paragraph, named, f"{number} "))


def _mark_colour(cell: Element, named: _Names) -> None:
    shade = cell.find(f"{named('tcPr')}/{named('shd')}")
    if shade is None:
        return
    written = shade.get(named("color" if shade.get(named("val")) == "solid" else "fill")) or ""
    word = colour_word(written) if written != "auto" else ""
    first = next((part for part in cell if part.tag != named("tcPr")), None)
    if not word or first is None:
        return
    if first.tag != named("p"):
        paragraph = first.makeelement(named("p"))
        first.addprevious(paragraph)
        first = paragraph
    run = _run(first, named, f"\ue0f0{word}\ue0f1")
    properties = first.find(named("pPr"))
    if properties is not None:
        properties.addnext(run)
    else:
        first.insert(0, run)


def _run(paragraph: Element, named: _Names, text: str) -> Element:
    run = paragraph.makeelement(named("r"))
    _added(run, named("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = text
    return run


def _added(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - of lxml
    element = parent.makeelement(tag, attributes or {})
    parent.append(element)
    return element
