"""Markdown → lines and tables: rendered by markdown-it, read as a web page.

HTML that stands in Markdown is read as HTML. Nothing that is rendered here is ever shown: it is only taken apart.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt

from planweave.documents.decoding import decode
from planweave.documents.grid import Line, Parts
from planweave.documents.html import blocks_of_html, numbered
from planweave.documents.sheets import printed_as

__all__ = ["read"]

FRONT: Final = re.compile(r"---\n((?:[\w -]{1,40}:.*\n|[ \t-]+.*\n|\n){1,60}?)(?:---|\.\.\.)\n")
"""What stands between dashes at the very top: facts on the page for the programs that publish it."""


def read(data: bytes, name: str) -> Parts:
    """Read a Markdown text."""
    del name
    text, encoding = decode(data)
    front = FRONT.match(text)
    facts = [line.strip() for line in front[1].splitlines() if line.strip()] if front else []
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = renderer.render(text[front.end() :] if front else text)
    blocks, hidden = blocks_of_html(f"<html><body>{page}</body></html>")
    blocks = tuple(numbered((*blocks, *(Line(fact, 0) for fact in facts))))
    return Parts("text/markdown", encoding, printed_as(blocks), blocks, hidden=tuple(hidden))
