"""A document is read in a process of its own, which has limits and no network, and may die of what it reads."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import msgspec

from planweave.documents.grid import Parts, Picture, Refused
from planweave.documents.limits import MEGABYTE, Limits
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.documents.sniffing import Kind

T = TypeVar("T", Parts, Picture)
__all__ = ["draw_apart", "read_apart"]

CHILD: Final = Path(__file__).with_name("child.py")
PACKAGE: Final = str(Path(__file__).parent.parent)
"""The folder of planweave itself."""

PATIENCE: Final = 4
"""How many times its seconds of processor time a process may take by the clock: other work goes on beside it."""

MAX_ANSWER: Final = 512 * MEGABYTE
PIECE: Final = 1 << 20

TIME_UP: Final = -int(getattr(signal, "SIGXCPU", 24))
"""How a process ends whose processor time is up."""


def read_apart(kind: Kind, data: bytes, name: str, limits: Limits | None = None) -> Parts:
    """Read a document in a process of its own.

    Parameters
    ----------
    kind
        What `sniff` found.
    data
        The file's bytes.
    name
        The file's name.
    limits
        What the process may take; None for as much as any document does.

    Raises
    ------
    DocumentError
        If the document is refused, damaged, or takes more than the limits; the sentence names no file.
    """
    return _apart(kind, data, name, limits or Limits(), Parts)


def draw_apart(data: bytes, page: int, rows: Sequence[Sequence[str]]) -> Picture:
    """Draw a page of a PDF, in a process of its own.

    Parameters
    ----------
    data
        The file's bytes.
    page
        The number of the page, from 1.
    rows
        The texts of the cells of each row that is to be outlined, where it is found.

    Raises
    ------
    DocumentError
        If the document is damaged, has no such page, or takes more than the limits; the sentence names no file.
    """
    wanted = json.dumps({"page": page, "rows": [list(row) for row in rows]})
    return _apart("picture", data, wanted, Limits(), Picture)


def _apart(kind: Kind | Literal["picture"], data: bytes, name: str, limits: Limits, wanted: type[T]) -> T:
    request = {
        "kind": kind,
        "name": name,
        "package": PACKAGE,
        "path": [folder for folder in sys.path if folder],
        "memory": limits.memory,
        "seconds": limits.seconds,
    }
    head = json.dumps(request).encode()
    code, answer = _run((len(head).to_bytes(8, "big"), head, data), limits)
    if code == 0:
        try:
            given = msgspec.msgpack.decode(answer, type=Parts | Picture | Refused)
        except (msgspec.DecodeError, ValueError) as error:
            raise _died(code) from error
        if isinstance(given, wanted):
            return given
        if not isinstance(given, Refused):
            raise _died(code)
        raise _too_much_memory(limits) if given.memory else DocumentError(given.what, where=given.where, fix=given.fix)
    if code == TIME_UP:
        raise DocumentError(
            f"reading it takes more than {limits.seconds} seconds",
            fix="split it, or take out what is not the action plan",
        )
    raise _died(code)


def _run(request: Sequence[bytes], limits: Limits) -> tuple[int, bytes]:
    """Give the exit code of the process, and its answer."""
    with subprocess.Popen(  # noqa: S603 - this Python, a script of this package
        [sys.executable, "-I", "-S", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        clock = threading.Timer(limits.seconds * PATIENCE, expire)
        clock.daemon = True
        clock.start()
        try:
            answer = _exchange(process, request)
        finally:
            clock.cancel()
            process.kill()
    return TIME_UP if expired.is_set() else process.returncode, answer


def _exchange(process: subprocess.Popen[bytes], request: Sequence[bytes]) -> bytes:
    """Hand over the request, take the answer, and wait for the end."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        return b""
    try:
        for part in request:
            stdin.write(part)
        stdin.close()
    except OSError:
        # A process that is gone does not listen; how it ended is looked at afterwards.
        pass
    pieces, size = [], 0
    while piece := stdout.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER:
            raise DocumentError("it unpacks to more text than any plan has", fix="take out what is not the action plan")
    process.wait()
    return b"".join(pieces)


def _too_much_memory(limits: Limits) -> DocumentError:
    return DocumentError(
        f"reading it takes more than {limits.memory // MEGABYTE:,} MB of memory",
        fix="split it, or take out what is not the action plan",
    )


def _died(code: int) -> DocumentError:
    """Say that the process ended without an answer; the system or a library stopped it."""
    ending = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return DocumentError(
        f"the process that read it ended without an answer ({ending})",
        fix="the file is damaged or too large: open it in the program it was made with and save it again",
    )
