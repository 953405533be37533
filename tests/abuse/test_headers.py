"""What every answer says to the browser, at every address: no foreign code, no frames, no guessing of kinds."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from tests.house.routes import ROWS
from tests.house.town import Town
from tests.house.visiting import address

GETS = [row for row in ROWS if row.method == "GET" and row.route not in {"live:stream"}]
STRICT = {
    "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "connect-src": ["'self'"],
    "form-action": ["'self'"], "frame-ancestors": ["'none'"], "base-uri": ["'none'"],
}  # fmt: skip


class Looker(HTMLParser):
    """Collects whatever a strict policy would stop: scripts and styles that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type") != "application/json"):
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name, _value in attrs if name == "style" or name.startswith("on")]
        self.inline += [f"{tag} {name}" for name, value in attrs if (value or "").strip().startswith("javascript:")]
        if tag in {"script", "link", "img", "iframe", "object", "embed"}:
            where = given.get("src") or given.get("href") or given.get("data") or ""
            self.foreign += [where] if re.match(r"(?:https?:)?//", where) else []


def policy(text: str) -> dict[str, list[str]]:
    """A Content-Security-Policy by directive."""
    return {words[0]: words[1:] for part in text.split(";") if (words := part.split())}


@pytest.fixture(scope="module")
def browsers(town: Town) -> dict[str, Client]:
    """A visitor's, a resident's and an administrator's."""
    return {role: town.browser(role) for role in ("nobody", "resident", "administrator")}


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.route)
def test_an_answer_lets_no_foreign_code_in(row: Any, town: Town, browsers: dict[str, Client]) -> None:
    for role, client in browsers.items():
        answer = client.get(address(row.route, town))
        body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # pyright: ignore
        said = policy(answer.headers["Content-Security-Policy"])
        if not row.route.startswith("documents:"):
            assert {name: said.get(name) for name in STRICT} == STRICT, role
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=(self)" in answer.headers["Permissions-Policy"]
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            looker = Looker()
            looker.feed(body.decode())
            assert (looker.inline, looker.foreign) == ([], []), role


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.route)
def test_a_cookie_is_not_for_scripts_nor_for_other_sites(row: Any, town: Town, browsers: dict[str, Client]) -> None:
    for client in browsers.values():
        for name, cookie in client.get(address(row.route, town)).cookies.items():
            assert cookie["samesite"] in {"Lax", "Strict"}, name
            assert cookie["httponly"] or name.endswith("_csrf"), name


def test_behind_tls_browsers_are_told_to_stay_there(settings: Any, town: Town) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in Client().get("/").headers
