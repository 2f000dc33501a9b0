"""Web pages → lines and tables, by lxml. What is of the site rather than of the page comes last."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from planweave.documents.decoding import decode
from planweave.documents.grid import Line, Parts, Table
from planweave.documents.markup import UNSEEN, Printed, is_hidden, lines_in, pieces_of, role_of, tag_of
from planweave.documents.sheets import printed_as
from planweave.documents.web_tables import is_table, pair_line, pair_rows, pairs_in, stray_lines, table_rows
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents.grid import Row
    from planweave.documents.markup import Element

__all__ = ["DEPTH", "blocks_of_html", "numbered", "read", "too_deep"]

CHARSET: Final = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*>", re.IGNORECASE)
SITE: Final = frozenset({"nav", "header", "footer", "aside", "search"})
SITE_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"})
DEPTH: Final = "depth"
"""What libxml says in every sentence on parts that are nested too deeply."""

Pairs = list[tuple[str, str]]


def read(data: bytes, name: str) -> Parts:
    """Read a web page."""
    del name
    text, encoding = _decoded(data)
    blocks, hidden = blocks_of_html(text)
    blocks = tuple(numbered(blocks))
    if not blocks:
        raise DocumentError("the page has no text", fix="if a program fills it in, save it from the browser, complete")
    return Parts("text/html", encoding, printed_as(blocks), blocks, hidden=tuple(hidden))


def blocks_of_html(text: str) -> tuple[tuple[Line | Table, ...], list[str]]:
    """Take a web page apart into lines and tables, and say what of it is hidden."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, recover=True)
    root = etree.fromstring(DECLARATION.sub("", text, count=1), parser)
    if any(DEPTH in entry.message.lower() for entry in parser.error_log):
        raise too_deep()
    if root is None:
        raise DocumentError("the page is empty", fix="check how it was saved")
    return _Page(root).blocks()


def too_deep() -> DocumentError:
    """Say that what contains what goes further than any document does."""
    return DocumentError("its parts are nested too deeply", fix="save it in a simpler form")


