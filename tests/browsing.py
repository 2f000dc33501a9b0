"""What the tests of pages share: the elements of a page, and a visit to it in a browser without a network."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request

SCREENSHOTS: Final = Path(__file__).parent.parent / "screenshots"
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
    """A page in a browser without a network, and what it asked for and complained of.

    Where an earlier test has left its window, the page is opened in that: a window takes longer than a page.
    """

    open: ClassVar[list[Visit]] = []
    left: ClassVar[list[Page]] = []

    def __init__(self, browser: Browser, file: Path, width: int = 1280, height: int = 900) -> None:
        ours = [page for page in self.left if page.context.browser is browser]
        if ours:
            self.page: Page = ours[0]
            self.left.remove(self.page)
            self.page.set_viewport_size({"width": width, "height": height})
        else:
            context = browser.new_context(offline=True, viewport={"width": width, "height": height})
            self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", self._note_error)
        self.page.on("dialog", self._note_dialog)
        self.page.on("request", self._note_request)
        self.open.append(self)
        self.page.goto(file.as_uri())

    def _note_message(self, message: ConsoleMessage) -> None:
        self.said.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.said.append(str(error))

    def _note_dialog(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _leave(self) -> None:
        """Leave the window as it was when it was opened."""
        self.page.remove_listener("console", self._note_message)
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("dialog", self._note_dialog)
        self.page.remove_listener("request", self._note_request)
        self.page.emulate_media(media="null", color_scheme="null")
        self.page.mouse.move(-1, -1)
        self.page.goto("about:blank")
        self.left.append(self.page)

    @classmethod
    def leave_all(cls) -> None:
        """End the visits of a test."""
        while cls.open:
            cls.open.pop()._leave()


SAME_COLOURS: Final = """(() => {
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (words) {
    if (!known.has(words)) {
      parse.call(this, words);
      known.set(words, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(words);
    return this;
  };
})();"""
"""Lets axe read each colour once: on a long page it reads the same few thousands of times, a third of its work."""


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with a page, by all of its rules or by these: the rule, and the element."""
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415 - only where pages are looked at

    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(f"{AXE_SCRIPT};{SAME_COLOURS}")
    # Only what is wrong leaves the page: the whole answer names every rule there is.
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def keep_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture of a page, to be looked at, where PICTURES is set: it takes long and asserts nothing."""
    if os.environ.get("PICTURES"):
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
