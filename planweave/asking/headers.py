"""The header of a query in the library: what it says is read, and held against the SPARQL below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from planweave.errors import DefinitionError, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

__all__ = ["KINDS", "Header", "Kind", "Named", "Parameter"]

Kind = Literal["plan", "action", "party", "date", "text", "number", "status"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What a parameter can be: which values are right, and how they become terms, follows from it."""

FIELD = re.compile(r"\*\*(?P<name>[^*]+):\*\*\s*(?P<said>.*)")
PARAMETER = re.compile(r"\?(?P<name>\w+)\s+\((?P<kind>[^,()]+),\s*(?P<need>[^,()]+)\):\s*(?P<meaning>\S.*)", re.DOTALL)
RESERVED: Final = frozenset(
    {"about", "as_of", "format", "from", "h", "help", "library", "measures"}
    | {"o", "output", "prepare", "seconds", "show", "sources", "sparql"}
)
"""What no parameter can be called: these are options of the verbs that ask and draw."""

NONE: Final = "none"
FIRST_FIELD: Final = 5
"""The line of the first field, where the title, an empty line, a line of text and another empty one stand before."""

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


class _Missing(NamedTuple):
    """Something the header does not say, the line where it belongs, and how that could read."""

    what: str
    line: int
    example: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a file of the library says that can be asked for by name.

    Parameters
    ----------
    name
        The file's name without ``.rq``.
    title, text
        What it is called, and what it asks or shows in plain English.
    parameters
        What it can be given.
    columns
        The variables of its answer, in order and without ``?``. What is given stands in the answer too: SPARQL
        engines bind only what is selected.
    example
        A command that asks for it.
    sparql
        The whole file, header included.
    """

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    sparql: str


class Header:
    """The header of one file; every complaint names the file and a line.

    Parameters
    ----------
    path
        The file.
    what
        What it is the header of, in a word.
    fields
        What the header has to say besides a title and what is asked in words, each with what it may say; "Parameters",
        "Columns" and "Example" are among them.
    optional
        The fields that it may have besides.

    Raises
    ------
    DefinitionError
        If the file cannot be read, its header does not say what it has to say, or header and query differ.

    Attributes
    ----------
    path
        The file.
    name, title, text, parameters, columns, example, sparql
        As :class:`Named` has them.
    """

    def __init__(self, path: Path, what: str, fields: Mapping[str, str], optional: Collection[str] = ()) -> None:
        self.path, self.name = path, path.stem
        self._what, self._known, self._optional = what, fields, optional
        self.sparql = _text_of(path)
        self._fields: dict[str, _Said] = {}
        self.title, self.text = self._opening()
        self.parameters = tuple(self._parameters())
        self.columns = tuple(self._columns())
        self._compare()
        self.example = self.said("Example").strip("`")

    def named(self) -> dict[str, Any]:
        """Give what :class:`Named` takes."""
        return {one.name: getattr(self, one.name) for one in fields(Named)}

    def said(self, name: str) -> str:
        """Give what the header says in a field; nothing where it does not have it."""
        return self._fields[name].text if name in self._fields else ""

    def complaint(self, what: str, name: str, fix: str) -> DefinitionError:
        """Give the error about what a field says."""
        return self._wrong(what, self._fields[name].line, fix)

    def _wrong(self, what: str, line: int, fix: str) -> DefinitionError:
        return DefinitionError(what, file=self.path, where=f"line {line}", fix=fix)

    def _opening(self) -> tuple[str, str]:
        """Read the header: give the title and the question, and keep the fields."""
        lines = [line.removeprefix("#").strip() for line in _comments(self.sparql)]
        title = lines[0].removeprefix("# ").strip() if lines and lines[0].startswith("# ") else ""
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
        asked = " ".join(" ".join(text).split())
        if missing := list(self._missing(title, asked, max(len(lines), FIRST_FIELD - 1))):
            raise self._incomplete(missing)
        return title, asked

    def _missing(self, title: str, asked: str, last: int) -> Iterator[_Missing]:
        """Give what the header does not say; ``last`` is its last line."""
        if not title:
            yield _Missing("title", 1, "# # A title")
        if not asked:
            yield _Missing("text", 3, f"# What the {self._what} is about, in plain English")
        for name, example in self._known.items():
            said = self._fields.get(name)
            if said is None or not said.text:
                last += said is None
                yield _Missing(name, said.line if said else last, f"# **{name}:** {self._example(name) or example}")

    def _example(self, name: str) -> str:
        """Give what a field of this very file would say, where the query shows it."""
        selected = _selected(self.sparql) if name == "Columns" else None
        if name == "Example":
            return self._known[name].replace("NAME", self.name)
        return ", ".join(f"?{one}" for one in selected or ())

    def _incomplete(self, missing: list[_Missing]) -> DefinitionError:
        """Name all that is missing at once: nobody wants to be sent back for each."""
        *names, last = [f"no {one.what}" for one in missing]
        listed = f"{', '.join(names)} and {last}" if names else last
        lines = ", ".join(f'"{one.example}" in line {one.line}' for one in missing)
        return self._wrong(f"the {self._what} has {listed}", missing[0].line, f"write {lines}")

    def _begin(self, name: str, said: str, line: int) -> str:
        if name not in self._known and name not in self._optional:
            raise self._wrong(f"{name!r} is no part of a header", line, nearest(name, (*self._known, *self._optional)))
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
            if found["name"] in RESERVED or iskeyword(found["name"]):
                raise self._wrong(f"?{found['name']} cannot be given: the word has a use of its own", line, "rename it")
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
