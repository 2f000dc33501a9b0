"""Profiles: how serious each check is taken, for whom; text files beside the shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import msgspec

from planweave.errors import NotFound, nearest
from planweave.findings import SEVERITIES, Severity
from planweave.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planweave.library import Library

__all__ = ["Others", "Profile", "read_profile"]

Others: TypeAlias = Literal["as-the-shape-says", "off"]

OFF: Final = "off"
FOLDER: Final = "shapes"
SUFFIX: Final = ".toml"


@dataclass(frozen=True)
class Profile:
    """How serious each check is taken.

    Parameters
    ----------
    name
        The name of its file without ``.toml``.
    title
        What it is called.
    severities
        The checks it speaks of, by the name of their file; None switches a check off.
    others
        What becomes of the checks it does not speak of.
    description
        What it is for.
    """

    name: str
    title: str
    severities: Mapping[str, Severity | None]
    others: Others
    description: str = ""

    def severity(self, shape: str, stated: Severity) -> Severity | None:
        """Give the severity of a check, or None if it is off.

        Parameters
        ----------
        shape
            The name of the check: the name of its file without ``.ttl``.
        stated
            The severity that the shape itself states.

        Examples
        --------
        >>> strict = Profile("strict", "Strict", {"plan-has-period": "violation"}, "as-the-shape-says")
        >>> strict.severity("plan-has-period", "warning"), strict.severity("text-is-whole", "warning")
        ('violation', 'warning')
        """
        return self.severities.get(shape, None if self.others == OFF else stated)


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A profile as its file says it."""

    title: str
    description: str = ""
    extends: str | None = None
    others: str | None = None
    severity: dict[str, str] = {}


def read_profile(library: Library, name: str) -> Profile:
    """Read a profile, with what it extends.

    Raises
    ------
    NotFound
        If the library has no profile of that name; the nearest ones are offered.
    DefinitionError
        If a file is no profile: a shape or a severity that does not exist, or profiles that extend each other
        in a ring; the sentence has the line.
    """
    if name not in _names(library, SUFFIX):
        raise NotFound(f"there is no profile {name!r}", fix=nearest(name, _names(library, SUFFIX)))
    return _read(library, name, ())


def _names(library: Library, suffix: str) -> tuple[str, ...]:
    return tuple(path.stem for path in library.files(FOLDER, suffix))


def _read(library: Library, name: str, outer: tuple[str, ...]) -> Profile:
    """Read a profile that others extend."""
    file = TomlFile.read(library.file(FOLDER, name + SUFFIX))
    written = file.typed(_Written)
    base = _extended(library, file, written.extends, (*outer, name)) if written.extends is not None else None
    return Profile(
        name=name,
        title=written.title,
        severities={**(base.severities if base else {}), **_severities(library, file, written)},
        others=_others(file, written) or (base.others if base else "as-the-shape-says"),
        description=written.description,
    )


def _extended(library: Library, file: TomlFile, name: str, inner: tuple[str, ...]) -> Profile:
    if name in inner:
        ring = ", ".join((*inner[inner.index(name) :], name))
        raise file.wrong(f"the profile {name!r} extends itself ({ring})", ("extends",), "extend another, or none")
    known = _names(library, SUFFIX)
    if name not in known:
        raise file.wrong(f"there is no profile {name!r} to extend", ("extends",), nearest(name, known))
    return _read(library, name, inner)


def _others(file: TomlFile, written: _Written) -> Others | None:
    if written.others is None:
        return None
    known: tuple[Others, ...] = get_args(Others)
    for word in known:
        if written.others == word:
            return word
    raise file.wrong(f"others cannot be {written.others!r}", ("others",), nearest(written.others, known))


def _severities(library: Library, file: TomlFile, written: _Written) -> dict[str, Severity | None]:
    shapes = _names(library, ".ttl")
    found: dict[str, Severity | None] = {}
    for shape, word in written.severity.items():
        at = ("severity", shape)
        if shape not in shapes:
            raise file.wrong(f"there is no shape {shape!r}", at, nearest(shape, shapes))
        severity = next((one for one in SEVERITIES if one == word), None)
        if severity is None and word != OFF:
            fix = nearest(word, (*SEVERITIES, OFF))
            raise file.wrong(f"the severity {word!r} of {shape} is not known", at, fix)
        found[shape] = severity
    return found
