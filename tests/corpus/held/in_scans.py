"""A document from a scanner: a page with nothing to see and the recogniser's words in an invisible layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from .printed import printed

FONT, SIZE, LEADING = "Helvetica", 8.5, 11.0
LEFTS = [18 * mm, 30 * mm, 98 * mm, 144 * mm, 174 * mm, 222 * mm]
RIGHT = 280 * mm
INVISIBLE = 3


def lines_of(words: str, width: float) -> list[str]:
    """Give the words wrapped to a width."""
    lines: list[str] = []
    for word in words.split():
        if lines and stringWidth(f"{lines[-1]} {word}", FONT, SIZE) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class Layer:
    """Words put on pages one by one, from the top down, as a recogniser leaves them."""

    def __init__(self, path: Path, title: str) -> None:
        self.canvas = Canvas(str(path), pagesize=landscape(A4), invariant=1)
        self.canvas.setTitle(title)
        self.top = 195 * mm
        self.count = 0

    def put(self, line: str, left: float, top: float) -> None:
        """Put the words of one line, each a hair off the line as scanned words are."""
        for word in line.split():
            self.count += 1
            text: Any = self.canvas.beginText(left, top + (self.count * 7 % 5 - 2) * 0.15)
            text.setTextRenderMode(INVISIBLE)
            text.setFont(FONT, SIZE)
            text.textOut(word)
            self.canvas.drawText(text)
            left += stringWidth(f"{word} ", FONT, SIZE)

    def row(self, cells: list[str]) -> None:
        """Put a row of cells, on a new page if this one is full."""
        ends = [*LEFTS[1:], RIGHT]
        wrapped = [lines_of(c, end - left - 4 * mm) for c, left, end in zip(cells, LEFTS, ends, strict=True)]
        height = max(map(len, wrapped)) * LEADING + 5
        if self.top - height < 20 * mm:
            self.canvas.showPage()
            self.top = 195 * mm
        for lines, left in zip(wrapped, LEFTS, strict=True):
            for number, line in enumerate(lines):
                self.put(line, left, self.top - number * LEADING)
        self.top -= height

    def line(self, words: str) -> None:
        """Put a line over the whole width, with room above it."""
        self.top -= 4
        self.put(words, LEFTS[0], self.top)
        self.top -= LEADING + 5


def housing(folder: Path) -> Path:
    """Write the scanned plan."""
    name = "brackenholm-housing.pdf"
    content = printed(name)
    layer = Layer(folder / name, content["title"])
    for words in content["before"]:
        layer.line(words)
    layer.row(content["head"])
    for row in content["rows"]:
        if "section" in row:
            layer.line(row["section"])
        else:
            layer.row(row["cells"])
    layer.canvas.save()
    return folder / name
