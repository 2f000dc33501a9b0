"""Loader definitions: the TOML files that say what is particular to a plan, checked when they are loaded."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from planweave.dates import is_edtf
from planweave.dates.edtf import is_season
from planweave.errors import DefinitionError, nearest
from planweave.records import FLAGS, DueKind
from planweave.terms import slug
from planweave.toml_file import TomlFile, line_with

if TYPE_CHECKING:
    from planweave.documents import Document
    from planweave.library import Library

__all__ = [
    "CORRECTABLE",
    "FIELDS",
    "KEPT",
    "ColumnRule",
    "Common",
    "CommonAbbreviations",
    "CommonDependence",
    "CommonLikeness",
    "CorrectionRule",
    "Definition",
    "definition_in",
    "fold",
    "load_common",
    "load_definitions",
]

FIELDS = (
    "ref",
    "text",
    "parent",
    "group",
    "pillar",
    "lead",
    "partner",
    "due",
    "outcome",
    "evidence",
    "status",
    "update",
    "crossref",
    "extra",
)
"""What a column can give; ``extra`` keeps it under its printed heading."""

KEPT = ("resource", "cost", "risk", "priority", "milestone", "percent")
"""What a column can be known as that has no field of its own: it is ``extra``, under its printed heading."""

CORRECTABLE = (
    "ref",
    "text",
    "group",
    "pillars",
    "leads",
    "partners",
    "mentions",
    "outcomes",
    "evidence",
    "status",
    "due",
    "updates",
    "flags",
)
"""The fields of a record that a correction can speak of."""

MAX_REMEMBERED = 200

LISTS = ("pillars", "leads", "partners", "mentions", "outcomes", "evidence", "flags")
"""Correctable fields that are lists."""

READABLE = ("leads", "partners", "mentions", "updates")
"""Fields in which printed words can be read as others while the record keeps what is printed."""

OF_THE_FILE = ("name", "file", "source")
"""What a definition knows of its own file; no keys of the file."""

STATUSES = ("complete", "partial", "ongoing", "not-started", "stopped")
"""What words and statements can say of an action."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of a definition file; unknown keys are refused."""


class PlanPart(_Part, frozen=True):
    """What the document itself does not say of the plan."""

    publisher: str | None = None
    domain: str | None = None
    id: str | None = None
    title: str | None = None
    period: str | None = None


class RecognisePart(_Part, frozen=True):
    """Words that all stand in the document this definition is for, or the digest of the one file it is for.

    With ``unstated`` the definition speaks of single columns and values only: whatever it does not name is
    recognised, and doubted, as without it.
    """

    words: tuple[str, ...] = ()
    sha256: str | None = None
    unstated: bool = False


class ReferencesPart(_Part, frozen=True):
    """How references are printed."""

    in_text: str


class PartiesPart(_Part, frozen=True):
    """Names of the plan's own bodies, and names that a joining word does not split."""

    bodies: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    not_bodies: tuple[str, ...] = ()


class NoisePart(_Part, frozen=True):
    """Words that scanning garbled, as printed."""

    words: tuple[str, ...]
    reason: str


class CorrectionRule(_Part, frozen=True):
    """One stated departure from what is printed.

    ``printed`` has to stand in the row, so that a correction cannot outlive the words it corrects. With
    ``read`` a printed name stands for another (the record keeps the printed one); with ``value`` the
    field becomes that; ``add`` and ``drop`` change a list. ``kind`` is that of a due date: "date" unless it is said.
    """

    field: str
    printed: str
    reason: str
    action: str | None = None
    read: str | None = None
    value: tuple[str, ...] | str | None = None
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    kind: DueKind | None = None


class ColumnRule(_Part, frozen=True):
    """What a column gives, whatever it was taken for: that of one table, or each one under a heading.

    A column without a heading is told by its table and its number alone.
    """

    field: str
    reason: str
    heading: str = ""
    table: int | None = None
    column: int | None = None


class SettledRule(_Part, frozen=True):
    """Doubtful values that somebody has looked at and found right: of one action, or all with the same doubt."""

    field: str
    reason: str
    action: str | None = None
    why: str | None = None


class ExpectPart(_Part, frozen=True):
    """What a right reading of the document gives: the acceptance test of the definition."""

    actions: int
    sample: dict[str, str | list[str]] = {}


