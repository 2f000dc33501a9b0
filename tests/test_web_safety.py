"""The workspace is safe on a shared machine: who may ask, under which name, what changes data, what a page may do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from planweave.web.app import PAGES, routes_of
from planweave.web.safety import CHANGES, changes
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from tests.serving import Site

READ_ONLY = {"/sparql"}
"""Takes a POST, for queries are long, and changes nothing."""


@pytest.fixture(scope="module")
def site(five_plans: Path) -> Iterator[Site]:
    """The five plans, served, and a form that changes something."""
    with served(five_plans, body=100_000) as site:

        @changes
        def changed(request: Request, form: FormData) -> PlainTextResponse:
            return PlainTextResponse(f"changed to {form['value']}")

        site.app.router.routes.append(Route("/change", changed, methods=["POST"]))
        yield site


def test_another_name_is_refused(site: Site) -> None:
    """A request under another name, as one whose name leads to this machine sends, gets nothing of the graph."""
    for host in ("example.org", f"example.org:{site.settings.port}", "127.0.0.1", "127.0.0.1:1", ""):
        reply = site.get("/", host=host)
        assert reply.status == 421, host
        assert b"Coventry" not in reply.body
    for host in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert site.get("/", host=f"{host}:{site.settings.port}").status == 200


def test_another_site_is_refused(site: Site) -> None:
    """What another site's page sends is refused, and so is what it loads; a link on it leads here all the same."""
    form = {"content-type": "application/x-www-form-urlencoded", "cookie": site.cookie}
    body = f"token={site.form_token()}&value=1".encode()
    for header in (
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": f"http://127.0.0.1:{site.settings.port + 1}"},
    ):
        assert site.request("POST", "/change", body, {**form, **header}).status == 403, header
    assert (
        site.request(
            "POST", "/change", body, {**form, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
        ).status
        == 403
    )
    assert site.get("/", sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert site.get("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200


def test_a_change_needs_the_token_twice(site: Site) -> None:
    """The cookie and the hidden field have both to be there, and right; a program without them changes nothing."""
    assert site.post("/change", value="1").text == "changed to 1"
    assert site.post("/change", by_user=False, value="1").status == 403
    assert site.post("/change", by_user=False, value="1", token=site.form_token()).status == 403
    assert site.post("/change", value="1", token="wrong").status == 403  # noqa: S106 - no secret
    assert site.post("/change", value="1", token=site.settings.token).status == 403
    assert site.post("/change", value="1", token="é").status == 403  # noqa: S106 - no secret


def test_the_printed_address_gives_the_browser_the_token(site: Site) -> None:
    """Opening it sets a cookie that no script and no other site sees, and takes the token out of the address."""
    reply = site.get(f"/?token={site.settings.token}")
    assert (reply.status, reply.headers["location"]) == (303, "/")
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith(site.cookie + ";")
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    wrong = site.get("/?token=guessed&sort=plan")
    assert (wrong.status, wrong.headers["location"]) == (303, "/?sort=plan")
    assert "set-cookie" not in wrong.headers


def test_every_answer_has_a_strict_policy(site: Site) -> None:
    """Pages, files, refusals and errors: nothing in a page runs, nothing is loaded from elsewhere, none is framed."""
    for reply in (
        site.get("/"),
        site.get("/nothing"),
        site.get("/static/site.css"),
        site.get("/", host="example.org"),
        site.request(
            "POST",
            "/change",
            b"x" * 200_000,
            {"content-type": "application/x-www-form-urlencoded", "cookie": site.cookie},
        ),
    ):
        policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"


def test_what_is_too_large_is_refused_with_a_sentence(site: Site) -> None:
    """A body above the limit is not taken, whether it says its length or not."""
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": site.cookie}
    reply = site.request("POST", "/change", b"value=" + b"x" * 100_001, headers)
    assert reply.status == 413
    assert "larger than this server takes" in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2fapp.py",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/vendor/ready.txt%00",
        "/static//etc/passwd",
        "/vendor/..%2f..%2ferrors.py",
        "/static/app.py",
    ],
)
def test_no_path_reaches_the_disk(site: Site, path: str) -> None:
    """Files are given by name from memory; steps out of their folder lead nowhere."""
    reply = site.get(path)
    assert reply.status == 404
    assert "import" not in reply.text


def test_every_route_that_takes_a_post_looks_at_the_token() -> None:
    """No endpoint that takes anything but a GET is without the look at the token, the read-only protocol apart."""
    for page in PAGES:
        for route in routes_of(page):
            if (route.methods or set()) - {"GET", "HEAD"} and route.path not in READ_ONLY:
                assert getattr(route.endpoint, CHANGES, False), route.path


def test_mistakes_are_pages_with_a_sentence(site: Site) -> None:
    """An unknown address and a wrong method are answered with a page of the workspace."""
    missing, wrong = site.get("/nothing"), site.request("DELETE", "/")
    assert (missing.status, wrong.status) == (404, 405)
    assert "There is no page at this address." in missing.text
    assert "does not take what was sent" in wrong.text
