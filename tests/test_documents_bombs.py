"""Hostile and broken files are refused in one sentence, soon, and take nothing with them."""

from __future__ import annotations

import io
import runpy
import sys
import time
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest
import xlwt

from planweave.documents import open_document, sandbox
from planweave.documents.limits import Limits
from planweave.documents.sandbox import read_apart
from planweave.errors import DocumentError

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))

SOON = 20
"""The seconds that any of these may take on a machine that does other things as well."""


def refusal(folder: Path, data: bytes, name: str = "plan") -> str:
    """The sentence a file is refused with, which comes soon."""
    path = folder / name
    path.write_bytes(data)
    began = time.perf_counter()
    with pytest.raises(DocumentError) as refused:
        open_document(path)
    assert time.perf_counter() - began < SOON
    sentence = str(refused.value)
    assert "\n" not in sentence
    return sentence.replace(str(path), name)


DEEP = "plan: its parts are nested too deeply; save it in a simpler form."


def outcome(folder: Path, data: bytes | str, name: str = "plan") -> str:
    """What is printed of a file that may be read, or the sentence it is refused with."""
    try:
        printed: str = grids.opened(folder, data, name).printed
    except DocumentError as error:
        return str(error).replace(str(folder / name), name)
    return printed


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (("Ref", "Action"), (1, "Open")):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def letter() -> bytes:
    made = docx.Document()
    made.add_paragraph("Plan")
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def changed(data: bytes, entry: str, content: bytes) -> bytes:
    """A zipped file with one of its entries replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != entry:
                new.writestr(name, old.read(name))
        new.writestr(entry, content)
    return made.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return made.getvalue()


DECLARED = b'<?xml version="1.0"?><!DOCTYPE w:document [%s]><w:document xmlns:w="x"><w:body>&a;</w:body></w:document>'
LAUGHS = b'<!ENTITY l0 "lol">' + b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)
ENTITIES = {
    "billion laughs": LAUGHS + b'<!ENTITY a "&l9;">',
    "quadratic blow-up": b'<!ENTITY a "' + b"x" * 100_000 + b'">',
    "external entity": b'<!ENTITY a SYSTEM "file:///etc/passwd">',
    "parameter entity": b'<!ENTITY % b SYSTEM "http://x.example/b.dtd"> %b;',
}


@pytest.mark.parametrize("entities", ENTITIES.values(), ids=ENTITIES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities(tmp_path: Path, entities: bytes, encoding: str) -> None:
    """No file of Word or Excel may declare what its text means, in whichever encoding and part."""
    content = DECLARED.replace(b"%s", entities).decode().encode(encoding)
    for data, entry in ((letter(), "word/document.xml"), (letter(), "word/styles.xml"), (workbook(), "xl/styles.xml")):
        assert refusal(tmp_path, changed(data, entry, content)) == (
            f"plan, {entry}: the file declares entities or a document type, as no file of Word or Excel does;"
            " open it in the program it was made with and save it again."
        )


def test_a_zip_bomb(tmp_path: Path) -> None:
    """A file of 300 kB that unpacks to 300 MB is refused, whether or not it says so."""
    content = b"0" * 300_000_000
    bomb = changed(workbook(), "xl/worksheets/sheet2.xml", content)
    assert len(bomb) < 400_000
    said = "plan: the file unpacks to more than the 256 MB that are read; take out what is not the action plan."
    assert refusal(tmp_path, bomb) == said
    # The size stands in the directory and before the entry; a small one is not believed.
    lying = bomb.replace((300_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    assert "unpacks to more" in refusal(tmp_path, lying) or "damaged" in refusal(tmp_path, lying)


def test_many_entries(tmp_path: Path) -> None:
    """Twenty thousand empty entries are refused by their number."""
    entries = {f"xl/{number}.xml": b"" for number in range(20_000)}
    assert refusal(tmp_path, zipped({"xl/workbook.xml": b"", **entries})) == (
        "plan: the file has 20,001 parts zipped in it, more than the 5,000 that are read;"
        " open it in the program it was made with and save it again."
    )


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


def with_sheet(content: bytes) -> bytes:
    return changed(workbook(), "xl/worksheets/sheet1.xml", SHEET.replace(b"%s", content))


def test_a_sheet_that_says_it_is_wide(tmp_path: Path) -> None:
    """What a sheet says of its size is not believed: only what is in it counts."""
    wide = b'<dimension ref="A1:ZZZZZ1048576"/><cols><col min="1" max="1000000" width="9"/></cols>'
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c></row>'
    document = grids.opened(tmp_path, with_sheet(wide + b"<sheetData>" + cells + b"</sheetData>"), "plan")
    assert grids.tables(document) == [[("a", "1")]]


@pytest.mark.parametrize(
    "content",
    [
        b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 100_000 + b"</sheetData>",
        b"<sheetData>" + b"<row/>" * 200_000 + b"</sheetData>",
        b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<x:sheetData xmlns:x="y">' + b"<x:c />" * 200_000 + b"</x:sheetData>",
    ],
    ids=["cells", "rows", "merged", "prefixed"],
)
def test_more_cells_than_are_read(tmp_path: Path, content: bytes) -> None:
    """Cells, empty rows, and the cells that a merged one covers are counted before anything is read."""
    assert refusal(tmp_path, with_sheet(content)) == (
        "plan: the workbook has more than the 150,000 cells that are read;"
        " take out the sheets that are not the action plan."
    )


@pytest.mark.parametrize("kind", ["workbook", "text"])
def test_more_text_than_is_read(tmp_path: Path, kind: str) -> None:
    """Few cells, but of more words than any plan has: reading them would take minutes."""
    cell = b'<row><c t="inlineStr"><is><t>' + b"planned " * 4_000 + b"</t></is></c></row>"
    content = with_sheet(b"<sheetData>" + cell * 130 + b"</sheetData>") if kind == "workbook" else b"planned " * 500_001
    assert refusal(tmp_path, content) == (
        "plan: it prints more than the 4,000,000 characters that are read;"
        " split it, or take out what is not the action plan."
    )


def test_a_large_workbook_is_refused_in_time(tmp_path: Path) -> None:
    """A million cells are refused before they are read."""
    cells = b"".join(b'<c r="A%d"><v>%d</v></c>' % (number, number * 7919) for number in range(1_000_000))
    data = with_sheet(b'<sheetData><row r="1">' + cells + b"</row></sheetData>")
    began = time.perf_counter()
    assert "more than the 150,000 cells" in refusal(tmp_path, data)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_truncated_files(tmp_path: Path, share: float) -> None:
    """Half a file is refused as damaged, whatever half of it is there."""
    old = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("Plan").write(0, 0, "x")
    book.save(old)
    for data in (workbook(), letter()):
        assert "damaged" in refusal(tmp_path, data[: int(len(data) * share)])
    assert "damaged" in refusal(tmp_path, old.getvalue()[: int(len(old.getvalue()) * share)])


@pytest.mark.parametrize("place", range(0, 2000, 97))
def test_files_with_wrong_bytes(tmp_path: Path, place: int) -> None:
    """A file with twenty bytes overwritten anywhere is read or refused; it never ends the program."""
    for data in (workbook(), letter()):
        start = place * len(data) // 2000
        broken = data[:start] + bytes(range(200, 220)) + data[start + 20 :]
        said = outcome(tmp_path, broken)
        assert said in {"Plan", "Ref\tAction\n1\tOpen"} or (said.startswith("plan") and "\n" not in said)


def test_a_missing_part_is_damage(tmp_path: Path) -> None:
    """A zipped file that is only called a workbook, or a letter, is refused."""
    assert "plan: the file is damaged" in refusal(tmp_path, zipped({"xl/workbook.xml": b"<workbook/>"}))
    assert "plan: the file is damaged" in refusal(tmp_path, zipped({"word/document.xml": b"<a/>", "word/b": b""}))


def test_protected_files(tmp_path: Path) -> None:
    """A password is named as what it is, in old files, in new ones, and in zipped ones."""
    said = "plan: the file is protected by a password; save it without one."

    def stream(name: str) -> bytes:
        written = name.encode("utf-16-le")
        return written.ljust(64, b"\0") + (len(written) + 2).to_bytes(2, "little")

    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    assert refusal(tmp_path, compound + stream("EncryptionInfo") + stream("EncryptedPackage")) == said
    assert refusal(tmp_path, compound + stream("WordDocument")) == (
        "plan: this is an old Word file (.doc), which is not read; save it as .docx first."
    )
    data = bytearray(workbook())
    data[6] |= 1
    directory = bytes(data).rfind(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal(tmp_path, bytes(data)) == said


def test_zipped_files_that_are_something_else(tmp_path: Path) -> None:
    """Other zipped files are named where they are known."""
    text = b"application/vnd.oasis.opendocument.text"
    assert "an OpenDocument text (.odt), which is not read" in refusal(tmp_path, zipped({"mimetype": text}))
    assert "a PowerPoint file, which is not read" in refusal(tmp_path, zipped({"ppt/presentation.xml": b"<p/>"}))
    assert "no Word or Excel document in it; unzip it first" in refusal(tmp_path, zipped({"plan.txt": b"a"}))
    assert "no Word or Excel document in it" in refusal(tmp_path, zipped({}))


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.xls", "plan.ods", "plan.pdf", "plan.html"])
def test_empty_files(tmp_path: Path, name: str) -> None:
    """An empty file is one whatever it is called."""
    assert refusal(tmp_path, b"", name) == f"{name}: the file is empty; check how it was saved."


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "span", "dl><dd", "blockquote"])
@pytest.mark.parametrize("depth", [40, 100_000])
def test_deep_nesting(tmp_path: Path, tag: str, depth: int) -> None:
    """A page nested forty times is read, one nested a hundred thousand times is refused."""
    page = f"<html><body>x{f'<{tag}>' * depth}deep".encode()
    if depth == 40:
        assert "deep" in grids.opened(tmp_path, page, "plan").printed
    else:
        assert refusal(tmp_path, page) == DEEP


def test_deep_nesting_in_word_and_markdown(tmp_path: Path) -> None:
    """Tables nested in tables of a Word file, and quotations in quotations, are refused as well, or read."""
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = b"<w:tbl><w:tr><w:tc>" * 3000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 3000
    body = b"<w:document " + space + b"><w:body>" + deep + b"</w:body></w:document>"
    assert refusal(tmp_path, changed(letter(), "word/document.xml", body)) == DEEP
    assert outcome(tmp_path, "> " * 5000 + "deep\n", "plan.md") == DEEP.replace("plan", "plan.md")
    assert outcome(tmp_path, "> " * 30 + "deep\n", "plan.md") == "deep"


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td colspan=1000 rowspan=65534>x</td></tr>" * 500 + "</table>",
        "<table>" + "<tr>" + "<td>x</td>" * 600 + "</tr>" + "<tr><td>y</td></tr>" * 600 + "</table>",
        "<table><tr><td>x" * 300_000,
    ],
    ids=["spans", "wide", "many"],
)
def test_tables_that_grow(tmp_path: Path, page: str) -> None:
    """A page of few letters may not become a table of many cells."""
    sentence = refusal(tmp_path, f"<html>{page}".encode())
    assert "more than the 250,000 cells" in sentence or "nested too deeply" in sentence


@pytest.mark.parametrize("piece", ["<p>a", "<li>a", "<td>a", "<b>", "a ", "<dt>a<dd>b", "<br>", "&amp;", "<ol><li>"])
def test_long_pages_take_no_long_time(tmp_path: Path, piece: str) -> None:
    """A hundred thousand characters of a page are read, or refused, soon."""
    page = "<html><body><table><tr><td>" + piece * (100_000 // len(piece)) + "end"
    began = time.perf_counter()
    said = outcome(tmp_path, page)
    assert time.perf_counter() - began < SOON
    assert said == DEEP or said.endswith("end")


def test_limits_of_time_and_memory(tmp_path: Path) -> None:
    """What takes too long, or too much, is ended and said."""
    page = b"<html><body>" + b"<p>word</p>" * 200_000
    with pytest.raises(DocumentError, match=r"reading it takes more than 1 seconds"):
        read_apart("html", page * 10, "plan", Limits(seconds=1))
    with pytest.raises(DocumentError, match=r"takes more than 150 MB of memory|ended without an answer|damaged"):
        read_apart("html", page * 10, "plan", Limits(memory=150_000_000))


PROBES = {
    "socket": "import socket; socket.socket()",
    "raw socket": "import _socket; _socket.socket()",
    "program": "import subprocess; subprocess.run(['true'])",
    "shell": "import os; os.system('true')",
    "writing": "open('written', 'w')",
    "removing": "import os; os.remove('x')",
}


@pytest.mark.parametrize("code", PROBES.values(), ids=PROBES)
def test_the_process_can_neither_call_nor_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A reader that is taken over can open no socket, start no program, and write no file."""
    _evil(tmp_path, monkeypatch, code)
    with pytest.raises(DocumentError, match=r"is denied while a document is read|Permission denied"):
        read_apart("html", b"x", "plan")
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "ended without an answer (SIGKILL)"),
        ("import os; os.abort()", "ended without an answer (SIGABRT)"),
        ("import os; os._exit(7)", "ended without an answer (exit code 7)"),
        ("import os; os._exit(0)", "ended without an answer"),
        ("import os; os.write(1, b'rubbish'); os._exit(0)", "ended without an answer"),
        ("raise KeyError('nothing')", "the file is damaged (KeyError: 'nothing')"),
        ("x = [0] * 10**10", "takes more than 1,000 MB of memory"),
        ("while True: pass", "takes more than 1 seconds"),
        ("import time; time.sleep(99)", "takes more than 1 seconds"),
    ],
)
def test_a_process_that_dies_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    """However the process ends, the document is refused in one sentence."""
    _evil(tmp_path, monkeypatch, code)
    with pytest.raises(DocumentError) as refused:
        read_apart("html", b"x", "plan", Limits(seconds=1))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def _evil(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let web pages be read by a module of one's own, in a package folder that is otherwise the same."""
    package = folder / "planweave"
    (package / "documents").mkdir(parents=True)
    here = Path(sandbox.__file__).parent
    for path in (*here.parent.glob("*.py"), *here.glob("*.py")):
        (package / path.relative_to(here.parent)).write_bytes(path.read_bytes())
    (package / "documents" / "html.py").write_text(f"def read(data, name):\n    {code}\n")
    monkeypatch.setattr(sandbox, "PACKAGE", str(package))
    monkeypatch.chdir(folder)


def test_plain_text_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No library of others reads plain text, so it needs no process: a folder of texts is read as fast as ever."""
    monkeypatch.setattr(sandbox, "read_apart", lambda *_: pytest.fail("a process was started"))
    assert grids.tables(grids.opened(tmp_path, "a\tb\n1\t2\n", "plan.csv")) == [[("a", "b"), ("1", "2")]]


def test_the_engine_itself_imports_no_reader() -> None:
    """Opening documents does not import the libraries that read them into this process."""
    import subprocess  # noqa: PLC0415

    libraries = "{'lxml', 'mammoth', 'markdown_it', 'openpyxl', 'python_calamine', 'xlrd', 'pdfplumber', 'pypdfium2'}"
    code = f"import sys, planweave.documents, planweave.documents.sandbox; print({libraries} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_stream_that_is_no_deflate_is_damage(tmp_path: Path) -> None:
    """An entry whose compressed bytes are wrong is damage, not a crash."""
    data = zipped({"xl/workbook.xml": b"a" * 1000})
    stream = zlib.compress(b"a" * 1000, 6)[2:-4]
    assert "damaged" in refusal(tmp_path, data.replace(stream[:4], b"\xff\xff\xff\xff"))