class Definition(_Part, frozen=True):
    """A loader definition, as its file says it; ``name``, ``file`` and ``source`` are the file's own.

    One that nobody has ``reviewed`` says what was recognised, and what it gives stays as doubtful as without it.
    """

    recognise: RecognisePart
    reviewed: bool = True
    plan: PlanPart = PlanPart()
    columns: dict[str, str] = {}
    references: ReferencesPart | None = None
    indicators: dict[str, tuple[str, ...]] = {}
    parties: PartiesPart = PartiesPart()
    noise: NoisePart | None = None
    column_corrections: tuple[ColumnRule, ...] = ()
    corrections: tuple[CorrectionRule, ...] = ()
    settled: tuple[SettledRule, ...] = ()
    expect: ExpectPart | None = None
    name: str = ""
    file: str = ""
    source: str = ""

    def wrong(self, what: str, key: str, fix: str) -> DefinitionError:
        """Give the error that this definition does not fit, with the line where a key or value stands in it."""
        return DefinitionError(what, file=self.file, where=line_with(self.source, key), fix=fix)

    def recognises(self, document: Document) -> bool:
        """Say whether a document is the one this definition is for: the very file, or one with all its words."""
        part = self.recognise
        if part.sha256 is not None:
            return part.sha256 == document.sha256
        return self.fits(document.printed)

    def fits(self, text: str) -> bool:
        """Say whether every word the definition is recognised by stands in a text."""
        return bool(self.recognise.words) and all(word in text for word in self.recognise.words)


class CommonReferences(_Part, frozen=True):
    """What references look like, in a column and in front of the action's text."""

    column: str
    in_text: str


class CommonRows(_Part, frozen=True):
    """The words that open rows which are no actions."""

    sums: tuple[str, ...]


class CommonParties(_Part, frozen=True):
    """The words that end the name of a post, of a team, of nobody in particular."""

    post: tuple[str, ...]
    firm: tuple[str, ...]
    team: tuple[str, ...]
    standing: tuple[str, ...]
    nobody: tuple[str, ...]
    heads: tuple[str, ...]
    offices: tuple[str, ...]
    unnamed: tuple[str, ...]
    ditto: tuple[str, ...]
    titles: tuple[str, ...]
    given_names: tuple[str, ...]
    departments: tuple[str, ...]
    bodies: tuple[str, ...]


class CommonStatus(_Part, frozen=True):
    """The words of status columns, and the statements of comments."""

    words: dict[str, tuple[str, ...]]
    statements: dict[str, tuple[str, ...]]
    colours: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


class CommonDates(_Part, frozen=True):
    """Words of timescales that are no dates."""

    none: tuple[str, ...]
    ongoing: tuple[str, ...]
    recurring: tuple[str, ...]
    review: tuple[str, ...]


class CommonTargets(_Part, frozen=True):
    """How often a number is to be reached, and what prints a number that counts nothing."""

    year: tuple[str, ...]
    quarter: tuple[str, ...]
    month: tuple[str, ...]
    week: tuple[str, ...]
    things: tuple[str, ...]
    uncounted: tuple[str, ...]


class CommonLikeness(_Part, frozen=True):
    """Words that do not count when texts are compared, and those that an outcome adds without saying more."""

    small: tuple[str, ...]
    fillers: tuple[str, ...]


class CommonAbbreviations(_Part, frozen=True):
    """Words that abbreviations pass over or never stand for, those read without help, and words that are none."""

    small: tuple[str, ...]
    never: tuple[str, ...]
    known: tuple[str, ...]
    words: tuple[str, ...]


class CommonDependence(_Part, frozen=True):
    """The words in which an action says that it needs another, and those that make a number no reference."""

    words: tuple[str, ...]
    between: tuple[str, ...]
    called: tuple[str, ...]
    units: tuple[str, ...]


class CommonConfidence(_Part, frozen=True):
    """How sure a value is by how its column was recognised, and by what makes a single value doubtful."""

    columns: dict[str, float]
    values: dict[str, float]


