"""``make bench``: measure, print the table, keep it in ``benchmarks/results.md``."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.building import HEADINGS, Measured, measure

RESULTS = Path(__file__).parent / "results.md"
SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Run the benchmark of building for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--plans", type=int, nargs="+", default=SIZES, metavar="N", help="sizes of the corpus in plans")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "planweave-bench", help="where to work"
    )
    options = parser.parse_args()
    lines: list[Measured] = []
    for plans in options.plans:
        print(f"{plans:,} plans …", flush=True)
        lines.append(measure(plans, options.folder, options.seed))
        table = _table(lines)
        RESULTS.write_text(_page(table), encoding="utf-8")
        print(table, flush=True)


def _table(lines: list[Measured]) -> str:
    """One row a figure, one column a size."""
    rows = []
    for name, heading in HEADINGS:
        values = (getattr(line, name) for line in lines)
        rows.append(f"| {heading} | " + " | ".join(map(_shown, values)) + " |")
    rule = "|---|" + "---:|" * len(lines)
    return "\n".join((rows[0], rule, *rows[1:]))


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004 - two figures are enough


def _page(table: str) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {libraries}"
    return f"# Last run of `make bench`\n\n{machine}. What each line means: README.md beside this file.\n\n{table}\n"


if __name__ == "__main__":
    main()
