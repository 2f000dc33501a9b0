"""What a process gives up before it reads what strangers wrote: memory, time, the network, files and programs."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["confine"]

SOCKET_CALLS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine → what Linux calls it, and the number of the call that opens a socket."""

DENIED: Final = (
    "socket.",
    "subprocess.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
    "webbrowser.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.truncate",
    "shutil.",
    "pty.",
)
"""How the events begin that Python reports before it does something a reader of documents never has to do."""

WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(memory: int, seconds: int) -> None:
    """Take from this process, for good, what reading a document does not need.

    Parameters
    ----------
    memory
        The bytes it may have, where the system can limit them.
    seconds
        The seconds of processor time after which the system ends it.
    """
    _set_limits({"RLIMIT_AS": memory, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0})
    _deny_sockets()
    sys.addaudithook(_refuse)


def _set_limits(wanted: Mapping[str, int]) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (least, least))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what Python is about to do: sockets, programs, and files opened for writing."""
    if (event == "open" and arguments[2] & WRITING) or event.startswith(DENIED):
        raise PermissionError(f"{event} is denied while a document is read")


def _deny_sockets() -> None:
    """Let the system refuse sockets to this process and its libraries, where Linux can be told so."""
    if sys.platform != "linux" or os.uname().machine not in SOCKET_CALLS:
        return
    import ctypes  # noqa: PLC0415 - a hundredth of a second
    import struct  # noqa: PLC0415 - as above

    machine, socket_call = SOCKET_CALLS[os.uname().machine]
    load, equal, give = 0x20, 0x15, 0x06
    allow, deny = 0x7FFF0000, 0x00050000 | 13
    # Each line: what to do, how far to jump if so and if not, the number. Another machine's calls are denied.
    program = b"".join(
        struct.pack("HBBI", *line)
        for line in (
            (load, 0, 0, 4),
            (equal, 0, 3, machine),
            (load, 0, 0, 0),
            (equal, 1, 0, socket_call),
            (give, 0, 0, allow),
            (give, 0, 0, deny),
        )
    )
    lines = ctypes.create_string_buffer(program)
    filter_ = ctypes.create_string_buffer(struct.pack("HP", len(program) // 8, ctypes.addressof(lines)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    control(38, 1, 0, 0, 0)
    control(22, 2, ctypes.c_void_p(ctypes.addressof(filter_)), 0, 0)
