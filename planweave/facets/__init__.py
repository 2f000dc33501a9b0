"""A columnar index of the actions of a build: filtered, counted, sorted and paged in milliseconds, also of a million.

It is made from the records, holds nothing they do not say, and is made again where it is missing, damaged or of another
state of a plan. Only this package knows NumPy.
"""

from planweave.facets.about import About
from planweave.facets.choices import FACETS, NONE, Choices
from planweave.facets.finding import FoundMarks, marks_of
from planweave.facets.index import ActionIndex, open_index
from planweave.facets.making import make_index
from planweave.facets.rows import ActionRow
from planweave.facets.selecting import Count, Selection
from planweave.facets.times import Grid, Months

__all__ = [
    "FACETS",
    "NONE",
    "About",
    "ActionIndex",
    "ActionRow",
    "Choices",
    "Count",
    "FoundMarks",
    "Grid",
    "Months",
    "Selection",
    "make_index",
    "marks_of",
    "open_index",
]
