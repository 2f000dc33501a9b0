"""What the fourth held-out documents print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.corpus.printed import printed as printed_by

printed = partial(printed_by, Path(__file__).parent)
"""The printed rows of the documents: what stands in each cell, as the body would have typed it."""
