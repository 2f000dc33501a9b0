"""Web pages become lines and tables: spans, lists, nested tables, boxes that are tables, and the site around them."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planweave.documents import Document, Line
from planweave.documents.html import blocks_of_html
from planweave.documents.spans import Spanning, laid_out

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))
covered, fills, outside, shape, tables = grids.covered, grids.fills, grids.outside, grids.shape, grids.tables


def page(folder: Path, body: str) -> Document:
    document: Document = grids.opened(folder, f"<!DOCTYPE html><html><body>{body}</body></html>", "plan.html")
    return document


def test_cells_that_span_rows_and_columns(tmp_path: Path) -> None:
    """A spanning cell's text stands top left, what it covers is empty and known to be covered."""
    document = page(
        tmp_path,
        "<table><tr><th rowspan=2>Ref<th rowspan=2>Action<th colspan=2>When</tr><tr><th>Start<th>End</tr>"
        "<tr><td rowspan=2>1.1<td>Open<td>May<td></tr><tr><td>Close<td colspan=2>June</tr></table>",
    )
    assert tables(document) == [
        [
            ("Ref", "Action", "When", ""),
            ("", "", "Start", "End"),
            ("1.1", "Open", "May", ""),
            ("", "Close", "June", ""),
        ]
    ]
    assert covered(document) == [[[3], [0, 1], [], [0, 3]]]


def test_a_span_ends_with_its_part_of_the_table(tmp_path: Path) -> None:
    """Rows spanned beyond the body do not reach into the foot, nought spans all that are left, a foot comes last."""
    document = page(
        tmp_path,
        "<table><tfoot><tr><td>F<td>G</tr></tfoot><tbody><tr><td rowspan=99>a<td>b</tr><tr><td>c</tr></tbody>"
        "<tbody><tr><td rowspan=0>d<td>e</tr><tr><td>f</tr></tbody></table>",
    )
    assert tables(document) == [[("a", "b"), ("", "c"), ("d", "e"), ("", "f"), ("F", "G")]]
    assert covered(document) == [[[], [0], [], [0], []]]


def test_columns_that_no_cell_begins_in_are_none(tmp_path: Path) -> None:
    """A title that is said to span a hundred columns makes no hundred columns."""
    document = page(tmp_path, "<table><tr><td colspan=100>Plan</tr><tr><td>a<td>b</tr></table>")
    assert tables(document) == [[("Plan", ""), ("a", "b")]]
    assert covered(document) == [[[1], []]]


def test_lists_and_breaks_in_cells_are_lines(tmp_path: Path) -> None:
    """Items stand on lines of their own behind bullets, or their numbers; breaks and paragraphs break lines."""
    document = page(
        tmp_path,
        "<table><tr><td>Open:<ul><li>one <b>and</b>\n half</li><li><p>two</p><ol type=a><li>x<li>y</ol></ul>"
        "<td>A<br>B<p>C</p>D<td><ol start=3><li>c<li>d</ol><td>&nbsp;<td>• own</tr></table>",
    )
    assert tables(document) == [[("Open:\n• one and half\n• two\na. x\nb. y", "A\nB\nC\nD", "3. c\n4. d", "", "• own")]]


def test_a_table_in_a_cell_is_lines_of_the_cell(tmp_path: Path) -> None:
    """Each row of a nested table is a line of the cell it stands in, and no row of the table around it."""
    inner = "<table><tr><td>Phase 1<td>May</tr><tr><td>Phase 2<td>June</tr></table>"
    document = page(
        tmp_path,
        f"<table><tr><th>Ref<th>Action<th>Lead</tr><tr><td>1<td>Build{inner}ready<td>Ann</tr>"
        "<tr><td>2<td>Sell<td>Bob</tr></table>",
    )
    assert tables(document) == [
        [("Ref", "Action", "Lead"), ("1", "Build\nPhase 1 | May\nPhase 2 | June\nready", "Ann"), ("2", "Sell", "Bob")]
    ]


def test_a_table_that_is_only_layout_is_not_one(tmp_path: Path) -> None:
    """A table that puts a menu beside the plan is read as if it were not there."""
    inner = "<table><tr><th>Ref<th>Action</tr><tr><td>1<td>Open</tr></table>"
    document = page(tmp_path, f"<table><tr><td>Menu<td><h1>Plan</h1>{inner}</tr></table>")
    assert shape(document) == ["Menu", "Plan", "table 1"]
    assert tables(document) == [[("Ref", "Action"), ("1", "Open")]]


