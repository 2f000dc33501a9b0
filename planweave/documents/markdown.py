"""Markdown → lines and tables: rendered by markdown-it, read as a web page.

HTML that stands in Markdown is read as HTML. Nothing that is rendered here is ever shown: it is only taken apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from planweave.documents.decoding import decode
from planweave.documents.grid import Line, Parts
from planweave.documents.html import blocks_of_html, numbered
from planweave.documents.sheets import printed_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

__all__ = ["read"]

FRONT: Final = re.compile(r"---\n((?:[\w -]{1,40}:.*\n|[ \t-]+.*\n|\n){1,60}?)(?:---|\.\.\.)\n")
"""What stands between dashes at the very top: facts on the page for the programs that publish it."""

DEEPEST: Final = 100_000
"""At its own limit the renderer drops what is nested deeper, without a word; Python's limit is an error."""


LABEL: Final = re.compile(r"[A-Z][\w '’/&()-]{0,40}:(?:\s|$)")


def read(data: bytes, name: str) -> Parts:
    """Read a Markdown text."""
    del name
    text, encoding = decode(data)
    front = FRONT.match(text)
    facts = [line.strip() for line in front[1].splitlines() if line.strip()] if front else []
    renderer = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    tokens = renderer.parse(text[front.end() :] if front else text)
    _break_before_labels(tokens)
    page = renderer.renderer.render(tokens, renderer.options, {})
    blocks, hidden = blocks_of_html(f"<html><body>{page}</body></html>")
    blocks = tuple(numbered((*blocks, *(Line(fact, 0) for fact in facts))))
    return Parts("text/markdown", encoding, printed_as(blocks), blocks, hidden=tuple(hidden))


def _break_before_labels(tokens: Sequence[Token]) -> None:
    """Keep the end of a line where the next one opens with a label, as it was written: "*Lead:* Housing"."""
    for inline in tokens:
        parts = inline.children or []
        for place, part in enumerate(parts[:-1]):
            behind = "".join(other.content for other in parts[place + 1 : place + 4])
            if part.type == "softbreak" and LABEL.match(behind):
                part.type, part.tag = "hardbreak", "br"
