"""The N-Quads of a plan in a file: packed so that the facts of some properties are had without unpacking the rest.

A shard is a gzip file of several members, which any program unpacks as one text: one member for each property of the
plan's own graph, and one for its provenance, the last. The header of each says of which property it is and how long
it is (in an "extra field", as gzip calls it), with a checksum; so there is no index beside the truth that could
differ from it. A shard of one member, as builds wrote them before, is read whole and gives the same.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from planweave.errors import StoreError
from planweave.terms import plan_graph, provenance_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Shard", "lines_of", "packed", "unpacked"]

PROVENANCE: Final = b""
"""What stands in the place of a property for the provenance."""

HEADER: Final = struct.Struct("<10sH2sHL")
"""The fixed part of a member's header: gzip's own, the extra field's length, its mark, its content's length, and the
length of the member; the property comes next, then a checksum."""

SUM: Final = struct.Struct("<H")
BEGINNING: Final = b"\x1f\x8b\x08\x06\0\0\0\0\x04\xff"
"""Deflated, with an extra field and a checksum of the header, no time, fast, no system."""

MARK: Final = b"pw"
OLDER: Final = frozenset((0, 8))
"""How the headers of the shards of one member are flagged: with nothing, or with a file's name."""

FLAGS: Final = 3
LENGTHS: Final = 4
TRAILER: Final = 8
PIECE: Final = 1 << 14
GZIP: Final = 16 + zlib.MAX_WBITS
"""How zlib is told that what it unpacks is a gzip file."""

FAST: Final = 1


def packed(quads: bytes, plan: str) -> bytes:
    """Pack the N-Quads of a plan, its own graph before its provenance."""
    facts = _end_of_facts(quads, plan)
    by_property: dict[bytes, list[bytes]] = defaultdict(list)
    for line in quads[:facts].splitlines(keepends=True):
        by_property[line.split(b" ", 2)[1]].append(line)
    members = [_member(name[1:-1], b"".join(lines)) for name, lines in sorted(by_property.items())]
    return b"".join((*members, _member(PROVENANCE, quads[facts:])))


def unpacked(path: Path) -> bytes:
    """Unpack a gzip file.

    Raises
    ------
    StoreError
        If it is missing or damaged.
    """
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path) from error


def lines_of(quads: bytes, properties: Iterable[str]) -> bytes:
    r"""Give the N-Quads that have one of some properties.

    Examples
    --------
    >>> lines_of(b'<a> <p> <b> <g> .\n<a> <q> "<p>" <g> .\n', ["p"])
    b'<a> <p> <b> <g> .\n'
    """
    return b"".join(line for name in properties for line in _lines(quads, f"> <{name}> ".encode()))


class Shard:
    """The file of a plan, read but not yet unpacked.

    Parameters
    ----------
    path
        The file.
    plan
        The plan's id.

    Raises
    ------
    StoreError
        If it is missing or damaged; what is damaged is seen at the latest when it is unpacked.
    """

    def __init__(self, path: Path, plan: str) -> None:
        self._path, self.plan = path, plan
        try:
            self._packed = path.read_bytes()
            self._members = None if self._packed[FLAGS] in OLDER else dict(_members(self._packed))
        except (OSError, IndexError, ValueError, struct.error) as error:
            raise _unreadable(path) from error

    @property
    def quads(self) -> bytes:
        """All of it: the plan's graph, sorted, then its provenance."""
        if self._members is None:
            return unpacked(self._path)
        return self.facts + self._unpacked([PROVENANCE])

    @cached_property
    def facts(self) -> bytes:
        """The plan's own graph, sorted."""
        if self._members is not None:
            facts = self._unpacked(name for name in self._members if name != PROVENANCE)
            return b"".join(sorted(facts.splitlines(keepends=True)))
        try:
            # They come first, and unpacking is most of the time.
            quads = _unpacked_until(self._packed, f" <{provenance_graph(self.plan)}> .\n".encode())
        except (EOFError, zlib.error) as error:
            raise _unreadable(self._path) from error
        return quads[: _end_of_facts(quads, self.plan)]

    def about(self, properties: Iterable[str]) -> bytes:
        """Those of the plan's own graph that have one of some properties, one property after the other."""
        if self._members is None:
            return lines_of(self.facts, properties)
        return self._unpacked(name for name in map(str.encode, properties) if name in self._members)

    def _unpacked(self, names: Iterable[bytes]) -> bytes:
        members = self._members or {}
        try:
            return b"".join(zlib.decompress(members[name], GZIP) for name in names)
        except zlib.error as error:
            raise _unreadable(self._path) from error


def _unreadable(path: Path) -> StoreError:
    return StoreError("the N-Quads file cannot be read", file=path, fix="build again with --fresh")


def _end_of_facts(quads: bytes, plan: str) -> int:
    end = f" <{plan_graph(plan)}> .\n".encode()
    last = quads.rfind(end)
    return last + len(end) if last >= 0 else 0


def _member(name: bytes, lines: bytes) -> bytes:
    body = zlib.compress(lines, FAST, wbits=-zlib.MAX_WBITS)
    length = HEADER.size + len(name) + SUM.size + len(body) + TRAILER
    header = HEADER.pack(BEGINNING, LENGTHS + LENGTHS + len(name), MARK, LENGTHS + len(name), length) + name
    trailer = struct.pack("<LL", zlib.crc32(lines), len(lines) & 0xFFFFFFFF)
    return b"".join((header, SUM.pack(zlib.crc32(header) & 0xFFFF), body, trailer))


def _members(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Go from header to header; what is skipped is not looked at.

    Raises
    ------
    ValueError, struct.error
        If a header is not right, or the last member is not the provenance's.
    """
    at, name, view = 0, None, memoryview(data)
    while at < len(data):
        beginning, _, mark, named, length = HEADER.unpack_from(data, at)
        body = at + HEADER.size + named - LENGTHS
        header = data[at:body]
        if (beginning, mark) != (BEGINNING, MARK) or SUM.unpack_from(data, body)[0] != zlib.crc32(header) & 0xFFFF:
            raise ValueError
        name = header[HEADER.size :]
        yield name, view[at : at + length]
        at += length
    if name != PROVENANCE or at != len(data):
        raise ValueError


def _unpacked_until(data: bytes, until: bytes) -> bytes:
    """Unpack a file only as far as the piece in which some bytes come first."""
    pieces, seen = [], b""
    unpacking = zlib.decompressobj(GZIP)
    for start in range(0, len(data), PIECE):
        pieces.append(unpacking.decompress(data[start : start + PIECE]))
        # They may begin in one piece and end in the next.
        seen = seen[-len(until) :] + pieces[-1]
        if until in seen:
            return b"".join(pieces)
    if not unpacking.eof or unpacking.unused_data:
        raise EOFError
    return b"".join(pieces)


def _lines(quads: bytes, sought: bytes) -> Iterator[bytes]:
    at = quads.find(sought)
    while at >= 0:
        start = quads.rfind(b"\n", 0, at) + 1
        # In a text, the same signs can stand; they do not end the first word of the line.
        if quads.find(b">", start) == at:
            yield quads[start : quads.index(b"\n", at) + 1]
        at = quads.find(sought, at + 1)
