"""A TOML file of the library: its text, its data as typed values, and where in it something is wrong."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, get_args, get_origin

import msgspec

from planweave.errors import DefinitionError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["TomlFile", "line_with"]

T = TypeVar("T")

Key = str | int
_NAME = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_NAMES = rf"(?P<name>{_NAME}(?:\s*\.\s*{_NAME})*)"
HEADER = re.compile(rf"\s*(?P<array>\[)?\[\s*{_NAMES}\s*\]")
PAIR = re.compile(rf"\s*{_NAMES}\s*=")
KINDS = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date such as 2024-12-31, without quotes",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "a text",
}
"""What the types of TOML are called in a sentence."""


@dataclass(frozen=True)
class TomlFile:
    """One file: where it is, what stands in it, what that says.

    A place in it is given by its keys, the entries of ``[[tables]]`` counted from 0:
    ``("corrections", 2, "field")``.
    """

    path: Path
    text: str
    data: dict[str, object]

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Read a file.

        Raises
        ------
        DefinitionError
            If it cannot be read or is not TOML; the sentence has the line.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
            return cls(path, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            what, _, place = str(error).partition(" (at ")
            where = place.split(",")[0].rstrip(")")
            raise DefinitionError(
                f"this is not TOML ({what[:1].lower()}{what[1:]})",
                file=path,
                where=where or None,
                fix="mend that line" if where.startswith("line") else "mend it",
            ) from error
        except UnicodeDecodeError as error:
            raise DefinitionError("this is not UTF-8", file=path, fix="save it as UTF-8") from error
        except OSError as error:
            raise DefinitionError(
                f"the file cannot be read ({error.strerror})", file=path, fix="check its permissions"
            ) from error

    def typed(self, kind: type[T], more: Mapping[str, object] | None = None) -> T:
        """Give the data, with more keys if there are any, as a typed value.

        Raises
        ------
        DefinitionError
            If a key is missing or not known, or a value of another type; the sentence has the line.
        """
        try:
            return msgspec.convert({**self.data, **(more or {})}, kind)
        except msgspec.ValidationError as error:
            raise self._not_typed(str(error), kind, frozenset(more or ())) from error

    def wrong(self, what: str, at: tuple[Key, ...], fix: str) -> DefinitionError:
        """Give the error that something at a place is wrong, with its line, or that of the table it is in."""
        return DefinitionError(what, file=self.path, where=self.place(at), fix=fix)

    def place(self, at: tuple[Key, ...]) -> str | None:
        """Give the line of a place, or that of the table it is in: ``"line 12"``."""
        while at and at not in self._lines:
            at = at[:-1]
        return f"line {self._lines[at]}" if at else None

    def _not_typed(self, message: str, kind: type, own: frozenset[str]) -> DefinitionError:
        """Say in words of the file what msgspec says in its own."""
        path = re.search(r" - at `\$\.?([^`]*)`", message)
        at = _keys(path[1]) if path else ()
        inside = f" in {_table(at)}" if at else ""
        if unknown := re.search(r"unknown field `([^`]+)`", message):
            known = [name for name in _names(kind, at) if name not in own]
            what = f"the key {unknown[1]!r}{inside} is not known"
            return self.wrong(what, (*at, unknown[1]), nearest(unknown[1], known))
        if missing := re.search(r"missing required field `([^`]+)`", message):
            table = not at and _is_table(kind, missing[1])
            what, name = ("table", f"[{missing[1]}]") if table else ("key", repr(missing[1]))
            return self.wrong(f"the {what} {name}{inside} is missing", at, f"add {name.strip(chr(39))}")
        return self.wrong(_mistyped(message, at), at, "mend it")

    @cached_property
    def _lines(self) -> dict[tuple[Key, ...], int]:
        """The line of each key and of each table."""
        lines: dict[tuple[Key, ...], int] = {}
        counts: Counter[tuple[Key, ...]] = Counter()
        table: tuple[Key, ...] = ()
        for number, line in enumerate(self.text.split("\n"), start=1):
            if header := HEADER.match(line):
                table = _printed_keys(header["name"])
                if header["array"]:
                    counts[table] += 1
                    table = (*table, counts[table] - 1)
                lines.setdefault(table, number)
            elif pair := PAIR.match(line):
                lines.setdefault((*table, *_printed_keys(pair["name"])), number)
        return lines


def line_with(text: str, words: str) -> str | None:
    """Give the line of a text in which words stand first, comments left out: ``"line 12"``, or None.

    Examples
    --------
    >>> lines = ("# TSMT is not in the key", "printed = TSMT")
    >>> line_with(chr(10).join(lines), "TSMT")
    'line 2'
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if words and words in line and not line.lstrip().startswith("#"):
            return f"line {number}"
    return None


def _printed_keys(name: str) -> tuple[Key, ...]:
    """Give the keys that a dotted name prints, none where it is no name."""
    try:
        found: object = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    keys: list[Key] = []
    while isinstance(found, dict):
        keys += found
        found = found[keys[-1]]
    return tuple(keys)


def _keys(path: str) -> tuple[Key, ...]:
    """Give the keys of msgspec's path: ``corrections[2].field``; it does not name those of ``[...]``."""
    parts = re.findall(r"[^.\[\]]+", path.replace("[...]", ""))
    return tuple(int(part) if part.isdigit() else part for part in parts)


def _table(at: tuple[Key, ...]) -> str:
    """Name a table as its header prints it."""
    name = ".".join(key for key in at if isinstance(key, str))
    return f"[[{name}]]" if isinstance(at[-1], int) else f"[{name}]"


def _mistyped(message: str, at: tuple[Key, ...]) -> str:
    """Say that a value is of another type than it has to be."""
    if message.startswith("Invalid RFC3339 encoded date"):
        message = "Expected `date`, got `str`"
    types = re.match(r"Expected `([^`]+)`, got `([^`]+)`", message)
    member = "[...]" in message or (bool(at) and isinstance(at[-1], int))
    keys = at[:-1] if at and isinstance(at[-1], int) else at
    if types is None or not keys:
        return f"a value is not right ({message})"
    wanted = " or ".join(KINDS.get(name, name) for name in types[1].split(" | ") if name != "null")
    inside = f" in {_table(keys[:-1])}" if len(keys) > 1 else ""
    which = "a value of " if member else ""
    return f"{which}{keys[-1]!r}{inside} has to be {wanted}, and is {KINDS.get(types[2], types[2])}"


def _names(kind: type, at: tuple[Key, ...]) -> list[str]:
    """Give the keys that a typed table has, by the table's place."""
    for name in at:
        field = next((field for field in msgspec.structs.fields(kind) if field.encode_name == name), None)
        if field is not None:
            options = [field.type, *get_args(field.type)]
            kind = next((option for option in options if _is_struct(option)), kind)
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def _is_table(kind: type, name: str) -> bool:
    """Say whether a key of the file as a whole is a table, such as ``[targets]``, and no single value."""
    types = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    return _is_struct(types[name]) or get_origin(types[name]) is dict


def _is_struct(option: object) -> bool:
    return isinstance(option, type) and issubclass(option, msgspec.Struct)
