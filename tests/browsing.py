"""What the tests of pages share: the elements of a page, and a visit to it in a browser without a network."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

Tag = tuple[str, dict[str, str | None]]
ON_PHONES: Final = ("target-size", "scrollable-region-focusable", "meta-viewport")
"""The rules of axe that a narrow window can break where a wide one keeps them."""


class Tags(HTMLParser):
    """Gathers the elements of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a piece of text."""
        self.text += data

    def values(self, attribute: str) -> list[str]:
        """Give every value of an attribute."""
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


class Visit:
    """A page in a browser without a network, and what it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, height: int = 900) -> None:
        context = browser.new_context(offline=True, viewport={"width": width, "height": height})
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with a page, by all of its rules or by these: the rule, and the element."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where pages are looked at

    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
