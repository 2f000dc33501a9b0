"""Documents that the reader is tuned on, with their truth: one module a family, a function a document."""

from tests.corpus.own import (
    blocks,
    full_books,
    full_pages,
    full_prints,
    full_word,
    further_office,
    further_print,
    tables,
)

DOCUMENTS = {
    **tables.DOCUMENTS,
    **blocks.DOCUMENTS,
    **full_prints.DOCUMENTS,
    **full_word.DOCUMENTS,
    **full_books.DOCUMENTS,
    **full_pages.DOCUMENTS,
    **further_office.DOCUMENTS,
    **further_print.DOCUMENTS,
}
"""Name → what writes the document into a folder and gives its path."""
