"""The third held-out documents: written by another hand, laid out as public bodies lay theirs out, never tuned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import in_pdf, in_text, in_word, in_workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    "saltwick-air": in_pdf.air,
    "strathloan-oral-health": in_pdf.oral_health,
    "wyrevale-rural-crime": in_pdf.rural_crime,
    "brackenhall-damp": in_pdf.damp,
    "slievemore-age-friendly": in_pdf.age_friendly,
    "dyffryn-welsh": in_word.welsh,
    "kinnord-child-poverty": in_word.child_poverty,
    "thornmere-maternity": in_word.maternity,
    "ashcombe-food": in_word.food,
    "threlbury-digital": in_workbooks.digital,
    "wexborough-peer": in_workbooks.peer_challenge,
    "garsley-trees": in_workbooks.trees,
    "hallowdown-covenant": in_workbooks.covenant,
    "norlaw-charging": in_text.charging,
    "fairholme-empty-homes": in_text.empty_homes,
    "lindrick-autism": in_text.autism,
    "portwick-road-safety": in_text.road_safety,
    "taffbrook-apprentices": in_text.apprentices,
    "merrivale-dementia": in_text.dementia,
    "glenarrick-resilience": in_text.resilience,
}
"""The name of each document, which is also that of its truth → what writes it into a folder and gives its path."""
