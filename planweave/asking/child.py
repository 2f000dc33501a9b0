"""The process that a query runs in: a script that knows pyoxigraph and the standard library, and nothing else.

It reads one request from its standard input, answers on its standard output, and says on its standard error
what went wrong. It ends when its standard input does, so that it never outlives the process that asked. The
exit code 0, and it alone, says that the answer is whole.

It is run by its path, without planweave and without what an environment adds, so that it starts quickly and
holds little that a query could get at.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import threading
import zlib
from typing import Any

__all__ = ["FAILED", "main"]

FAILED = 3
"""The exit code of a query that the engine refuses, or cannot finish."""

SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine → what Linux calls it, and the number of the call that opens a socket."""


def main() -> int:
    """Answer one request."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    request = _request()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _set_limits(request["memory"], request["seconds"])
    sys.path.append(request["engine"])
    import pyoxigraph as ox  # noqa: PLC0415 - where it is, the request says

    try:
        store = _opened(ox, request)
    except (OSError, ValueError, RuntimeError, EOFError, zlib.error) as error:
        return _failed("store", error)
    try:
        values = {ox.Variable(name): _term(ox, *term) for name, term in request["bindings"].items()}
    except (ValueError, TypeError) as error:
        return _failed("value", error)
    _deny_network()
    try:
        _answer(ox, store, request, values)
    except SyntaxError as error:
        return _failed("syntax", error)
    except MemoryError as error:
        return _failed("memory", error)
    except (OSError, ValueError, RuntimeError) as error:
        return _failed("query", error)
    return 0


def _opened(ox: Any, request: Any) -> Any:  # noqa: ANN401 - pyoxigraph, imported above
    """Open the store, or load the files that are all that is asked."""
    if not request["quads"]:
        return ox.Store.read_only(request["store"])
    store = ox.Store()
    for name in request["quads"]:
        with open(name, "rb") as file:  # noqa: PTH123 - as quick as can be
            # A file has a member for each property: zlib would stop after the first of them, and say nothing.
            quads = gzip.decompress(file.read())
        # planweave wrote them itself; reading them without looking at each IRI again takes half the time.
        store.load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)
    return store


def _request() -> Any:  # noqa: ANN401 - as JSON has it
    size = int.from_bytes(_exactly(8), "big")
    return json.loads(_exactly(size))


def _exactly(size: int) -> bytes:
    """Read so many bytes and none more: what comes after them is the end of the parent."""
    read = b""
    while len(read) < size:
        part = os.read(0, size - len(read))
        if not part:
            os._exit(FAILED)
        read += part
    return read


def _end_with_the_parent() -> None:
    """Wait for the end of the standard input; pyoxigraph lets other threads run while it works."""
    while os.read(0, 1024):
        pass
    os._exit(FAILED)


def _set_limits(memory: int, seconds: float) -> None:
    """Limit memory and processor time where the system can do that."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    # The clock of the parent is the limit of time; this one is for a parent that cannot look at it any more.
    wanted = {"RLIMIT_AS": memory, "RLIMIT_CPU": int(seconds) * 4 + 60, "RLIMIT_CORE": 0}
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (least, least))
        except (OSError, ValueError):
            continue


def _deny_network() -> None:
    """Let this process open no socket from now on, where it runs on a Linux that can be told so."""
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


def _answer(ox: Any, store: Any, request: Any, values: Any) -> None:  # noqa: ANN401 - pyoxigraph, imported above
    """Run the query and write its answer: a line on what it is, then lines of TSV or N-Triples."""
    default, named = request["dataset"] or (None, None)
    answer = store.query(
        request["query"],
        base_iri=request["base"],
        prefixes=request["prefixes"],
        use_default_graph_as_union=request["union"],
        default_graph=None if default is None else [ox.NamedNode(name) for name in default],
        named_graphs=None if named is None else [ox.NamedNode(name) for name in named],
        substitutions=values or None,
        custom_functions=_functions(ox, request["functions"]),
    )
    with os.fdopen(1, "wb", buffering=1 << 16, closefd=False) as out:
        if isinstance(answer, ox.QueryBoolean):
            out.write(b'["ask", ["answer"]]\n')
            out.write(b"true\n" if answer else b"false\n")
        elif isinstance(answer, ox.QueryTriples):
            out.write(b'["graph", ["subject", "predicate", "object"]]\n')
            answer.serialize(output=out, format=ox.RdfFormat.N_TRIPLES)
        else:
            columns = [variable.value for variable in answer.variables]
            out.write(json.dumps(["select", columns]).encode() + b"\n")
            answer.serialize(output=out, format=ox.QueryResultsFormat.TSV)


def _functions(ox: Any, given: Any) -> Any:  # noqa: ANN401 - as above
    """Load planweave's own functions from their files, where the query may use one."""
    if given is None:
        return None
    from importlib.util import module_from_spec, spec_from_file_location  # noqa: PLC0415 - few queries need it

    modules = []
    for name in ("stems", "functions"):
        spec = spec_from_file_location(name, given[name])
        module = module_from_spec(spec)  # type: ignore[arg-type]
        spec.loader.exec_module(module)  # type: ignore[union-attr]
        modules.append(module)
    stems, functions = modules
    return functions.functions(ox, stems.Stems(given["small"], ()))


def _term(ox: Any, value: str, kind: str, datatype: str, language: str) -> Any:  # noqa: ANN401 - as above
    if kind == "iri":
        return ox.NamedNode(value)
    if kind == "blank":
        return ox.BlankNode(value)
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)


def _failed(kind: str, error: BaseException) -> int:
    sys.stderr.write("\n" + json.dumps([kind, str(error)]) + "\n")
    return FAILED


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Nothing is left to do, and letting go of a store of many files takes time.
    os._exit(code)
