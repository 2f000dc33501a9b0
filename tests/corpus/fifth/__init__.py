"""The fifth held-out documents: written by another hand, laid out as public bodies lay theirs out, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_text, in_word, in_workbooks

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
    "castlemoor-housing": in_workbooks.housing,
    "saxby-net-zero": in_workbooks.net_zero,
    "northlea-digital": in_workbooks.digital,
    "invercairn-workforce": in_workbooks.workforce,
    "aldervale-inequalities": in_text.inequalities,
    "riverholme-climate": in_text.climate,
    "stanwick-equality": in_text.equality,
    "dunholt-domestic-abuse": in_text.domestic_abuse,
    "hallbeck-wellbeing": in_text.wellbeing,
    "merefield-homes": in_text.homes,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
