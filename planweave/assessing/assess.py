"""The check of a graph: questions asked of plans, put into words, what is accepted marked."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from importlib.metadata import version
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.assessing.presenting import action_of, present
from planweave.assessing.waivers import accept, read_waivers
from planweave.checking import compile_checks, explain, to_report
from planweave.errors import NotFound, PlanweaveError, nearest
from planweave.findings import SEVERITIES, PlanFindings, Report
from planweave.flat_files import whole_file
from planweave.reporting import SUFFIXES, write_findings
from planweave.reporting.notebook import report_html
from planweave.store import Node
from planweave.terms import PW, XSD
from planweave.version import engine_hash

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from planweave.assessing.options import Options
    from planweave.assessing.plans import Answers, Plans, Progress
    from planweave.assessing.questions import Questions
    from planweave.assessing.waivers import Waiver
    from planweave.checking import Engine, Result, Way
    from planweave.findings import Finding, Scorecard, Severity
    from planweave.store import Statement

__all__ = ["Assessment", "assess", "check_suffix", "given_on", "ways"]

TODAY_IS: Final = (Node(PW + "ThisCheck"), Node(PW + "asOf"))
SH: Final = "http://www.w3.org/ns/shacl#"
TURTLE: Final = ".ttl"
COUNTED: Final = ("violations", "warnings", "infos")


def given_on(as_of: dt.date) -> tuple[Statement, ...]:
    """Give what every graph is taken to say on the day of a check."""
    return ((*TODAY_IS, Node(as_of.isoformat(), "literal", XSD + "date")),)


def ways(options: Options) -> list[tuple[str, Way]]:
    """Say for each check which way it is made, and, where that is not SPARQL, why."""
    questions, given = options.questions(), given_on(options.day)
    found = (way for shapes in questions.files for way in explain(shapes, given))
    return sorted(
        (questions.by_shape[way.shape].question.shape, way) for way in found if way.shape in questions.by_shape
    )


def assess(plans: Plans, options: Options, progress: Progress | None = None) -> Assessment:
    """Check plans.

    Parameters
    ----------
    plans
        Where they are.
    options
        What is asked.
    progress
        Told how far the check is.

    Raises
    ------
    NotFound
        If there is no such plan, check or profile; the nearest names are offered.
    PlanweaveError
        If a shape, a waiver or the graph cannot be read; nothing is told then.
    """
    as_of, questions = options.day, options.questions()
    known = plans.ids
    for plan in options.plans:
        if plan not in known:
            raise NotFound(f"there is no plan {plan!r} in this graph", fix=nearest(plan, known))
    asked = tuple(dict.fromkeys(options.plans)) or known
    for file in options.waivers:
        if not file.exists():
            raise NotFound("there is no such file of waivers", file=file, fix="check the path")
    waivers = read_waivers(options.waivers or plans.waiver_files(asked))
    given, edges = given_on(as_of), plans.edges
    checks = compile_checks(questions.files, given=given, edges=edges, engine=options.engine)
    key = _key(questions, given, edges, options.engine)
    answers = plans.ask(asked, checks, key, progress or (lambda *_: None))
    teller = _Teller(plans, answers, questions, waivers)
    notices = [str(one) for one in teller.unknown()]
    cards = []
    for plan in asked:
        card, said = teller.scorecard(plan)
        cards.append(card)
        notices += said
    wanted = frozenset(options.severities or SEVERITIES)
    told = _told(teller, cards, wanted)
    report = Report(as_of, questions.profile, questions.asked, tuple(cards), told, tuple(notices))
    return Assessment(report, teller, wanted)


def _told(
    teller: _Teller, cards: Sequence[Scorecard], wanted: frozenset[Severity]
) -> Callable[[], Iterator[PlanFindings]]:
    """Give what goes through the plans with their findings."""

    def told() -> Iterator[PlanFindings]:
        for card in cards:
            findings = (finding for finding, _ in teller.told(card.plan)[0])
            yield PlanFindings(card, tuple(one for one in findings if one.severity in wanted))

    return told


def _key(questions: Questions, given: Sequence[Statement], edges: object, engine: Engine) -> str:
    """All that results depend on but the plans."""
    digest = hashlib.sha256(engine_hash().encode())
    digest.update(repr((version("pyoxigraph"), given, edges, engine)).encode())
    for shapes in questions.files:
        # Shapes without a name are named after their file.
        digest.update(repr((shapes.file.stem, shapes.file.read_bytes())).encode())
    return digest.hexdigest()[:32]


class _Teller:
    """Puts what was found in a plan into words, and marks what is accepted."""

    def __init__(self, plans: Plans, answers: Answers, questions: Questions, waivers: Sequence[Waiver]) -> None:
        self._plans, self._answers, self._questions = plans, answers, questions
        self.waivers = tuple(waivers)
        self._asked = frozenset(question.shape for question in questions.asked)
        self._waivers: dict[str, list[Waiver]] = {}
        for waiver in waivers:
            self._waivers.setdefault(waiver.plan, []).append(waiver)

    def with_waivers(self, waivers: Sequence[Waiver]) -> _Teller:
        """Give one that tells the same with other waivers."""
        return _Teller(self._plans, self._answers, self._questions, waivers)

    def counts(self, plan: str) -> dict[str, int]:
        """Give how many results of a plan each check has."""
        found = Counter[str]()
        for shape, number in self._answers.counts(plan).items():
            if shape in self._questions.by_shape:
                found[self._questions.by_shape[shape].question.shape] += number
        return dict(found)

    def open_counts(self, plan: str) -> dict[str, int]:
        """Give how many open findings of a plan each check has; only where something is accepted are they told."""
        return Counter(shape for shape, _ in self.open_marks(plan)) if plan in self._waivers else self.counts(plan)

    def unknown(self) -> Iterator[PlanweaveError]:
        """Give an error for each waiver of a plan that the graph does not have."""
        for plan in self._waivers.keys() - set(self._plans.ids):
            for waiver in self._waivers[plan]:
                yield PlanweaveError(
                    f"there is no plan {plan}", file=waiver.file, where=waiver.where, fix="take the waiver out"
                )

    def told(self, plan: str) -> tuple[list[tuple[Finding, Result]], tuple[str, ...]]:
        """Give the findings of a plan, each with its result, and a sentence about each waiver that accepts nothing."""
        record = self._plans.record(plan)
        pairs = present(record, self._answers.results(plan), self._questions.by_shape)
        accepted = accept(record, [finding for finding, _ in pairs], self._waivers.get(plan, ()), self._asked)
        return list(zip(accepted.findings, (result for _, result in pairs), strict=True)), accepted.notices

    def open_marks(self, plan: str) -> Iterator[tuple[str, str | None]]:
        """Give the question and action of each open finding; only where something is accepted is it told for that."""
        if plan in self._waivers:
            yield from ((one.shape, one.action) for one, _ in self.told(plan)[0] if one.accepted is False)
            return
        by_shape = self._questions.by_shape
        for result in self._answers.results(plan):
            if result.shape in by_shape:
                yield by_shape[result.shape].question.shape, action_of(plan, result.focus.value)

    def scorecard(self, plan: str) -> tuple[Scorecard, tuple[str, ...]]:
        """Count the findings of a plan; only where something is accepted do they have to be told for that."""
        open_, accepted = Counter[str](), 0
        notices: tuple[str, ...] = ()
        if plan in self._waivers:
            pairs, notices = self.told(plan)
            open_.update(finding.severity for finding, _ in pairs if finding.accepted is False)
            accepted = len(pairs) - open_.total()
        else:
            for shape, number in self._answers.counts(plan).items():
                if shape in self._questions.by_shape:
                    open_[self._questions.by_shape[shape].question.severity] += number
        card = msgspec.structs.replace(
            self._plans.scorecard(plan),
            violations=open_["violation"],
            warnings=open_["warning"],
            infos=open_["info"],
            accepted=accepted,
        )
        return card, notices


@dataclass(frozen=True, eq=False)
class Assessment:
    """What was found in the plans of a graph: iterate over it for the findings.

    Made by :meth:`planweave.Graph.check`. Plans come in the order of the graph, the most serious findings of
    each first; accepted findings are among them.

    Parameters
    ----------
    report
        The findings plan by plan, with the scorecards, the questions and the day of the check.
    """

    report: Report
    _teller: _Teller
    _severities: frozenset[Severity]

    @property
    def scorecards(self) -> tuple[Scorecard, ...]:
        """One a plan: how many actions have a lead, an outcome …, and open findings by severity."""
        return self.report.scorecards

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings."""
        return (finding for plan in self.report.plans() for finding in plan.findings)

    def open_marks(self, plan: str) -> Iterator[tuple[str, str | None]]:
        """Give which question found something open in which action of a plan; None stands for the plan as a whole.

        This is what counts and lists need; it takes a fraction of what the findings themselves take.
        """
        return self._teller.open_marks(plan)

    def __len__(self) -> int:
        """Give the number of findings."""
        return sum(1 for _ in self)

    def of(self, plan: str) -> tuple[Finding, ...]:
        """Give the findings of one plan, the most serious first, then in printed order."""
        return tuple(one for one, _ in self._teller.told(plan)[0] if one.severity in self._severities)

    def counts(self, plan: str) -> dict[str, int]:
        """Give how many findings of a plan each check has, open and accepted ones together; without telling them."""
        return self._teller.counts(plan)

    def open_counts(self, plan: str) -> dict[str, int]:
        """Give how many open findings of a plan each check has; only where something is accepted are they told."""
        return self._teller.open_counts(plan)

    @property
    def waived(self) -> tuple[Waiver, ...]:
        """The waivers that were looked at."""
        return self._teller.waivers

    def again(self, waivers: Sequence[Waiver]) -> Assessment:
        """Give the same check with other waivers: nothing is asked again."""
        teller = self._teller.with_waivers(waivers)
        touched = {waiver.plan for waiver in (*waivers, *self.waived)}
        kept = [(card, ()) if card.plan not in touched else teller.scorecard(card.plan) for card in self.scorecards]
        cards = tuple(card for card, _ in kept)
        notices = (*map(str, teller.unknown()), *(notice for _, said in kept for notice in said))
        plans = _told(teller, cards, self._severities)
        report = msgspec.structs.replace(self.report, scorecards=cards, plans=plans, notices=notices)
        return Assessment(report, teller, self._severities)

    def worst(self) -> Severity | None:
        """Give the severity of the most serious open finding, told or not, or None where there is none."""
        cards = self.scorecards
        open_ = dict(zip(SEVERITIES, (sum(map(attrgetter(name), cards)) for name in COUNTED), strict=True))
        return next((one for one in SEVERITIES if open_[one]), None)

    def validation_report(self) -> Iterator[str]:
        """Give a standard sh:ValidationReport as N-Triples, line by line, with the severities of the profile."""
        return to_report(
            replace(result, severity=f"{SH}{finding.severity.capitalize()}")
            for card in self.scorecards
            for finding, result in self._teller.told(card.plan)[0]
            if finding.severity in self._severities
        )

    def write(self, path: Path) -> Path:
        """Write the findings to a file.

        Parameters
        ----------
        path
            Ends in .xlsx, .html, .csv, .json, or in .ttl for a standard sh:ValidationReport. The file appears
            whole or not at all.

        Returns
        -------
        The path that was written.

        Raises
        ------
        NotFound
            If the suffix is no format.
        PlanweaveError
            If the file cannot be written.
        """
        check_suffix(path)
        if path.suffix.lower() == TURTLE:
            with whole_file(path) as beside, beside.open("wb") as out:
                self.write_report(out)
        else:
            write_findings(self.report, path)
        return path

    def write_report(self, out: BinaryIO) -> None:
        """Write the sh:ValidationReport to an open binary stream."""
        out.writelines(line.encode() for line in self.validation_report())

    def _repr_html_(self) -> str:
        return report_html(self.report)


def check_suffix(path: Path) -> None:
    """Raise NotFound unless findings can be written to a file of this name."""
    if path.suffix.lower() not in (*SUFFIXES, TURTLE):
        raise NotFound(
            f"{path.suffix or path.name!r} is no format of findings",
            fix=f"end the name in {', '.join((*SUFFIXES, TURTLE))}",
        )