def test_headings_have_levels_and_captions_are_lines(tmp_path: Path) -> None:
    """Headings carry their level, captions stand above their table, several tables are several."""
    document = page(
        tmp_path,
        "<h1>Plan</h1>text<h3>Part</h3><table><caption>Table A</caption><tr><td>1<td>2</table>"
        "<p>between</p><table><tr><td>3<td>4</table>",
    )
    assert [(block.text, block.level) for block in document.blocks if isinstance(block, Line)] == [
        ("Plan", 1),
        ("text", None),
        ("Part", 3),
        ("Table A", None),
        ("between", None),
    ]
    assert shape(document) == ["Plan", "text", "Part", "Table A", "table 1", "between", "table 2"]


def test_lines_and_rows_are_numbered_as_they_are_printed(tmp_path: Path) -> None:
    """A row's line is that of its first letter in the printed text."""
    document = page(tmp_path, "<h1>Plan</h1><table><tr><td>a<br>b<td>c</tr><tr><td>d<td>e</tr></table>end")
    assert document.printed == "Plan\na\nb\tc\nd\te\nend"
    (table,) = document.tables()
    assert [row.line for row in table.rows] == [2, 4]
    assert document.blocks[-1] == Line("end", 5)


def test_what_is_of_the_site_comes_last(tmp_path: Path) -> None:
    """Menus, banner, breadcrumbs and foot are kept as lines behind the page, scripts and styles are no text."""
    document = page(
        tmp_path,
        "<style>p {}</style><a href=#m>Skip to content</a><header><a>Council</a></header><nav><ul><li>Home</ul></nav>"
        "<main><script>var a</script><h1>Plan</h1><table><tr><td>1<td>2</table></main><footer>© 2024</footer>",
    )
    assert shape(document) == ["Plan", "table 1", "Skip to content", "Council", "• Home", "© 2024"]


def test_a_header_that_has_the_title_is_of_the_page(tmp_path: Path) -> None:
    """Without a main part, a header with the page's title comes first, and the title of the window is not read."""
    document = page(tmp_path, "<header><h1>Plan</h1></header><nav>Menu</nav><p>Text</p>")
    assert shape(document) == ["Plan", "Text", "Menu"]


def test_a_page_without_headings_has_the_title_of_its_window(tmp_path: Path) -> None:
    """The window's title stands first where the page itself names none."""
    document = grids.opened(tmp_path, "<html><head><title>My\n plan</title></head><p>Text</p></html>", "plan.txt")
    assert document.blocks[:2] == (Line("My plan", 1, None, 1), Line("Text", 2))


def test_definition_lists_that_are_records_are_tables(tmp_path: Path) -> None:
    """Lists of pairs with the same labels are rows; a glossary is lines."""
    document = page(
        tmp_path,
        "<dl><dt>CGL<dd>Change Grow Live<dt>Hub<dd>a place</dl>"
        "<dl><dt>Action:<dd>Open<dt>Lead:<dd>Ann</dl><dl><dt>Action:<dd>Close<ul><li>a</ul><dt>Lead:<dd>Bob</dl>"
        "<h2>More</h2><dl><div><dt>Ref<dd>1</div><div><dt>Due<dd>May</div><dt>Ref<dd>2<dt>Due<dd>June</dl>",
    )
    assert shape(document) == ["CGL – Change Grow Live", "Hub: a place", "table 1", "More", "table 2"]
    assert tables(document) == [
        [("Action", "Lead"), ("Open", "Ann"), ("Close\n• a", "Bob")],
        [("Ref", "Due"), ("1", "May"), ("2", "June")],
    ]


@pytest.mark.parametrize(
    "body",
    [
        (
            "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Ref</span>"
            "<span role=columnheader>Action</span></div></div><div role=row><span role=cell>1</span>"
            "<span role=cell>Open</span></div></div>"
        ),
        (
            "<div style='display: table'><div style='display:table-row'><p style='display:table-cell'>Ref</p>"
            "<p style='display:table-cell'>Action</p></div><div style='display:table-row'>"
            "<p style='display:table-cell'>1</p><p style='display:table-cell'>Open</p></div></div>"
        ),
    ],
)
def test_boxes_that_say_they_are_tables(tmp_path: Path, body: str) -> None:
    """Boxes with the roles, or the style, of tables are tables."""
    assert tables(page(tmp_path, body)) == [[("Ref", "Action"), ("1", "Open")]]


def test_boxes_in_plain_rows_and_columns_are_a_table(tmp_path: Path) -> None:
    """Boxes of the same classes in rows of the same length are a table; cards with headings are none."""
    row = "<div class=r><div class=a>{}</div><div class=b>{}</div><div class=c>{}</div></div>"
    rows = "".join(row.format(*cells) for cells in ("123", "456"))
    document = page(
        tmp_path, f"<div><div class=h><b>Ref</b><b>Due</b><b>Who</b></div>{rows}</div>".replace("b>", "div>")
    )
    assert tables(document) == [[("Ref", "Due", "Who"), ("1", "2", "3"), ("4", "5", "6")]]
    card = "<div class=card><h3>One</h3><p class=x>text</p><p class=y>more</p></div>"
    assert tables(page(tmp_path, f"<div>{card * 4}</div>")) == []


