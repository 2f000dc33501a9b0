"""The fourth held-out documents: written by another hand, laid out as public bodies lay theirs out, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "caldmoor-tobacco": in_pdf.tobacco,
    "helmsby-care-leavers": in_pdf.care_leavers,
    "tolworthy-heritage": in_pdf.heritage,
    "ardvale-workforce": in_pdf.workforce,
    "quayhaven-night": in_pdf.night,
    "strathmere-sexual-health": in_pdf.sexual_health,
    "wandarra-access": in_word.access,
    "corriemuir-infant-feeding": in_word.infant_feeding,
    "danesford-governance": in_word.governance,
    "cwmdulas-play": in_word.play,
    "netherby-sanctuary": in_word.sanctuary,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
