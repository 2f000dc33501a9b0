"""The process that one document is read in: a script that is run by its path.

It takes one request and the file's bytes from its standard input, and answers on its standard output with what the
reader of the format gave, or with the sentence of why not. The readers of formats are only imported here.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planweave.documents.grid import Parts

READERS = {
    "delimited": "planweave.documents.delimited",
    "markdown": "planweave.documents.markdown",
    "html": "planweave.documents.html",
    "pdf": "planweave.documents.pdf",
    "package": "planweave.documents.package",
    "compound": "planweave.documents.compound",
    "picture": "planweave.documents.picture",
}
"""Kind of file → the module whose function ``read(data, name)`` gives its `Parts`, or a `Picture` of a page."""


def main() -> None:
    """Answer one request."""
    given = sys.stdin.buffer.read()
    size = int.from_bytes(given[:8], "big")
    request = json.loads(given[8 : 8 + size])
    data = given[8 + size :]
    del given
    sys.path[:] = request["path"]
    _know_package("planweave", request["package"])
    _know_package("planweave.documents", os.path.join(request["package"], "documents"))  # noqa: PTH118 - for speed
    import msgspec  # noqa: PLC0415 - found by the request's path

    confinement = import_module("planweave.confinement")
    reader = import_module(READERS[request["kind"]])
    confinement.confine(request["memory"], request["seconds"])
    answer = msgspec.msgpack.encode(_answer(reader, data, request["name"]))
    while answer:
        answer = answer[os.write(1, answer) :]


def _know_package(name: str, folder: str) -> None:
    """Let the modules in a folder be imported as those of a package, without what the package itself imports."""
    package = ModuleType(name)
    package.__path__ = [folder]
    sys.modules[name] = package


def _answer(reader: Any, data: bytes, name: str) -> Parts | Any:  # noqa: ANN401 - a module that is imported by name
    from planweave.documents.grid import Refused  # noqa: PLC0415 - found by the request's path
    from planweave.errors import DocumentError  # noqa: PLC0415 - as above

    try:
        return reader.read(data, name)
    except DocumentError as error:
        return Refused(error.what, error.where, error.fix)
    except MemoryError:
        return Refused("", None, None, memory=True)
    except RecursionError:
        return Refused("its parts are nested too deeply", None, "save it in a simpler form")
    except Exception as error:  # noqa: BLE001 - whatever a damaged file does to a reader is one sentence
        said = " ".join(f"{type(error).__name__}: {error}".split())[:160].rstrip(".: ")
        return Refused(
            f"the file is damaged ({said})", None, "open it in the program it was made with and save it again"
        )


if __name__ == "__main__":
    main()
    # Nothing is left to do, and taking apart what a large document became takes time.
    os._exit(0)
