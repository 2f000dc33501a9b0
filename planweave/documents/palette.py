"""The fills of a workbook's cells → words for their colours: plain, by the theme, or by number."""

from __future__ import annotations

import colorsys
import re
from typing import Any, Final

from planweave.documents.colours import colour_word

__all__ = ["Palette"]

SLOT: Final = re.compile(
    rb"<a:(dk1|lt1|dk2|lt2|accent[1-6]|hlink|folHlink)>\s*<a:(?:srgbClr val|sysClr [^>]*lastClr)=\"([0-9A-Fa-f]{6})\""
)
ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""What the numbers of a theme's colours mean."""

OFFICE: Final = {
    "lt1": "FFFFFF", "dk1": "000000", "lt2": "E7E6E6", "dk2": "44546A", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47",
}  # fmt: skip
"""The colours of a workbook without a theme of its own."""

NUMBERED: Final = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    * 2
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC"
    " CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC"
    " CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300"
    " 993366 333399 333333"
).split()
"""The colours that old workbooks have by number."""


class Palette:
    """The colours of one workbook.

    Parameters
    ----------
    theme
        The XML of its theme, or None.
    """

    def __init__(self, theme: bytes | str | None) -> None:
        text = theme.encode() if isinstance(theme, str) else theme or b""
        self._theme = {**OFFICE, **{slot.decode(): code.decode() for slot, code in SLOT.findall(text)}}

    def word(self, fill: Any) -> str:  # noqa: ANN401 - openpyxl has no types
        """Give the word for a fill, "" where there is none, or none with a plain name."""
        if fill is None or fill.fill_type != "solid":
            return ""
        colour = fill.fgColor
        return self._word(colour.type, colour.value, colour.tint)

    def _word(self, kind: str, value: Any, tint: float) -> str:  # noqa: ANN401 - as above
        code = ""
        if kind == "rgb" and isinstance(value, str):
            code = value[-6:]
        elif kind == "theme" and 0 <= value < len(ORDER):
            code = self._theme.get(ORDER[value], "")
        elif kind == "indexed" and 0 <= value < len(NUMBERED):
            code = NUMBERED[value]
        return colour_word(_tinted(code, tint)) if code else ""


def _tinted(code: str, tint: float) -> str:
    """Make a colour lighter or darker by a share."""
    if not tint:
        return f"#{code}"
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    changed = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength)
    return "#" + "".join(f"{round(part * 255):02x}" for part in changed)
