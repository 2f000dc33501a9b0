"""What the sixth held-out documents print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.corpus.printed import printed as printed_by

printed = partial(printed_by, Path(__file__).parent)
