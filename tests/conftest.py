"""What several tests share."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium; a test that needs one fails without it and is never skipped."""
    found: str | None = runpy.run_path(str(Path(__file__).with_name("chromium.py")))["find"]()
    if found is None:
        pytest.fail("There is no Chromium for the tests of pages; run: python tests/chromium.py", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Open the Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium)
        yield opened
        opened.close()
