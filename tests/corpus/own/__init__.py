"""Documents that the reader is tuned on, with their truth: one module a family, a function a document."""

from tests.corpus.own import blocks, tables

DOCUMENTS = {**tables.DOCUMENTS, **blocks.DOCUMENTS}
"""Name → what writes the document into a folder and gives its path."""
