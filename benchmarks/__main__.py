"""``make bench``: measure, print the tables, keep them in ``benchmarks/results.md``."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import asking, building, checking, facets, formats, networks, web

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = Path(__file__).parent / "results.md"
SIZES = (100, 1_000, 10_000)
STAGES = ("formats", "building", "checking", "sides", "networks", "asking", "facets", "web", "rdflib")


def main() -> None:
    """Run the benchmarks, each size of a corpus in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("stages", nargs="*", default=STAGES, choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    parser.add_argument("--plans", type=int, nargs="+", default=SIZES, metavar="N", help="sizes of the corpus in plans")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "planweave-bench", help="where to work"
    )
    options = parser.parse_args()
    kept = _kept()
    if "formats" in options.stages:
        kept["formats"] = _table(formats.HEADINGS, formats.measure_formats(options.folder, options.seed))
        _keep(kept)
    if "sides" in options.stages:
        five = checking.measure_five(options.folder)
        table = _table(checking.SIDE_HEADINGS, checking.measure_sides(options.folder, options.seed))
        kept["sides"] = f"{table}\n\n`planweave check` of the five bundled plans, start-up included: {five:.1f} s."
        _keep(kept)
    if "rdflib" in options.stages:
        kept["rdflib"] = asking.side_table(asking.measure_rdflib(options.folder, options.seed))
        _keep(kept)
    for stage, measure, headings in (
        ("building", building.measure, building.HEADINGS),
        ("checking", checking.measure_checks, checking.HEADINGS),
        ("networks", networks.measure, networks.HEADINGS),
        ("asking", asking.measure_asking, asking.HEADINGS),
        ("facets", facets.measure_facets, facets.HEADINGS),
        ("web", web.measure_web, web.HEADINGS),
    ):
        lines: list[Any] = []
        for plans in options.plans if stage in options.stages else ():
            print(f"{stage}, {plans:,} plans …", flush=True)
            lines.append(measure(plans, options.folder, options.seed))
            kept[stage] = _table(headings, lines)
            if stage == "asking":
                kept[stage] += f"\n\n{asking.size_table(lines)}"
            if stage == "web":
                kept[stage] += f"\n\n{web.address_table(lines)}"
            _keep(kept)


def _table(headings: Sequence[tuple[str, str]], lines: Sequence[object]) -> str:
    """One row a figure, one column a size."""
    rows = []
    for name, heading in headings:
        values = (getattr(line, name) for line in lines)
        rows.append(f"| {heading} | " + " | ".join(map(_shown, values)) + " |")
    rule = "|---|" + "---:|" * len(lines)
    return "\n".join((rows[0], rule, *rows[1:]))


def _shown(value: float | str | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004 - two figures are enough


TITLES = {
    "formats": "Reading every format",
    "building": "Building",
    "checking": "Checking",
    "sides": "Checking, side by side with pySHACL",
    "networks": "Networks",
    "asking": "Asking",
    "facets": "The index of actions",
    "web": "The workspace in the browser",
    "rdflib": "Asking, side by side with rdflib",
}


def _kept() -> dict[str, str]:
    """The tables of the last run, by stage: a run of one stage leaves the others."""
    parts = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:] if RESULTS.exists() else []
    told = dict(part.split("\n\n", 1) for part in parts)
    return {stage: told[title].strip() for stage, title in TITLES.items() if title in told}


def _keep(tables: dict[str, str]) -> None:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib", "pyshacl", "networkx"))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {libraries}"
    head = f"# Last run of `make bench`\n\n{machine}. What each line means: README.md beside this file.\n"
    parts = [f"\n## {title}\n\n{tables[stage]}\n" for stage, title in TITLES.items() if stage in tables]
    RESULTS.write_text(head + "".join(parts), encoding="utf-8")
    print("".join(parts), flush=True)


if __name__ == "__main__":
    main()
