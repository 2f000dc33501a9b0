"""A document in OpenDocument's spreadsheet form, its archive written member by member."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from .printed import printed, sections

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = """<office:automatic-styles><number:date-style style:name="D1"><number:day number:style="long"/>
<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>
<number:year number:style="long"/></number:date-style><style:style style:name="ce1" style:family="table-cell"
 style:data-style-name="D1"/></office:automatic-styles>"""
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
COLUMNS = 6
BLANK_ROW = f'<table:table-row><table:table-cell table:number-columns-repeated="{COLUMNS}"/></table:table-row>'

EMPTY_REST = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
    "</table:table-row>"
)


def cell(words: str, attributes: str = "") -> str:
    """Give one cell: a date with its value and what is shown, text, or nothing."""
    if words.startswith("="):
        day = words[1:].split("|", maxsplit=1)[0]
        year, month, number = day.split("-")
        kind = f' table:style-name="ce1" office:value-type="date" office:date-value="{day}"'
        return f"<table:table-cell{kind}{attributes}><text:p>{number}/{month}/{year}</text:p></table:table-cell>"
    if not words:
        return f"<table:table-cell{attributes}/>"
    content = f"<text:p>{escape(words)}</text:p>"
    return f'<table:table-cell office:value-type="string"{attributes}>{content}</table:table-cell>'


def row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"


def merged(words: str) -> str:
    """Give a row that is one cell over all columns, the others covered."""
    covered = f'<table:covered-table-cell table:number-columns-repeated="{COLUMNS - 1}"/>'
    over = f' table:number-columns-spanned="{COLUMNS}" table:number-rows-spanned="1"'
    return f"<table:table-row>{cell(words, over)}{covered}</table:table-row>"


def food(folder: Path) -> Path:
    """Write two sheets whose headings differ in words and in order."""
    name = "stbranoc-food.ods"
    content = printed(name)
    tables = []
    for number, (heading, rows) in enumerate(sections(content["rows"])):
        first = next(line for line in content["rows"] if line.get("section") == heading)
        lines = [merged(line) for line in content["before"]]
        lines += [BLANK_ROW, merged(heading or ""), row(content["head2"] if number else content["head"])]
        lines += [row(line["cells"]) for line in rows]
        lines.append(EMPTY_REST)
        tables.append(f'<table:table table:name="{first["sheet"]}">{"".join(lines)}</table:table>')
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = f'{start}<office:document-content {NAMES} office:version="1.2">{STYLES}{body}</office:document-content>'
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, text in (("mimetype", KIND), ("content.xml", xml), ("META-INF/manifest.xml", MANIFEST)):
            kind = zipfile.ZIP_STORED if member == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(member, (2025, 2, 3, 9, 0, 0)), text, kind)
    return folder / name
