"""The fifth held-out documents: written by another hand, laid out as public bodies lay theirs out, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "ferrymoor-homelessness": in_pdf.homelessness,
    "calderwell-domestic-abuse": in_pdf.domestic_abuse,
    "marshgate-community-safety": in_pdf.community_safety,
    "oxenhall-equality": in_pdf.equality,
    "tewhill-wellbeing": in_pdf.wellbeing,
    "penhallow-climate": in_pdf.climate,
    "bramleyvale-people": in_pdf.people,
    "kirkhaven-children": in_pdf.children,
    "wychstone-rough-sleeping": in_word.rough_sleeping,
    "ardmorran-children": in_word.children,
    "harcombe-safer": in_word.safer,
    "lowmere-economy": in_word.economy,
    "tolmarsh-anti-poverty": in_word.anti_poverty,
    "glenfarrow-digital": in_word.digital,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
