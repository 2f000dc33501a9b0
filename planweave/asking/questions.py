"""A question of the library: what its header says of it, and its SPARQL, held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from planweave.errors import DefinitionError, NotFound, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.library import Library

__all__ = ["KINDS", "Kind", "Parameter", "Question", "read_question", "read_questions"]

Kind = Literal["plan", "action", "party", "date", "text", "number", "status"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What a parameter can be: which values are right, and how they become terms, follows from it."""

FIELDS: Final = ("Group", "Parameters", "Columns", "Example")
FIELD = re.compile(r"\*\*(?P<name>[^*]+):\*\*\s*(?P<said>.*)")
PARAMETER = re.compile(r"\?(?P<name>\w+)\s+\((?P<kind>[^,()]+),\s*(?P<need>[^,()]+)\):\s*(?P<meaning>\S.*)", re.DOTALL)
NONE: Final = "none"

TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*|<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<variable>[?$]\w+)|(?P<word>[\w:.-]+)|(?P<sign>.)""",
    re.DOTALL,
)
"""As much of SPARQL's grammar as it takes to find what a query selects."""


@dataclass(frozen=True)
class Parameter:
    """Something a question can be given, by the name of the variable that it is bound to.

    Examples
    --------
    >>> Parameter("plan", "plan", required=False, meaning="only this plan").name
    'plan'
    """

    name: str
    kind: Kind
    required: bool
    meaning: str


@dataclass(frozen=True)
class Question:
    """A question that can be asked by name.

    Parameters
    ----------
    name
        The file's name without ``.rq``.
    title, text, group
        What it is called, what it asks in plain English, and what it stands with.
    parameters
        What it can be given.
    columns
        The variables of its answer, in order and without ``?``. What is given stands in the answer too: SPARQL
        engines bind only what is selected.
    example
        A command that asks it.
    sparql
        The whole file, header included.
    """

    name: str
    title: str
    text: str
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    sparql: str


def read_questions(library: Library) -> dict[str, Question]:
    """Read every question of the library, sorted by group and then by name.

    Raises
    ------
    DefinitionError
        If a file cannot be read, its header does not say what it has to say, or header and query differ.

    Examples
    --------
    >>> from planweave.library import Library
    >>> read_questions(Library.bundled())["actions-without-lead"].group
    'Ownership'
    """
    questions = [_read(path) for path in library.files("queries", ".rq")]
    return {one.name: one for one in sorted(questions, key=lambda one: (one.group, one.name))}


def read_question(library: Library, name: str) -> Question:
    """Read one question of the library.

    Raises
    ------
    NotFound
        If there is no question of that name; the nearest are offered.
    DefinitionError
        As :func:`read_questions`.
    """
    paths = {path.stem: path for path in library.files("queries", ".rq")}
    if name not in paths:
        raise NotFound(f"there is no question {name!r}", fix=nearest(name, paths))
    return _read(paths[name])


class _Said(NamedTuple):
    """Something the header says, and the line on which it begins."""

    text: str
    line: int


def _read(path: Path) -> Question:
    try:
        sparql = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError("this is not UTF-8", file=path, fix="save it as UTF-8") from error
    except OSError as error:
        raise DefinitionError(
            f"the file cannot be read ({error.strerror})", file=path, fix="check its permissions"
        ) from error
    return _File(path, sparql).question()


