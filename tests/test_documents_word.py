"""Word files become lines and tables; they are made by python-docx, and by hand where it cannot make them."""

from __future__ import annotations

import io
import runpy
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from planweave.documents import Document, Line

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))
covered, fills, outside, shape, tables = grids.covered, grids.fills, grids.outside, grids.shape, grids.tables

NAMESPACES = (
    f"{nsdecls('w', 'wp', 'a', 'r')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
    " xmlns:v='urn:schemas-microsoft-com:vml'"
)


def saved(made: Any, folder: Path, name: str = "plan.docx") -> Document:
    data = io.BytesIO()
    made.save(data)
    document: Document = grids.opened(folder, data.getvalue(), name)
    return document


def body(folder: Path, xml: str) -> Document:
    """A document with a body written by hand."""
    made = docx.Document()
    root = parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")
    for element in reversed(list(root)):
        made.element.body.insert(0, element)
    return saved(made, folder)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_headings_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    """Title and headings have levels, tables stand where they are printed."""
    made = docx.Document()
    made.add_heading("Plan", 0)
    made.add_paragraph("Intro")
    made.add_heading("Priority 1", 2)
    made.add_table(1, 2).cell(0, 1).text = "x"
    made.add_paragraph("End")
    document = saved(made, tmp_path)
    assert shape(document) == ["Plan", "Intro", "Priority 1", "table 1", "End"]
    assert [block.level for block in document.blocks if isinstance(block, Line)] == [1, None, 2, None]
    assert document.encoding == "binary"
    assert document.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_cells_merged_in_both_directions(tmp_path: Path) -> None:
    """Merged cells are one, top left; what they cover is known, and an empty cell is not covered."""
    made = docx.Document()
    grid = made.add_table(4, 4)
    grid.cell(0, 0).merge(grid.cell(0, 3)).text = "Housing"
    grid.cell(1, 0).merge(grid.cell(3, 0)).text = "P1"
    grid.cell(1, 1).merge(grid.cell(2, 2)).text = "both"
    grid.cell(3, 3).text = "z"
    document = saved(made, tmp_path)
    assert tables(document) == [[("Housing", "", "", ""), ("P1", "both", "", ""), ("", "", "", ""), ("", "", "", "z")]]
    assert covered(document) == [[[1, 2, 3], [2], [0, 1, 2], [0]]]


def test_lists_and_nested_tables_in_cells(tmp_path: Path) -> None:
    """Items of lists and rows of nested tables are lines of the cell."""
    made = docx.Document()
    grid = made.add_table(2, 2)
    grid.cell(0, 0).text = "Actions:"
    grid.cell(0, 0).add_paragraph("one", style="List Bullet")
    grid.cell(0, 0).add_paragraph("two", style="List Bullet")
    nested = grid.cell(0, 1).add_table(2, 2)
    for place, text in enumerate("abcd"):
        nested.cell(*divmod(place, 2)).text = text
    grid.cell(1, 0).text = "A\nB"
    grid.cell(1, 1).text = "x"
    assert tables(saved(made, tmp_path)) == [[("Actions:\n• one\n• two", "a | b\nc | d"), ("A\nB", "x")]]


