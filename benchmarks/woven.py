"""Graphs of a synthetic corpus, each built once for all stages that ask something of one."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from benchmarks.apart import apart
from benchmarks.corpus import AGENCIES, KEY, write_corpus
from planweave.building import build_graph
from planweave.library import Library
from planweave.terms import PW

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["woven"]

ACTIONS = (100, 100)
"""Each plan has a hundred."""


def woven(plans: int, folder: Path, seed: int) -> Path:
    """Give the workspace of so many plans, built where it is not there yet; the documents are not kept."""
    place = folder / f"woven-{plans}-{seed}"
    if not (place / "weave" / "CURRENT").is_file():
        shutil.rmtree(place, ignore_errors=True)
        write_corpus(place / "documents", plans, seed=seed, actions=ACTIONS)
        apart(_build, place)
        shutil.rmtree(place / "documents")
    return place / "weave"


def _build(place: Path) -> None:
    """Build with a register of the bodies of the corpus, so that they are the same in every plan."""
    path = place / "library" / "ontology" / "agencies-corpus.ttl"
    path.parent.mkdir(parents=True)
    lines = [
        "@prefix agency: <https://w3id.org/planweave/agency/> .",
        "@prefix kind: <https://w3id.org/planweave/kind/> .",
        f"@prefix pw: <{PW}> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    ]
    for name in sorted({*AGENCIES, *KEY.values()}):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        lines.append(
            f'agency:{slug} a pw:Agency ; skos:prefLabel "{name}" ; pw:kind kind:charity ;'
            " rdfs:isDefinedBy <https://w3id.org/planweave/register/agencies> ."
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    library = Library.bundled().with_folder(place / "library")
    report = build_graph([place / "documents"], place / "weave", library)
    if report.errors:
        raise RuntimeError(report.errors[0])
