"""One page of a PDF → a picture of it, with the rows outlined that are found on it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from planweave.documents.grid import Picture
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["read"]

WIDTH: Final = 1400
HEIGHT: Final = 2000
"""A picture has no more pixels than this, whatever the page says of its size."""

SURE: Final = 12
"""A text of so many letters that stands on a page once tells where a row is."""

PIECE: Final = 40
"""Where a text goes over two pages, so many letters of its beginning or end do."""

MARGIN: Final = 6
LINE: Final = 4
INK: Final = (11, 85, 99)
LEFT_OUT: Final = frozenset("-\u00ad\u2010\u2011\ufffe\ufffd\u0000")
"""What print puts in and takes out where a line ends."""


class _Box(NamedTuple):
    """Left, bottom, right, top, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def around(self, other: _Box) -> _Box:
        return _Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def is_beside(self, other: _Box) -> bool:
        """Whether the two share a height."""
        return self.bottom < other.top and other.bottom < self.top


def read(data: bytes, name: str) -> Picture:
    """Draw a page.

    Parameters
    ----------
    data
        The PDF.
    name
        What is wanted, as JSON: the number of the page, and the texts of the cells of each row to be outlined.
    """
    wanted = json.loads(name)
    document = pypdfium2.PdfDocument(data)
    if not 1 <= wanted["page"] <= len(document):
        raise DocumentError(f"it has no page {wanted['page']}", fix="build again")
    page = document[wanted["page"] - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, HEIGHT / height)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    letters = _Letters(page.get_textpage())
    draw = ImageDraw.Draw(picture)
    found = [box for cells in wanted["rows"] if (box := letters.row(cells)) is not None]
    for box in found:
        corners = (
            max(0, box.left * scale - MARGIN),
            max(0, (height - box.top) * scale - MARGIN),
            min(picture.width - 1, box.right * scale + MARGIN),
            min(picture.height - 1, (height - box.bottom) * scale + MARGIN),
        )
        draw.rectangle(corners, outline=INK, width=LINE)
    written = io.BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE).save(written, "PNG")
    return Picture(written.getvalue(), picture.width, picture.height, len(found))


class _Letters:
    """The letters of a page in the order of its text, without spaces, each with its place."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        letters, places = [], []
        for place in range(text.count_chars()):
            for letter in _bare(chr(pdfium.FPDFText_GetUnicode(text, place))):
                letters.append(letter)
                places.append(place)
        self._letters, self._places = "".join(letters), places

    def row(self, cells: Sequence[str]) -> _Box | None:
        """Give the box around the cells of a row; None where it is not certain which row it is."""
        texts = sorted({_bare(cell) for cell in cells}, key=len, reverse=True)
        sure = next(filter(None, map(self._once, texts)), None) or next(
            (box for text in texts for piece in (text[:PIECE], text[-PIECE:]) if (box := self._once(piece))), None
        )
        if sure is None:
            return None
        box = sure
        for text in texts:
            beside = [found for found in self._boxes(text) if found.is_beside(sure)]
            if len(beside) == 1:
                box = box.around(beside[0])
        return box

    def _once(self, text: str) -> _Box | None:
        found = list(self._boxes(text)) if len(text) >= SURE else []
        return found[0] if len(found) == 1 else None

    def _boxes(self, text: str) -> Iterator[_Box]:
        at = self._letters.find(text) if text else -1
        while at >= 0:
            box = None
            for place in self._places[at : at + len(text)]:
                letter = _Box(*self._text.get_charbox(place))
                box = box.around(letter) if box else letter
            if box:
                yield box
            at = self._letters.find(text, at + 1)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if not letter.isspace() and letter not in LEFT_OUT)
