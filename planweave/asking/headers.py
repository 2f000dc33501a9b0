"""The header of a query in the library: what it says is read, and held against the SPARQL below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from planweave.errors import DefinitionError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["KINDS", "Header", "Kind", "Parameter"]

Kind = Literal["plan", "action", "party", "date", "text", "number", "status"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What a parameter can be: which values are right, and how they become terms, follows from it."""

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


class _Said(NamedTuple):
    """Something the header says, and the line on which it begins."""

    text: str
    line: int


class Header:
    """The header of one file; every complaint names the file and a line.

    Parameters
    ----------
    path
        The file.
    fields
        What the header has to say besides a title and the question in words; "Parameters", "Columns" and "Example"
        are among them.

    Raises
    ------
    DefinitionError
        If the file cannot be read, its header does not say what it has to say, or header and query differ.

    Attributes
    ----------
    name
        The file's name without its suffix.
    title, text
        What it is called, and what it asks in plain English.
    parameters, columns
        What it can be given, and the variables of its answer.
    example
        A command that asks it.
    sparql
        The whole file, header included.
    """

    def __init__(self, path: Path, fields: tuple[str, ...]) -> None:
        self.path, self.name = path, path.stem
        self._known = fields
        self.sparql = _text_of(path)
        self._fields: dict[str, _Said] = {}
        self.title, self.text = self._opening()
        self.parameters = tuple(self._parameters())
        self.columns = tuple(self._columns())
        self._compare()
        self.example = self.said("Example").strip("`")

    def said(self, name: str) -> str:
        """Give what the header says in a field."""
        return self._fields[name].text

    def complaint(self, what: str, name: str, fix: str) -> DefinitionError:
        """Give the error about what a field says."""
        return self._wrong(what, self._fields[name].line, fix)

    def _wrong(self, what: str, line: int, fix: str) -> DefinitionError:
        return DefinitionError(what, file=self.path, where=f"line {line}", fix=fix)

    def _opening(self) -> tuple[str, str]:
        """Read the header: give the title and the question, and keep the fields."""
        lines = [line.removeprefix("#").strip() for line in _comments(self.sparql)]
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
        for name in self._known:
            if name not in self._fields:
                raise self._wrong(f"the header has no {name!r}", len(lines), f'add a line "# **{name}:** …"')
            if not self._fields[name].text:
                raise self._wrong(f"{name!r} says nothing", self._fields[name].line, "complete it")
        return lines[0].removeprefix("# ").strip(), question

    def _begin(self, name: str, said: str, line: int) -> str:
        if name not in self._known:
            raise self._wrong(f"{name!r} is no part of a header", line, nearest(name, self._known))
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

    def _compare(self) -> None:
        """The header is held against the query, so that what is shown of a question is true."""
        selected = _selected(self.sparql)
        if selected is None:
            if self.columns:
                raise self._wrong("only a SELECT has columns", self._fields["Columns"].line, 'write "none"')
            return
        line = self._fields["Columns"].line
        if self.columns != selected:
            found = ", ".join(f"?{name}" for name in selected)
            raise self._wrong(f"the columns are not those of the SELECT, {found}", line, "write the same in both")
        for parameter in self.parameters:
            if parameter.name not in self.columns:
                raise self._wrong(
                    f"?{parameter.name} is a parameter and not selected",
                    self._fields["Parameters"].line,
                    "add it to the SELECT, or it cannot be given a value",
                )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError("this is not UTF-8", file=path, fix="save it as UTF-8") from error
    except OSError as error:
        raise DefinitionError(
            f"the file cannot be read ({error.strerror})", file=path, fix="check its permissions"
        ) from error


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