class Common(_Part, frozen=True, dict=True):
    """``loaders/common.toml``: what every reader knows."""

    headings: dict[str, tuple[str, ...]]
    headings_alone: dict[str, tuple[str, ...]]
    headings_beside: dict[str, tuple[str, ...]]
    headings_told: dict[str, tuple[str, ...]]
    headings_either: dict[str, tuple[str, ...]]
    headings_loose: dict[str, tuple[str, ...]]
    rows: CommonRows
    keys: dict[str, tuple[str, ...]]
    references: CommonReferences
    parties: CommonParties
    status: CommonStatus
    dates: CommonDates
    targets: CommonTargets
    likeness: CommonLikeness
    abbreviations: CommonAbbreviations
    dependence: CommonDependence
    confidence: CommonConfidence

    @cached_property
    def fields(self) -> dict[str, str]:
        """Heading (folded) → field."""
        return {fold(word): field for field, words in self.headings.items() for word in words}


def fold(heading: str) -> str:
    """Fold a heading for comparison: lower case, letters and digits, single spaces.

    Examples
    --------
    >>> fold("RAG  rated:")
    'rag rated'
    """
    return _fold(heading) if len(heading) <= MAX_REMEMBERED else _fold.__wrapped__(heading)


@lru_cache(maxsize=65536)
def _fold(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.lower()))


def load_common(library: Library) -> Common:
    """Load ``common.toml`` of a library.

    Raises
    ------
    DefinitionError
        If it is not right; the sentence has file, line and the nearest valid name.
    """
    file = TomlFile.read(library.file("loaders", "common.toml"))
    common = file.typed(Common)
    _check_headings(common, file)
    _check_pattern(common.references.column, file, ("references", "column"))
    _check_pattern(common.references.in_text, file, ("references", "in-text"))
    for table, statuses in (("words", common.status.words), ("statements", common.status.statements)):
        for status in statuses:
            if status not in STATUSES:
                what = f"{status!r} is no status"
                raise file.wrong(what, ("status", table, status), nearest(status, STATUSES))
    for status, patterns in common.status.statements.items():
        for pattern in patterns:
            _check_pattern(pattern, file, ("status", "statements", status))
    for words in common.dependence.words:
        if not re.fullmatch(r"[^{}]*\w +\{ref\}", words):
            what = f"{words!r} is not words with the reference after them"
            raise file.wrong(what, ("dependence", "words"), 'write it like "depends on {ref}"')
    return common


def _check_headings(common: Common, file: TomlFile) -> None:
    known = (*FIELDS, *KEPT)
    for table, headings in (("headings", common.headings), ("headings-told", common.headings_told)):
        for field in headings:
            if field not in known:
                raise file.wrong(f"{field!r} is no field", (table, field), nearest(field, known))


def load_definitions(library: Library) -> tuple[Definition, ...]:
    """Load every loader definition of a library but the common one, sorted by name.

    Raises
    ------
    DefinitionError
        If one is not right; the sentence has file, line and the nearest valid name.
    """
    paths = (path for path in library.files("loaders", ".toml") if path.name != "common.toml")
    return tuple(definition_in(TomlFile.read(path)) for path in paths)


def definition_in(file: TomlFile) -> Definition:
    """Give the loader definition that stands in a file; its name is the file's.

    Raises
    ------
    DefinitionError
        If it is not right; the sentence has file, line and the nearest valid name.
    """
    for key in OF_THE_FILE:
        if key in file.data:
            known = (field.encode_name for field in msgspec.structs.fields(Definition))
            names = [name for name in known if name not in OF_THE_FILE]
            raise file.wrong(f"the key {key!r} is not known", (key,), nearest(key, names))
    own = {"name": file.path.stem, "file": str(file.path), "source": file.text}
    definition = file.typed(Definition, own)
    if definition.recognise.sha256 is None and not any(word.strip() for word in definition.recognise.words):
        raise file.wrong(
            "there are no words to recognise the document by", ("recognise", "words"), "give some that stand in it"
        )
    for heading, field in definition.columns.items():
        if field not in (*FIELDS, *KEPT):
            what = f"the column {heading!r} is to give {field!r}, which is no field"
            raise file.wrong(what, ("columns", heading), nearest(field, FIELDS))
    _check_plan(definition.plan, file)
    if definition.references:
        _check_pattern(definition.references.in_text, file, ("references", "in-text"))
    for index, stated in enumerate(definition.column_corrections):
        _check_column(stated, file, ("column-corrections", index))
    for index, rule in enumerate(definition.corrections):
        _check_correction(rule, file, ("corrections", index))
    return definition


