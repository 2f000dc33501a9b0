"""The held-out documents: written by another hand than the reader's, scored at the end, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_opendocument, in_pdf, in_scans, in_text, in_word, in_workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "dunmarsh-homelessness": in_pdf.homelessness,
    "westerleigh-climate": in_pdf.climate,
    "port-allard-vawg": in_pdf.vawg,
    "hexmoor-drugs": in_pdf.drugs,
    "calderside-skills": in_pdf.skills,
    "brackenholm-housing": in_scans.housing,
    "saltney-cycling": in_pdf.cycling,
    "thornbeck-health": in_word.health,
    "ashcombe-domestic-abuse": in_word.abuse,
    "fenlode-ageing-well": in_word.ageing,
    "orrinbay-safety": in_word.safety,
    "tarnwick-housing": in_workbooks.housing,
    "lydgate-digital": in_workbooks.digital,
    "rushbourne-air-quality": in_workbooks.air_quality,
    "penmarrow-child-poverty": in_workbooks.child_poverty,
    "stbranoc-food": in_opendocument.food,
    "kelham-employment": in_text.employment,
    "wyrefield-tenancy": in_text.tenancy,
    "oxley-green-spaces": in_text.green_spaces,
    "marlhaven-armed-forces": in_text.armed_forces,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