class _File:
    """One file while it is read; every complaint names it and a line."""

    def __init__(self, path: Path, sparql: str) -> None:
        self._path = path
        self._sparql = sparql
        self._fields: dict[str, _Said] = {}

    def question(self) -> Question:
        title, text = self._opening()
        group = self._fields["Group"].text
        parameters = tuple(self._parameters())
        columns = tuple(self._columns())
        self._compare(parameters, columns)
        example = self._fields["Example"].text.strip("`")
        return Question(self._path.stem, title, text, group, parameters, columns, example, self._sparql)

    def _wrong(self, what: str, line: int, fix: str) -> DefinitionError:
        return DefinitionError(what, file=self._path, where=f"line {line}", fix=fix)

    def _opening(self) -> tuple[str, str]:
        """Read the header: give the title and the question, and keep the fields."""
        lines = [line.removeprefix("#").strip() for line in _comments(self._sparql)]
        if not lines or not lines[0].startswith("# ") or not lines[0].removeprefix("# ").strip():
            raise self._wrong("the question has no title", 1, 'begin the file with "# # " and a title')
        text: list[str] = []
        field = ""
        for number, line in enumerate(lines[1:], start=2):
            if said := FIELD.fullmatch(line):
                field = self._begin(said["name"], said["said"], number)
            elif field and line:
                self._fields[field] = _Said(f"{self._fields[field].text} {line}".strip(), self._fields[field].line)
            else:
                field = ""
                text.append(line)
        question = " ".join(" ".join(text).split())
        if not question:
            raise self._wrong("the question is not asked in words", 2, "write it in plain English under the title")
        for name in FIELDS:
            if name not in self._fields:
                raise self._wrong(f"the header has no {name!r}", len(lines), f'add a line "# **{name}:** …"')
            if not self._fields[name].text:
                raise self._wrong(f"{name!r} says nothing", self._fields[name].line, "complete it")
        return lines[0].removeprefix("# ").strip(), question

    def _begin(self, name: str, said: str, line: int) -> str:
        if name not in FIELDS:
            raise self._wrong(f"{name!r} is no part of a header", line, nearest(name, FIELDS))
        if name in self._fields:
            raise self._wrong(f"{name!r} stands in the header twice", line, "take one out")
        self._fields[name] = _Said(said, line)
        return name

    def _parameters(self) -> Iterator[Parameter]:
        said, line = self._fields["Parameters"]
        if said.rstrip(".") == NONE:
            return
        seen = set()
        for part in re.split(r";\s*(?=\?)", said):
            found = PARAMETER.fullmatch(part.strip())
            if found is None:
                raise self._wrong(
                    f"this is no parameter: {part.strip()}", line, "write ?name (kind, optional): meaning"
                )
            kind = next((kind for kind in KINDS if kind == found["kind"].strip()), None)
            if kind is None:
                raise self._wrong(f"no parameter is a {found['kind']!r}", line, nearest(found["kind"], KINDS))
            need = found["need"].strip()
            if need not in {"required", "optional"}:
                raise self._wrong(f"?{found['name']} is {need!r}", line, "say whether it is required or optional")
            if found["name"] in seen:
                raise self._wrong(f"?{found['name']} is described twice", line, "take one out")
            seen.add(found["name"])
            yield Parameter(found["name"], kind, need == "required", " ".join(found["meaning"].split()).rstrip("."))

    def _columns(self) -> Iterator[str]:
        said, line = self._fields["Columns"]
        if said.rstrip(".") == NONE:
            return
        for part in said.split(","):
            if not re.fullmatch(r"\?\w+", part.strip()):
                raise self._wrong(f"this is no column: {part.strip()}", line, "write ?name, ?name …")
            yield part.strip().removeprefix("?")

    def _compare(self, parameters: tuple[Parameter, ...], columns: tuple[str, ...]) -> None:
        """The header is held against the query, so that what is shown of a question is true."""
        selected = _selected(self._sparql)
        if selected is None:
            if columns:
                raise self._wrong("only a SELECT has columns", self._fields["Columns"].line, 'write "none"')
            return
        line = self._fields["Columns"].line
        if columns != selected:
            found = ", ".join(f"?{name}" for name in selected)
            raise self._wrong(f"the columns are not those of the SELECT, {found}", line, "write the same in both")
        for parameter in parameters:
            if parameter.name not in columns:
                raise self._wrong(
                    f"?{parameter.name} is a parameter and not selected",
                    self._fields["Parameters"].line,
                    "add it to the SELECT, or it cannot be given a value",
                )


def _comments(sparql: str) -> Iterator[str]:
    """The lines of the header: comments, from the first line on."""
    for line in sparql.splitlines():
        if not line.startswith("#"):
            return
        yield line


def _selected(sparql: str) -> tuple[str, ...] | None:
    """Give the variables of the outermost SELECT, or None where the query is no SELECT.

    A variable in brackets counts where it stands after ``AS``.
    """
    found: list[str] = []
    selecting = False
    depth = 0
    before = ""
    for token in TOKEN.finditer(sparql):
        word = (token["word"] or token["sign"] or "").upper()
        if token["skip"]:
            continue
        if not selecting:
            if word in {"CONSTRUCT", "DESCRIBE", "ASK"}:
                return None
            selecting = word == "SELECT"
        elif token["variable"]:
            if depth == 0 or (depth == 1 and before == "AS"):
                found.append(token["variable"][1:])
        elif word in {"WHERE", "FROM", "{"}:
            return tuple(found)
        depth += {"(": 1, ")": -1}.get(word, 0)
        before = word
    return tuple(found) if selecting else None
