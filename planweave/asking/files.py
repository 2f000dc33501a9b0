"""An answer → a file: the suffix decides the format, and the file is whole or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.asking.formats import FORMATS, write_answer
from planweave.flat_files import BOM, whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.asking.answers import Answer

__all__ = ["FILES", "write_file"]

FOR_PEOPLE: Final = ("xlsx", "html")
FILES: Final = {kind: formats if kind == "graph" else (*formats, *FOR_PEOPLE) for kind, formats in FORMATS.items()}
"""Kind of answer → the formats of files, which are also their suffixes."""


def write_file(answer: Answer, path: Path, format_: str | None = None) -> Path:
    """Write an answer to a file; see :meth:`planweave.asking.answers.Answer.write`."""
    wanted = format_ or path.suffix.lower().removeprefix(".") or path.name
    answer.check_format(wanted, FILES)
    if wanted == "xlsx":
        from planweave.asking.workbook import write_answer_workbook  # noqa: PLC0415 - a tenth of a second

        write_answer_workbook(answer, path)
    elif wanted == "html":
        from planweave.asking.page import write_answer_page  # noqa: PLC0415 - as above

        write_answer_page(answer, path)
    else:
        with whole_file(path) as beside, beside.open("wb") as out:
            if wanted == "csv":
                out.write(BOM)
            write_answer(answer, out, wanted)
    return path
