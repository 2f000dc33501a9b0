"""An answer as CSV, TSV, JSON and XML, as the W3C's SPARQL 1.1 recommendations have them; as Markdown; as RDF.

CSV departs from its recommendation in one thing: text that a spreadsheet would run as a formula has an apostrophe in
front (:func:`planweave.flat_files.guarded`). A file of CSV begins with a byte order mark, for spreadsheets too. TSV,
JSON and XML hold every term exactly.
"""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec

from planweave.asking.terms import NUMBERS
from planweave.errors import QueryError
from planweave.flat_files import guarded, write_csv_rows
from planweave.store import STRING, serialise
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from planweave.asking.answers import Answer
    from planweave.store import Node

__all__ = ["FORMATS", "marked", "write_answer"]

TABLES: Final = ("csv", "tsv", "json", "xml", "md")
FORMATS: Final = {"select": TABLES, "ask": TABLES, "graph": ("ttl", "nt", "jsonld")}
"""Kind of answer → the formats it can be written in."""

NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ACTIVE: Final = re.compile(r"[\\`*_\[\]|~&<>\r\n]")
MARKED: Final = re.compile(r"([\\`*_\[\]|~])")


def write_answer(answer: Answer, out: BinaryIO, format_: str) -> None:
    """Write an answer to an open binary stream; see :meth:`planweave.asking.answers.Answer.write_to`."""
    answer.check_format(format_, FORMATS)
    WRITERS[format_](answer, out)


def _write_csv(answer: Answer, out: BinaryIO) -> None:
    rows = (tuple(map(_csv_value, row)) for row in answer.rows())
    write_csv_rows(answer.columns, rows, out, guard=False)


def _csv_value(node: Node | None) -> str:
    if node is None:
        return ""
    if node.kind == "blank":
        return f"_:{node.value}"
    is_text = node.kind == "literal" and node.datatype not in NUMBERS
    return guarded(node.value) if is_text else node.value


def _write_tsv(answer: Answer, out: BinaryIO) -> None:
    out.write("\t".join(f"?{column}" for column in answer.columns).encode() + b"\n")
    out.writelines(b"\t".join(cells) + b"\n" for cells in answer.cells())


def _write_json(answer: Answer, out: BinaryIO) -> None:
    encode = msgspec.json.encode
    if answer.kind == "ask":
        out.write(encode({"head": {}, "boolean": answer.boolean}) + b"\n")
        return
    out.write(b'{"head":' + encode({"vars": answer.columns}) + b',"results":{"bindings":[')
    before = b"\n"
    for row in answer.rows():
        said = {name: _json_term(node) for name, node in zip(answer.columns, row, strict=True) if node is not None}
        out.write(before + encode(said))
        before = b",\n"
    out.write(b"\n]}}\n")


def _json_term(node: Node) -> dict[str, str]:
    if node.kind != "literal":
        return {"type": "uri" if node.kind == "iri" else "bnode", "value": node.value}
    said = {"type": "literal", "value": node.value}
    if node.language:
        said["xml:lang"] = node.language
    elif node.datatype != STRING:
        said["datatype"] = node.datatype
    return said


def _write_xml(answer: Answer, out: BinaryIO) -> None:
    out.write(b'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n')
    if answer.kind == "ask":
        out.write(f"<head/>\n<boolean>{'true' if answer.boolean else 'false'}</boolean>\n</sparql>\n".encode())
        return
    names = [_xml_text(name) for name in answer.columns]
    out.write(("<head>" + "".join(f'<variable name="{name}"/>' for name in names) + "</head>\n<results>\n").encode())
    for row in answer.rows():
        said = (
            f'<binding name="{name}">{_xml_term(node)}</binding>'
            for name, node in zip(names, row, strict=True)
            if node is not None
        )
        out.write(f"<result>{''.join(said)}</result>\n".encode())
    out.write(b"</results>\n</sparql>\n")


def _xml_term(node: Node) -> str:
    text = _xml_text(node.value)
    if node.kind != "literal":
        element = "uri" if node.kind == "iri" else "bnode"
        return f"<{element}>{text}</{element}>"
    if node.language:
        return f'<literal xml:lang="{_xml_text(node.language)}">{text}</literal>'
    datatype = "" if node.datatype == STRING else f' datatype="{_xml_text(node.datatype)}"'
    return f"<literal{datatype}>{text}</literal>"


def _xml_text(text: str) -> str:
    """Give text as XML has it; a reader of XML would take a bare carriage return for a line feed."""
    if NOT_IN_XML.search(text):
        raise QueryError("the answer has a character that XML cannot hold", fix="take it as JSON")
    return escape(text).replace("\r", "&#13;")


def _write_markdown(answer: Answer, out: BinaryIO) -> None:
    def line(cells: tuple[str, ...]) -> bytes:
        return f"| {' | '.join(cells)} |\n".encode()

    out.write(line(tuple(map(marked, answer.columns))))
    out.write(line(("---",) * len(answer.columns)))
    out.writelines(line(tuple(map(marked, row))) for row in answer.readable_rows())


def marked(text: str) -> str:
    """Give text that Markdown shows as it is, on one line."""
    if not ACTIVE.search(text):
        return text.strip()
    inert = MARKED.sub(r"\\\1", escape(text.strip(), quote=False))
    return re.sub(r"\s*\n\s*", "<br>", inert.replace("\r", "\n"))


def _rdf(suffix: str) -> Callable[[Answer, BinaryIO], None]:
    def write(answer: Answer, out: BinaryIO) -> None:
        lines = b"".join(line + b"\n" for line in sorted(set(answer.lines)))
        if suffix == ".nt":
            out.write(lines)
            return
        used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}".encode() in lines}
        written = io.BytesIO()
        serialise(lines, written, suffix, used)
        # The engine gives the prefixes in another order each time.
        text = written.getvalue().splitlines(keepends=True)
        head = [line for line in text[: len(used)] if line.startswith(b"@prefix")]
        out.writelines((*sorted(head), *text[len(head) :]))
        if suffix == ".jsonld":
            out.write(b"\n")

    return write


WRITERS: Final[dict[str, Callable[[Any, BinaryIO], None]]] = {
    "csv": _write_csv,
    "tsv": _write_tsv,
    "json": _write_json,
    "xml": _write_xml,
    "md": _write_markdown,
    "ttl": _rdf(".ttl"),
    "nt": _rdf(".nt"),
    "jsonld": _rdf(".jsonld"),
}
