"""The fourth held-out documents: written by another hand, laid out as public bodies lay theirs out, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_text, in_word, in_workbooks

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
    "fernhurst-cyber": in_workbooks.cyber,
    "wansmere-healthy-weight": in_workbooks.healthy_weight,
    "pendrake-archives": in_workbooks.archives,
    "easterholm-bereavement": in_workbooks.bereavement,
    "millgate-town-centre": in_workbooks.town_centre,
    "redhollow-procurement": in_text.procurement,
    "castlerigg-attendance": in_text.attendance,
    "moorland-rights-of-way": in_text.rights_of_way,
    "inverlaw-falls": in_text.falls,
    "ballyfarna-sports": in_text.sports,
    "whitsand-toilets": in_text.toilets,
    "lanehead-volunteering": in_text.volunteering,
    "kestrelbridge-hate-crime": in_text.hate_crime,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