def test_numbers_that_word_counts_are_text(tmp_path: Path) -> None:
    """A reference that is an automatic number of several levels is read as it is printed."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>"
            "<w:lvl w:ilvl='0'><w:start w:val='2'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
            "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
            "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%3)'/></w:lvl>"
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='91'><w:abstractNumId w:val='90'/></w:num>"))

    def numbered(text: str, level: int) -> str:
        return paragraph(text, f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='91'/></w:numPr></w:pPr>")

    def numbered_cell(level: int) -> str:
        return f"<w:tc><w:tcPr/>{numbered('', level)}</w:tc>"

    xml = (
        numbered("Prevention", 0)
        + table(numbered_cell(1) + cell("Open"), numbered_cell(1) + cell("Close"))
        + numbered("Recovery", 0)
        + table(numbered_cell(1) + f"<w:tc><w:tcPr/>{numbered('this', 2)}{numbered('that', 2)}</w:tc>")
    )
    root = parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")
    for element in reversed(list(root)):
        made.element.body.insert(0, element)
    document = saved(made, tmp_path)
    assert outside(document) == ["2. Prevention", "3. Recovery"]
    assert tables(document) == [[("2.1", "Open"), ("2.2", "Close")], [("3.1", "a) this\nb) that")]]


def test_numbered_lists_of_a_style_count_and_bullets_stay(tmp_path: Path) -> None:
    """A list that its style makes is numbered as well."""
    made = docx.Document()
    for text, style in (("x", "List Number"), ("y", "List Number"), ("z", "List Bullet")):
        made.add_paragraph(text, style=style)
    assert outside(saved(made, tmp_path)) == ["1. x", "2. y", "• z"]


def test_tracked_changes_are_taken_as_made(tmp_path: Path) -> None:
    """Insertions are text, deletions are not, also of whole rows; that there are changes is said."""
    by = "w:id='1' w:author='A' w:date='2024-01-01T00:00:00Z'"
    xml = table(
        "<w:tc><w:tcPr/><w:p><w:r><w:t xml:space='preserve'>Open </w:t></w:r>"
        f"<w:del {by}><w:r><w:delText>old</w:delText></w:r></w:del><w:ins {by}><w:r><w:t>new</w:t></w:r></w:ins>"
        "</w:p></w:tc>" + cell("x"),
        f"<w:trPr><w:ins {by}/></w:trPr>" + cell("added") + cell("y"),
        f"<w:trPr><w:del {by}/></w:trPr>" + cell("gone") + cell("z"),
    )
    document = body(tmp_path, xml)
    assert tables(document) == [[("Open new", "x"), ("added", "y")]]
    assert document.hidden == ("it has tracked changes: what was put in is read, what was deleted is left out",)


def test_content_controls_are_read(tmp_path: Path) -> None:
    """Controls around words, cells, rows and tables change nothing, nor do bookmarks in between."""

    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    mark = "<w:bookmarkStart w:id='1' w:name='m'/><w:bookmarkEnd w:id='1'/>"
    merged = "<w:vMerge w:val='restart'/>"
    rows = (
        f"<w:tr>{cell('P1', merged)}{mark}{control(cell('Open'))}</w:tr>"
        + mark
        + control(
            f"<w:tr>{cell('', '<w:vMerge/>')}"
            f"<w:tc><w:tcPr/><w:p>{control('<w:r><w:t>May</w:t></w:r>')}</w:p></w:tc></w:tr>"
        )
    )
    document = body(tmp_path, control(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>") + control(paragraph("End")))
    assert tables(document) == [[("P1", "Open"), ("", "May")]]
    assert covered(document) == [[[], [0]]]
    assert outside(document) == ["End"]


def test_cells_a_row_leaves_out_keep_its_cells_in_place(tmp_path: Path) -> None:
    """A row that begins or ends further in keeps its cells under their columns; old merging to the right is merging."""
    xml = table(
        cell("a") + cell("b") + cell("c"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("d") + cell("e"),
        "<w:trPr><w:gridAfter w:val='2'/></w:trPr>" + cell("f"),
        cell("g", "<w:hMerge w:val='restart'/>") + cell("", "<w:hMerge/>") + cell("h"),
    )
    document = body(tmp_path, xml)
    assert tables(document) == [[("a", "b", "c"), ("", "d", "e"), ("f", "", ""), ("g", "", "h")]]
    assert covered(document) == [[[], [], [], [1]]]


def test_colours_of_cells_are_words(tmp_path: Path) -> None:
    """A shaded cell has a colour, with text or without; an automatic shade is none."""

    def shade(fill: str) -> str:
        return f"<w:shd w:val='clear' w:color='auto' w:fill='{fill}'/>"

    xml = table(
        cell("Action") + cell("RAG"),
        cell("Open", shade("auto")) + f"<w:tc><w:tcPr>{shade('00B050')}</w:tcPr><w:p/></w:tc>",
        cell("Close") + cell("late", shade("FF0000")),
    )
    document = body(tmp_path, xml)
    assert tables(document) == [[("Action", "RAG"), ("Open", ""), ("Close", "late")]]
    assert fills(document) == [[(), ("", "green"), ("", "red")]]


def test_text_boxes_are_lines_once(tmp_path: Path) -> None:
    """The text of a box stands behind its paragraph, once, in whichever way the box is written."""
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    shape_ = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    drawing = (
        f"<w:drawing><wp:inline><a:graphic><a:graphicData>{shape_}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    picture = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    choice = f"<mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    for way in (drawing, picture, both):
        document = body(tmp_path, f"<w:p><w:r><w:t>Before</w:t></w:r><w:r>{way}</w:r></w:p>" + paragraph("After"))
        assert outside(document) == ["Before", "In a box", "After"]


def test_hidden_text_is_left_out_and_named(tmp_path: Path) -> None:
    """Text that is not printed is not read, and that there is some is said."""
    document = body(
        tmp_path,
        "<w:p><w:r><w:t xml:space='preserve'>Shown </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>too</w:t></w:r></w:p>",
    )
    assert document.printed == "Shown too"
    assert document.hidden == ("some of its text is hidden: it is left out",)


def test_comments_notes_and_margins_come_last(tmp_path: Path) -> None:
    """What is written beside the text is kept behind it, and leaves no mark in it."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Council"
    line = made.add_paragraph("Open a hub")
    made.add_comment(line.runs, text="Really?", author="Ann", initials="A")
    assert outside(saved(made, tmp_path)) == ["Open a hub", "Comment 1: Really?", "Council"]


def test_a_style_of_ones_own_can_be_a_heading(tmp_path: Path) -> None:
    """A style that is based on a heading has its level."""
    made = docx.Document()
    style = made.styles.add_style("Priority", 1)
    style.base_style = made.styles["Heading 3"]
    made.add_paragraph("P1", style="Priority")
    assert saved(made, tmp_path).blocks == (Line("P1", 1, None, 3),)


def test_macros_are_named_and_not_read(tmp_path: Path) -> None:
    """A file with macros is read, and says that they were not run."""
    data = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("Plan")
    made.save(data)
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    document = grids.opened(tmp_path, data.getvalue(), "plan.docm")
    assert (document.printed, document.hidden) == ("Plan", ("it has macros: they are neither run nor read",))
    assert document.media_type == "application/vnd.ms-word.document.macroEnabled.12"


@pytest.mark.parametrize("name", ["plan.txt", "plan.pdf", "plan"])
def test_a_word_file_is_one_by_any_name(tmp_path: Path, name: str) -> None:
    """The name does not matter."""
    made = docx.Document()
    made.add_paragraph("Plan")
    assert saved(made, tmp_path, name).printed == "Plan"
