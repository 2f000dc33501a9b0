"""The templates of planweave's pages, and the only door to Jinja: text is escaped, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

__all__ = ["render"]


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
    folder = files("planweave") / "pages"
    environment = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css = (folder / style).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    sheet = Markup(css)  # noqa: S704 - a file of this package, not a value
    return environment.get_template(template).render(policy=policy, sheet=sheet, **values)
