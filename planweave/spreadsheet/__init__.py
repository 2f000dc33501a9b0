"""Excel workbooks, and the only door to xlsxwriter: sheets of any table, and the workbook of records."""

from __future__ import annotations

from planweave.spreadsheet.plans import write_workbook
from planweave.spreadsheet.sheets import CELL_CHARACTERS, SHEET_ROWS, Looks, Sheet, opened_workbook

__all__ = ["CELL_CHARACTERS", "SHEET_ROWS", "Looks", "Sheet", "opened_workbook", "write_workbook"]
