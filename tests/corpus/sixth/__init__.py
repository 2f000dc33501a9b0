"""The sixth held-out documents: written by another hand, as ordinary as published plans are, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_text, in_word, in_workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "elmsbury-homelessness": in_pdf.homelessness,
    "wharncombe-climate": in_pdf.climate,
    "sedgeholme-police": in_pdf.police,
    "lanmoor-patient-experience": in_pdf.patient_experience,
    "tidewell-inspection": in_pdf.inspection,
    "farrowgate-complaints": in_pdf.complaints,
    "southmerrow-skills": in_pdf.skills,
    "penderby-safeguarding": in_pdf.safeguarding,
    "kilvarroch-housing": in_pdf.housing,
    "ravensby-equality": in_word.objectives,
    "brindlemere-active": in_word.active,
    "netherfold-town": in_word.town,
    "aberwenlli-equality": in_word.equality,
    "lanternhouse-strategy": in_word.strategy,
    "skelby-safer": in_word.safer,
    "wexholme-economy": in_word.economy,
    "torvale-send": in_workbooks.send,
    "ashlow-leisure": in_workbooks.leisure,
    "kenderby-green": in_workbooks.green,
    "eastmarch-data": in_workbooks.data,
    "crosswater-cost-of-living": in_text.cost_of_living,
    "glenorvie-carers": in_text.carers,
    "hartleigh-waste": in_text.waste,
    "tarling-community": in_text.community,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