def numbered(blocks: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """Number lines and rows by the lines they begin on when all is printed."""
    line = 1
    for block in blocks:
        if isinstance(block, Line):
            yield msgspec.structs.replace(block, number=line)
            line += block.text.count("\n") + 1
            continue
        rows = []
        for row in block.rows:
            rows.append(msgspec.structs.replace(row, line=line))
            line += sum(cell.count("\n") for cell in row.cells) + 1
        yield msgspec.structs.replace(block, rows=tuple(rows))


def _decoded(data: bytes) -> tuple[str, str]:
    """Decode a page as UTF-8, else as it says it is, else as Windows-1252."""
    declared = CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        charset = declared[1].decode().lower() if declared else ""
        # What says it is Latin-1 is read as Windows-1252, as browsers do.
        if charset not in {"", "utf-8", "utf8", "iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252"}:
            try:
                return data.decode(charset), charset
            except (LookupError, UnicodeDecodeError):
                pass
        elif charset not in {"", "utf-8", "utf8"} and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("cp1252", errors="replace"), "cp1252"
    return decode(data)


class _Page:
    """One page while it is read."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._tables = self._cells = 0
        self._hidden: list[str] = []
        self._lists = Counter(
            frozenset(label for label, _ in pairs_in(pairs)) for pairs in root.iter("dl") if len(pairs)
        )
        self._main = next((part for part in root.iter() if tag_of(part) == "main" or role_of(part) == "main"), None)

    def blocks(self) -> tuple[tuple[Line | Table, ...], list[str]]:
        unseen = sum(1 for part in self._root.iter() if self._is_folded(part))
        site: list[Element] = []
        blocks = list(self._flow(self._root, site))
        if not any(isinstance(block, Line) and block.level for block in blocks):
            title = self._root.find(".//title")
            words = " ".join((title.text or "").split()) if title is not None else ""
            blocks[:0] = [Line(words, 0, None, 1)] if words else []
        for part in site:
            blocks += self._flow(part, None)
        if unseen:
            one = unseen == 1
            parts = "a part of the page is" if one else f"{unseen} parts of the page are"
            read = "it is asked for: it is read" if one else "they are asked for: they are read"
            self._hidden.append(f"{parts} not shown until {read}")
        crossed = sum(1 for part in self._root.iter("s", "strike", "del") if any(map(str.strip, part.itertext())))
        if crossed:
            places = "1 place" if crossed == 1 else f"{crossed} places"
            self._hidden.append(f"text is crossed out in {places}: it is read all the same")
        return tuple(blocks), self._hidden

    def _flow(self, element: Element, site: list[Element] | None) -> Iterator[Line | Table]:
        """Read what is in an element; parts of the site are put aside for later."""

        def apart(inner: Element) -> bool:
            return (site is not None and self._is_site(inner)) or tag_of(inner) == "dl" or is_table(inner)

        pending: list[Pairs] = []
        for found in lines_in(pieces_of(element, apart)):
            is_pairs = not isinstance(found, Printed) and tag_of(found) == "dl"
            if pending and not is_pairs:
                yield self._table(pair_rows(pending))
                pending = []
            if isinstance(found, Printed):
                yield Line(found.text, 0, None, found.level, found.depth)
            elif site is not None and self._is_site(found):
                site.append(found)
            elif is_pairs:
                groups = self._groups(found)
                strays = stray_lines(found)
                if pending and strays:
                    yield self._table(pair_rows(pending))
                    pending = []
                yield from (Line(line, 0) for line in strays)
                pending += groups
                if not groups:
                    yield from (Line(pair_line(*pair), 0) for pair in pairs_in(found) if any(pair))
            else:
                yield from self._read_table(found)
        if pending:
            yield self._table(pair_rows(pending))

    def _read_table(self, element: Element) -> Iterator[Line | Table]:
        yield from (Line(line, 0) for line in stray_lines(element))
        rows = table_rows(element, self._cells, self._hidden)
        if any(not row.blank() for row in rows):
            yield self._table(rows)

    def _table(self, rows: tuple[Row, ...]) -> Table:
        self._tables += 1
        self._cells += sum(len(row.cells) for row in rows)
        return Table(self._tables, None, rows)

    def _groups(self, element: Element) -> list[Pairs]:
        """The groups of a list of pairs that are rows of a table: labels that come again, here or in other lists."""
        pairs = pairs_in(element)
        groups: list[Pairs] = []
        for label, value in pairs:
            if not groups or label in dict(groups[-1]):
                groups.append([])
            groups[-1].append((label, value))
        labels = frozenset(label for label, _ in pairs)
        alike = self._lists[labels] > 1 or (len(groups) > 1 and len(groups[-1]) * 2 > len(labels))
        return groups if alike and len(labels) > 1 and max(map(len, groups)) > 1 else []

    def _is_site(self, element: Element) -> bool:
        """Say whether an element is of the site: its menus, its banner, and what is beside the main part."""
        tag = tag_of(element)
        if tag in SITE or role_of(element) in SITE_ROLES:
            return not (tag == "header" and any(True for _ in element.iter("h1")))
        if self._main is None or tag in {"html", "body", "main"}:
            return False
        inside = any(part is self._main for part in (element, *element.iterancestors()))
        around = any(part is element for part in self._main.iterancestors())
        return not inside and not around and not any(True for _ in element.iter("h1", "table"))

    @staticmethod
    def _is_folded(element: Element) -> bool:
        """Say whether an element with text is hidden, and is no row or cell of a table."""
        tag = tag_of(element)
        shown = not tag or tag in UNSEEN or tag in {"tr", "td", "th"} or not is_hidden(element)
        return not shown and any(text.strip() for text in element.itertext())
