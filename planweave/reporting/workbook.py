"""A report → an Excel workbook: scorecards, findings, the questions that were asked, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planweave.reporting.columns import FINDINGS, QUESTIONS, SCORECARDS, Asked
from planweave.reporting.words import PARTS, PASSING, checked_words, counted, day_words, total
from planweave.spreadsheet import Looks, Sheet, opened_workbook
from planweave.tables import Column
from planweave.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.findings import Report

__all__ = ["write_findings_workbook"]

ABOUT_COLUMNS: Final[tuple[Column[Any], ...]] = (
    Column("words", "", 24, lambda row: row[0]),
    Column("meaning", "", 110, lambda row: row[1]),
)
SHEETS: Final = (
    ("Scorecard", "One row per plan: how many of its actions have what, and how many findings are open."),
    ("Findings", "One row per finding, the most serious of a plan first; every column can be filtered."),
    ("Questions", "One row per question that was asked: why it matters, how serious it is, and what was found."),
)
COLUMNS: Final = (
    ("shape", "The name of the check; “Questions” explains it."),
    ("action, ref", "The id of the action and its reference as printed; both are empty where it is on the plan."),
    ("value", "What the finding is about, as printed; empty where something is missing."),
    ("where …", "Where the document shows it: page, table, row, and the words of the cell."),
    ("accepted …", "“true” where somebody has accepted the finding, and then who, when and why."),
)


def write_findings_workbook(report: Report, path: Path) -> None:
    """Write a workbook of a report.

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    path
        The file, which appears whole or not at all.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or something does not fit into Excel.
    """
    with opened_workbook(path, "Findings") as book:
        looks = Looks(book)
        scorecards = Sheet(book, "Scorecard", SCORECARDS, looks, path)
        findings = Sheet(book, "Findings", FINDINGS, looks, path)
        questions = Sheet(book, "Questions", QUESTIONS, looks, path)
        about = Sheet(book, "About", ABOUT_COLUMNS, looks, path)
        for sheet in (scorecards, findings, questions):
            sheet.add_headings()
        asked = {(question.shape, question.severity): Asked(question) for question in report.questions}
        scorecards.add(report.scorecards)
        for plan in report.plans():
            findings.add(plan.findings)
            for finding in plan.findings:
                if (of := asked.get((finding.shape, finding.severity))) is not None:
                    of.findings += not finding.accepted
                    of.accepted += bool(finding.accepted)
        questions.add(asked.values())
        _explain(about, looks, report)
        scorecards.draw_shares()
        scorecards.make_filtered(kept_columns=1)
        findings.make_filtered()
        questions.make_filtered()


def _explain(about: Sheet[Any], looks: Looks, report: Report) -> None:
    """Say what was checked and when, and how the sheets are read."""
    about.write(("Findings",), looks.title)
    about.write(("Checked", f"{checked_words(report)}."), looks.text)
    about.write(("As of", day_words(report.as_of)), looks.text)
    about.write(("Profile", report.profile), looks.text)
    found = ", ".join(
        counted(total(report.scorecards, field), thing)
        for field, thing in (("violations", "violation"), ("warnings", "warning"), ("infos", "info"))
    )
    about.write(("Found", f"{found}; {total(report.scorecards, 'accepted'):,} accepted."), looks.text)
    about.write(("What it is not", PASSING), looks.text)
    if report.notices:
        about.write((), looks.text)
    for notice in report.notices:
        about.write(("Notice", notice), looks.text)
    for heading, wordings in (
        ("Sheet", SHEETS),
        ("Column of “Findings”", COLUMNS),
        ("Severity", SEVERITY_WORDS.values()),
        ("Share of actions", [(part.words, part.about) for part in PARTS]),
    ):
        about.explain(heading, wordings)
