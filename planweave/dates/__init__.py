"""Printed dates → EDTF (ISO 8601-2), with the precision that was printed; and EDTF → first and last day.

The grammar is that of British plans: "March 2024", "31-Mar-25", "JAN 23", "January2023", "end of 2022",
"Summer 2023", "March 2023 onwards", "up to 2025", "April 2022 and 2023", "Q3 2024/25", "FYE 24/25",
"01/04/2024" with the day first. A two-digit number after a month is a year. Nothing is guessed: what the
grammar does not know is not a date, and neither is what can be read in two ways ("Q3 2024" and "FY 2024"
without their second year, "March 2024/25") nor a day that is in no calendar ("31/02/2025").
"""

from planweave.dates.edtf import bounds, is_edtf
from planweave.dates.openings import Opening, opening_date
from planweave.dates.printed import Printed, find_dates
from planweave.dates.timescales import read_edtf

__all__ = ["Opening", "Printed", "bounds", "find_dates", "is_edtf", "opening_date", "read_edtf"]
