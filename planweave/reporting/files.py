"""A report → a file: the suffix decides the format, and a file is whole or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from planweave.errors import NotFound
from planweave.findings import FINDING_KEYS
from planweave.flat_files import write_csv_rows, write_json_list
from planweave.reporting.columns import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from planweave.findings import Finding, Report

__all__ = ["SUFFIXES", "write_findings", "write_findings_csv", "write_findings_json"]


def write_findings_csv(report: Report, target: Path | BinaryIO) -> None:
    """Write the findings as CSV, one row each, in the columns of :mod:`planweave.reporting.columns`.

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    target
        The file, which appears whole or not at all, or an open binary stream such as
        ``sys.stdout.buffer``, which is left open.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    rows = (tuple(column.value(finding) for column in FINDINGS) for finding in _findings(report))
    write_csv_rows(tuple(column.heading for column in FINDINGS), rows, target)


def write_findings_json(report: Report, target: Path | BinaryIO) -> None:
    """Write the findings as a JSON list: one object a line, with the keys ``FINDING_KEYS`` in their order.

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    target
        The file, which appears whole or not at all, or an open binary stream, which is left open.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    encode = msgspec.json.Encoder().encode
    objects = ({key: getattr(finding, key) for key in FINDING_KEYS} for finding in _findings(report))
    write_json_list(map(encode, objects), target)


def _write_workbook(report: Report, path: Path) -> None:
    from planweave.reporting.workbook import write_findings_workbook  # noqa: PLC0415 - a tenth of a second

    write_findings_workbook(report, path)


def _write_page(report: Report, path: Path) -> None:
    from planweave.reporting.page import write_findings_page  # noqa: PLC0415 - as above

    write_findings_page(report, path)


WRITERS: Final[dict[str, Callable[[Report, Path], None]]] = {
    ".csv": write_findings_csv,
    ".json": write_findings_json,
    ".xlsx": _write_workbook,
    ".html": _write_page,
}
SUFFIXES: Final = tuple(WRITERS)
"""The suffixes of files that findings are written to."""


def write_findings(report: Report, path: Path) -> None:
    """Write a report to a file; its suffix decides the format.

    Parameters
    ----------
    report
        The findings. CSV and JSON hold all of them, one row or object each; a workbook all of them and the
        scorecards; a page the scorecards and, of very many findings, the first to each question.
    path
        The file, which appears whole or not at all.

    Raises
    ------
    NotFound
        If the suffix is no format.
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise NotFound(
            f"{path.suffix or path.name!r} is no format of findings",
            fix=f"end the name in {', '.join(SUFFIXES)}",
        )
    writer(report, path)


def _findings(report: Report) -> Iterator[Finding]:
    for plan in report.plans():
        yield from plan.findings
