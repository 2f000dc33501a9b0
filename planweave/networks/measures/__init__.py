"""Measures of networks: who carries how much, on whom much hangs, what stands alone; each said in words."""

from planweave.networks.measures.measure import MOST_EXACT, measure, measures_of
from planweave.networks.measures.tables import Column, Figure, Measures, Table, Value

__all__ = ["MOST_EXACT", "Column", "Figure", "Measures", "Table", "Value", "measure", "measures_of"]
