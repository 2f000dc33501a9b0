"""The templates of planweave's pages, and the only door to Jinja: text is escaped, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Templates", "island", "read", "render", "render_running"]

MEANT_BY_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What would end or change a script element, or a line of a script, as JSON writes it otherwise."""


def read(name: str) -> str:
    """Give a file of this folder."""
    return (files("planweave") / "pages" / name).read_text(encoding="utf-8")


def island(data: object) -> Markup:
    r"""Give data as JSON that can stand in a script element: no text in it can end that element.

    Examples
    --------
    >>> print(island(["</script>"]))
    ["\u003c/script\u003e"]
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(MEANT_BY_HTML)
    return Markup(text)  # noqa: S704 - it has no sign left that HTML knows


def render(template: str, style: str, **values: object) -> str:
    """Fill a template of this folder, as a page that stands alone.

    The page may load nothing and run nothing: its policy allows one style sheet, by its digest, and
    whatever stands in the values is text.

    Parameters
    ----------
    template
        The file name of the template.
    style
        The file name of the style sheet, which is written into the page.
    values
        What the template speaks of.
    """
    return _filled(template, style, (), values)


def render_running(template: str, style: str, scripts: Sequence[str], **values: object) -> str:
    """Fill a template of this folder, as a page that stands alone and runs these scripts, and no other.

    Its policy allows the style sheet and each script by its digest, and nothing else; it may load nothing.

    Parameters
    ----------
    template, style, values
        As for a page that runs nothing.
    scripts
        The scripts, as text; the template writes each into a script element of its own.

    Raises
    ------
    ValueError
        If a script holds the end of a script element.
    """
    if any("</script" in script.lower() for script in scripts):
        raise ValueError("A script that holds the end of a script element cannot be written into a page.")
    return _filled(template, style, scripts, values)


class Templates:
    """The templates of a site of many pages: escaped as every page is, its style sheets and scripts files of the site.

    Parameters
    ----------
    folder
        Where the templates are.
    known
        What every template can speak of.
    """

    def __init__(self, folder: Path, known: Mapping[str, object]) -> None:
        self._environment = _environment(folder)
        self._environment.globals.update(known)

    def filled(self, template: str, values: Mapping[str, object]) -> str:
        """Fill a template."""
        return self._environment.get_template(template).render(values)


def _environment(folder: Path | str) -> Environment:
    return Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _filled(template: str, style: str, scripts: Sequence[str], values: Mapping[str, object]) -> str:
    environment = _environment(str(files("planweave") / "pages"))
    css = read(style)
    running = f" script-src {' '.join(map(_digest, scripts))};" if scripts else ""
    policy = f"default-src 'none';{running} style-src {_digest(css)}; base-uri 'none'; form-action 'none'"
    own = {
        "sheet": Markup(css),  # noqa: S704 - a file of this package, not a value
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - files of packages, not values
    }
    return environment.get_template(template).render(policy=policy, **own, **values)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
