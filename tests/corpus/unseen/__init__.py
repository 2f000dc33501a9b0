"""The second held-out documents: written by another hand, after the first were scored, and never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_text, in_word, in_workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "ister-buses": in_pdf.buses,
    "glanmorwen-selfharm": in_pdf.self_harm,
    "harrowfell-nature": in_pdf.nature,
    "eskshire-neighbourhood": in_pdf.neighbourhood,
    "lodmoor-flood": in_pdf.flood,
    "carrowmoor-gender": in_word.gender,
    "pennbrook-safeguarding": in_word.safeguarding,
    "aldmere-send": in_word.send,
    "northreach-fire": in_word.fire,
    "kingsmarsh-equality": in_word.equality,
    "marrick-culture": in_workbooks.culture,
    "wendlebury-waste": in_workbooks.waste,
    "ellismoor-carers": in_workbooks.carers,
    "dunnock-tourism": in_workbooks.tourism,
    "brantham-slavery": in_text.slavery,
    "stanner-green-plan": in_text.green_plan,
    "hartsmere-loneliness": in_text.loneliness,
    "invermallan-bsl": in_text.sign_language,
    "thurlbeck-pitches": in_text.pitches,
    "orlestone-libraries": in_text.libraries,
    "calverdale-warmth": in_text.warm_homes,
    "oakhanger-town": in_text.town,
    "estuary-port-health": in_text.port_health,
    "tarrant-youth-justice": in_text.youth_justice,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