def _check_column(rule: ColumnRule, file: TomlFile, at: tuple[str | int, ...]) -> None:
    if rule.field not in (*FIELDS, *KEPT):
        what = f"a column is to give {rule.field!r}, which is no field"
        raise file.wrong(what, (*at, "field"), nearest(rule.field, FIELDS))
    if not fold(rule.heading) and None in (rule.table, rule.column):
        what = "a column without a heading is told by its table and its number"
        raise file.wrong(what, at, "give it table and column, counted from 1")


def _check_plan(plan: PlanPart, file: TomlFile) -> None:
    if plan.period and (is_season(plan.period) or not is_edtf(plan.period)):
        what = f"the period {plan.period!r} is {'a season in' if is_season(plan.period) else 'not'} EDTF"
        raise file.wrong(what, ("plan", "period"), "write it as 2022/2024")
    if plan.id is not None and slug(plan.id) != plan.id:
        what = f"the id {plan.id!r} cannot be part of an address"
        raise file.wrong(what, ("plan", "id"), f"write it like {slug(plan.id)!r}")


def _check_correction(rule: CorrectionRule, file: TomlFile, at: tuple[str | int, ...]) -> None:
    if rule.field not in CORRECTABLE:
        what = f"a correction speaks of {rule.field!r}, which is no field"
        raise file.wrong(what, (*at, "field"), nearest(rule.field, CORRECTABLE))
    if not (rule.read or rule.value is not None or rule.add or rule.drop or rule.kind):
        what = f"the correction of {rule.printed!r} changes nothing"
        raise file.wrong(what, (*at, "printed"), "give it read, value, add or drop")
    if rule.read and rule.field not in READABLE:
        what = f"{rule.field} cannot be read as something else"
        raise file.wrong(what, (*at, "read"), f"use value, or read with {', '.join(READABLE)}")
    if rule.value is not None and not _is_of_kind(rule):
        is_list = rule.field in LISTS
        what = f"the value of {rule.field} has to be {'a list of texts' if is_list else 'one text'}"
        raise file.wrong(what, (*at, "value"), "write it in square brackets" if is_list else "write it in quotes alone")
    _check_due(rule, file, at)
    if (rule.add or rule.drop) and rule.field not in LISTS:
        raise file.wrong(f"{rule.field} is no list", (*at, "add" if rule.add else "drop"), "use value")
    if rule.field == "status" and rule.value is not None and rule.value not in (*STATUSES, "unknown"):
        what = f"{rule.value!r} is no status"
        raise file.wrong(what, (*at, "value"), nearest(str(rule.value), (*STATUSES, "unknown")))
    for flag in rule.add if rule.field == "flags" else ():
        if flag not in FLAGS:
            raise file.wrong(f"{flag!r} is no flag", (*at, "add"), nearest(flag, FLAGS))


def _check_due(rule: CorrectionRule, file: TomlFile, at: tuple[str | int, ...]) -> None:
    if rule.field == "due" and rule.value is not None and not is_edtf(str(rule.value)):
        raise file.wrong(f"{rule.value!r} is no EDTF date", (*at, "value"), "write it like 2025-06 or 2025-06-30")
    if rule.kind and rule.field != "due":
        raise file.wrong(f"{rule.field} has no kind", (*at, "kind"), "leave it out")


def _is_of_kind(rule: CorrectionRule) -> bool:
    """Say whether a value is a list where the field is one, a text where it is not, and settable at all."""
    if rule.field in LISTS:
        return isinstance(rule.value, tuple)
    return isinstance(rule.value, str) and rule.field != "updates"


def _check_pattern(pattern: str, file: TomlFile, at: tuple[str, ...]) -> None:
    try:
        compiled = re.compile(pattern)
        re.compile(f".|(?:{pattern})")  # it will stand among others, and cannot set flags for all of them
    except (re.error, OverflowError, RecursionError) as error:
        what = f"the pattern {pattern!r} is not a regular expression ({error})"
        raise file.wrong(what, at, "mend the pattern") from error
    if at[-1] == "in-text" and "text" not in compiled.groupindex:
        raise file.wrong("the pattern has no (?P<text>…)", at, "name the part that is the action's text")
