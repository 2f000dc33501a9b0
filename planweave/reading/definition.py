"""Loader definitions: the TOML files that say what is particular to a plan, checked when they are loaded."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from planweave.errors import DefinitionError, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["FIELDS", "Common", "CorrectionRule", "Definition", "load_common", "load_definitions"]

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

CORRECTABLE = ("text", "leads", "partners", "mentions", "outcomes", "evidence", "status", "due", "updates", "flags")
"""The fields of a record that a correction can speak of."""

T = TypeVar("T")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of a definition file; unknown keys are refused."""


class PlanPart(_Part):
    """What the document itself does not say of the plan."""

    publisher: str | None = None
    domain: str | None = None
    id: str | None = None
    title: str | None = None
    period: str | None = None


class RecognisePart(_Part):
    """Words that all stand in the document this definition is for."""

    words: tuple[str, ...]


class ReferencesPart(_Part):
    """How references are printed."""

    in_text: str


class PartiesPart(_Part):
    """Names of the plan's own bodies, and names that a joining word does not split."""

    bodies: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    not_bodies: tuple[str, ...] = ()


class NoisePart(_Part):
    """Words that scanning garbled, as printed."""

    words: tuple[str, ...]
    reason: str


class CorrectionRule(_Part):
    """One stated departure from what is printed.

    ``printed`` has to stand in the row, so that a correction cannot outlive the words it corrects. With
    ``read`` a printed name stands for another (the record keeps the printed one); with ``value`` the
    field becomes that; ``add`` and ``drop`` change a list.
    """

    field: str
    printed: str
    reason: str
    action: str | None = None
    read: str | None = None
    value: tuple[str, ...] | str | None = None
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class ExpectPart(_Part):
    """What a right reading of the document gives: the acceptance test of the definition."""

    actions: int
    sample: dict[str, str | list[str]] = {}


class Definition(_Part):
    """A loader definition, as its file says it."""

    recognise: RecognisePart
    plan: PlanPart = PlanPart()
    columns: dict[str, str] = {}
    references: ReferencesPart | None = None
    indicators: dict[str, tuple[str, ...]] = {}
    parties: PartiesPart = PartiesPart()
    noise: NoisePart | None = None
    corrections: tuple[CorrectionRule, ...] = ()
    expect: ExpectPart | None = None
    name: str = ""

    def fits(self, text: str) -> bool:
        """Say whether every word the definition is recognised by stands in a text."""
        return all(word in text for word in self.recognise.words)


class CommonReferences(_Part):
    """What references look like, in a column and in front of the action's text."""

    column: str
    in_text: str


class CommonParties(_Part):
    """The words that end the name of a post, of a team, of nobody in particular."""

    post: tuple[str, ...]
    firm: tuple[str, ...]
    team: tuple[str, ...]
    nobody: tuple[str, ...]
    heads: tuple[str, ...]


class CommonStatus(_Part):
    """The words of status columns, and the statements of comments."""

    words: dict[str, tuple[str, ...]]
    statements: dict[str, tuple[str, ...]]


class CommonDates(_Part):
    """Words of timescales that are no dates."""

    none: tuple[str, ...]
    ongoing: tuple[str, ...]
    recurring: tuple[str, ...]
    review: tuple[str, ...]


class CommonTargets(_Part):
    """How often a number is to be reached."""

    year: tuple[str, ...]
    quarter: tuple[str, ...]
    month: tuple[str, ...]
    week: tuple[str, ...]


class Common(_Part, dict=True):
    """``loaders/common.toml``: what every reader knows."""

    headings: dict[str, tuple[str, ...]]
    references: CommonReferences
    parties: CommonParties
    status: CommonStatus
    dates: CommonDates
    targets: CommonTargets

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
    return " ".join(re.findall(r"[^\W_]+", heading.lower()))


def load_common(library: Library) -> Common:
    """Load ``common.toml`` of a library.

    Raises
    ------
    DefinitionError
        If it is not right; the sentence has file, line and the nearest valid name.
    """
    path = library.file("loaders", "common.toml")
    text, data = _toml(path)
    common = _convert(data, Common, path, text)
    _check_fields(common.headings, path, text)
    for name, pattern in (("column", common.references.column), ("in-text", common.references.in_text)):
        _check_pattern(pattern, name, path, text)
    for status, patterns in common.status.statements.items():
        for pattern in patterns:
            _check_pattern(pattern, status, path, text)
    return common