def test_colours_and_pictures_of_cells(tmp_path: Path) -> None:
    """A cell's background is a word, by style, attribute or class; a cell that is a picture is what it shows."""
    document = page(
        tmp_path,
        "<table><tr><td style='background-color: #00B050'><td bgcolor=red>x<td class='rag rag-amber'>"
        "<td><span style='background:rgb(255,255,0)'></span><td><img alt='On track'><td style='color:red'>y</table>",
    )
    assert tables(document) == [[("", "x", "", "", "On track", "y")]]
    assert fills(document) == [[("green", "red", "amber", "yellow", "", "")]]


def test_what_is_hidden_is_named(tmp_path: Path) -> None:
    """A folded part is read, a hidden row of a table is not; both are said."""
    document = page(
        tmp_path,
        "<div style='display:none'><h2>Part 2</h2></div><div hidden></div>"
        "<table><tr><td>1<td>2</tr><tr hidden><td>3<td>4</tr><tr><td>5<td style='display:none'>6<td>7</tr></table>",
    )
    assert outside(document) == ["Part 2"]
    assert tables(document) == [[("1", "2"), ("", ""), ("5", "7")]]
    assert document.hidden == (
        "1 row of a table is hidden: it is left out",
        "1 cell of a table is hidden: it is left out",
        "a part of the page is not shown until it is asked for: it is read",
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<html><p>é £ –</p></html>".encode(), "utf-8"),
        ("<html><meta charset='iso-8859-1'><p>é £ –</p></html>".encode("cp1252"), "cp1252"),
        ("<html><meta charset=utf-16><p>é £ –</p></html>".encode("utf-16"), "utf-16"),
        ("<html><meta charset=cp850><p>é £ </p></html>".encode("cp850"), "cp850"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<html><p>é £ –</p></html>'.encode("utf-8-sig"), "utf-8-sig"),
    ],
)
def test_encodings_of_pages(tmp_path: Path, data: bytes, encoding: str) -> None:
    """A page is UTF-8 where it can be, else what it says it is."""
    document = grids.opened(tmp_path, data, "plan.html")
    assert (document.printed.rstrip("– "), document.encoding) == ("é £", encoding)


@pytest.mark.parametrize(
    "opening",
    [
        "<!doctype HTML>",
        "<!-- saved -->\n<table>",
        "\n<html lang=en>",
        "<h1>",
        "<p class='x'>",
        "<?xml version='1.0'?><html>",
    ],
)
def test_a_page_is_told_by_how_it_begins(tmp_path: Path, opening: str) -> None:
    """A page is one whatever its name, and a fragment of one as well."""
    assert grids.opened(tmp_path, f"{opening}text", "plan.txt").media_type == "text/html"


@pytest.mark.parametrize("text", ["<ul>\tx\n<li>\ty", "a <table>", "<plan>\n", "1 < 2", "<pillar> one"])
def test_marks_in_plain_text_make_no_page(tmp_path: Path, text: str) -> None:
    """A text with marks in it is text, unless it begins as a page does."""
    expected = "text/html" if text.startswith("<ul>") else "text/plain"
    assert grids.opened(tmp_path, text, "plan.html").media_type == expected


WORDS = st.text("abcXYZ19é", min_size=1, max_size=4)
TAGS = st.sampled_from(["p", "div", "b", "ul", "li", "td", "tr", "table", "h2", "span", "nav", "dl", "dt", "dd", "ol"])
TREE = st.recursive(
    WORDS,
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{' '.join(node[1])}</{node[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TREE, max_size=6))
def test_no_letter_of_a_page_is_lost(trees: list[str]) -> None:
    """Whatever the elements are nested in, every letter of the page's text is in a line or a cell."""
    from lxml import etree  # noqa: PLC0415

    text = f"<html><body>x {' '.join(trees)}</body></html>"
    blocks, _ = blocks_of_html(text)
    found = "".join(
        block.text if isinstance(block, Line) else "".join("".join(row.cells) for row in block.rows) for block in blocks
    )
    written = "".join(etree.fromstring(text, etree.HTMLParser()).itertext())
    assert set(letters(found) - letters(written)) <= set("0123456789"), "only the numbers of lists are added"
    assert letters(written) - letters(found) == Counter()


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter.isalnum())


def test_spans_that_overlap_lose_nothing() -> None:
    """Where spans run into each other, each cell keeps a place of its own."""
    rows = laid_out([[Spanning("a", 1, 2), Spanning("b", 1, 3)], [Spanning("c", 3, 1)], [Spanning("d"), Spanning("e")]])
    assert [row.cells for row in rows] == [("a", "b", ""), ("", "", "c"), ("d", "", "e")]
    assert [sorted(row.covered) for row in rows] == [[], [0, 1], [1]]
