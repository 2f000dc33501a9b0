"""A finished check report, for people and machines: CSV, JSON, Excel, a page, the terminal, a notebook.

Nothing here works out a finding; :mod:`planweave.findings` says what one is. Each way of showing goes
through the plans one at a time, and where it does not show everything, it says so and where the rest is.
"""

from __future__ import annotations

from planweave.reporting.files import SUFFIXES, write_findings, write_findings_csv, write_findings_json

__all__ = ["SUFFIXES", "write_findings", "write_findings_csv", "write_findings_json"]