def load_definitions(library: Library) -> tuple[Definition, ...]:
    """Load every loader definition of a library but the common one, sorted by name.

    Raises
    ------
    DefinitionError
        If one is not right; the sentence has file, line and the nearest valid name.
    """
    paths = (path for path in library.files("loaders", ".toml") if path.name != "common.toml")
    return tuple(_load_definition(path) for path in paths)


def _load_definition(path: Path) -> Definition:
    text, data = _toml(path)
    definition = _convert({**data, "name": path.stem}, Definition, path, text)
    if "name" in data:
        raise _wrong("the key name is not known", path, text, "name", "the file's name is the loader's name")
    for heading, field in definition.columns.items():
        if field not in FIELDS:
            raise _wrong(
                f"the column {heading!r} is to give {field!r}, which is no field",
                path,
                text,
                heading,
                nearest(field, FIELDS),
            )
    if definition.references:
        _check_pattern(definition.references.in_text, "in-text", path, text)
    for rule in definition.corrections:
        _check_correction(rule, path, text)
    return definition


def _check_correction(rule: CorrectionRule, path: Path, text: str) -> None:
    if rule.field not in CORRECTABLE:
        fix = nearest(rule.field, CORRECTABLE)
        raise _wrong(f"a correction speaks of {rule.field!r}, which is no field", path, text, rule.printed, fix)
    if not (rule.read or rule.value is not None or rule.add or rule.drop):
        fix = "give it read, value, add or drop"
        raise _wrong(f"the correction of {rule.printed!r} changes nothing", path, text, rule.printed, fix)


def _check_fields(headings: dict[str, tuple[str, ...]], path: Path, text: str) -> None:
    for field in headings:
        if field not in FIELDS:
            raise _wrong(f"{field!r} is no field", path, text, field, nearest(field, FIELDS))


def _check_pattern(pattern: str, key: str, path: Path, text: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise _wrong(
            f"the pattern {pattern!r} is not a regular expression ({error})", path, text, key, "mend the pattern"
        ) from error
    if key == "in-text" and "text" not in compiled.groupindex:
        raise _wrong("the pattern has no (?P<text>…)", path, text, key, "name the part that is the action's text")


def _toml(path: Path) -> tuple[str, dict[str, object]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at (line \d+)", str(error))
        raise DefinitionError(
            f"this is not TOML ({str(error).split(' (at')[0]})",
            file=path,
            where=place[1] if place else None,
            fix="mend that line",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"the file cannot be read ({error})", file=path, fix="check it") from error


def _convert(data: object, kind: type[T], path: Path, text: str) -> T:
    """Turn parsed TOML into its typed form, an error into one sentence with the line of the key."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        unknown = re.search(r"unknown field `([^`]+)`(?: - at `\$\.?([^`]*)`)?", message)
        if unknown:
            key, table = unknown[1], (unknown[2] or "").split("[")[0]
            known = _keys(kind, table)
            where = f" in [{table}]" if table else ""
            raise _wrong(f"the key {key!r}{where} is not known", path, text, key, nearest(key, known)) from error
        missing = re.search(r"missing required field `([^`]+)`", message)
        if missing:
            raise _wrong(f"the key {missing[1]!r} is missing", path, text, "", f"add {missing[1]}") from error
        key = (re.search(r"`\$\.([^`]*)`", message) or ["", ""])[1].split(".")[-1].split("[")[0]
        raise _wrong(f"{key or 'a value'} is not right ({message})", path, text, key, "mend it") from error


def _keys(kind: type, table: str) -> list[str]:
    """The valid keys of a definition's table, by its dotted name."""
    for name in filter(None, table.split(".")):
        field = next((f for f in msgspec.structs.fields(kind) if f.encode_name == name), None)
        if field is None:
            break
        options = getattr(field.type, "__args__", (field.type,))
        kind = next((option for option in options if _is_struct(option)), kind)
    return [field.encode_name for field in msgspec.structs.fields(kind) if field.encode_name != "name"]


def _is_struct(option: object) -> bool:
    return isinstance(option, type) and issubclass(option, msgspec.Struct)


def _wrong(what: str, path: Path, text: str, key: str, fix: str) -> DefinitionError:
    """An error with the line where the key, or a value, stands in the file."""
    where = next(
        (f"line {n}" for n, line in enumerate(text.split("\n"), start=1) if key and key in line.split("#")[0]), None
    )
    return DefinitionError(what, file=path, where=where, fix=fix)
