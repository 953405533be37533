"""What hostile or broken browsers send: forms of other sites, keys of nothing, garbage. Never a fault of ours."""

import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.house.routes import ROWS
from tests.house.town import Town
from tests.house.visiting import FIELDS, GIVEN, PATTERNS, USUAL, address, ask

BY_KEY = {"open311:requests", "open311:updates", "notify:receipts", "payments:told"} | {
    row.route for row in ROWS if row.route.startswith("api-1:")
}
"""Called by machines, which send a key of ours instead of a form's; a cookie opens none of them. `payments:told` takes
nobody's word, and only makes us ask the provider."""
POSTS = [row for row in ROWS if row.method == "POST"]
GETS = [row for row in ROWS if row.method == "GET"]
NAMED = [name for name in PATTERNS if GIVEN.get(name) or set(PATTERNS[name].pattern.regex.groupindex) & set(USUAL)]
WORDS = {
    "code": "no-such-thing", "reference": "ZZZZ-ZZZ", "key": "not-signed", "status": "no-such-status",
    "breakdown": "moon", "size": "full",
    "question_code": "none", "role": "nobody", "number": 99, "zoom": 40, "column": 9_999_999, "row": 9_999_999,
    "kind": "exe", "form": "exe", "token": "no-such-token", "secret": "no-such-secret",
}  # fmt: skip
PARAMETERS = [
    "q",
    "text",
    "typed",
    "page",
    "sort",
    "order",
    "by",
    "team",
    "ward",
    "status",
    "category",
    "kind",
    "channel",
    "who",
    "person",
    "period",
    "weeks",
    "from",
    "to",
    "since",
    "until",
    "start",
    "limit",
    "size",
    "after",
    "before",
    "cursor",
    "bbox",
    "zoom",
    "z",
    "e",
    "n",
    "w",
    "h",
    "x",
    "y",
    "easting",
    "northing",
    "scale",
    "pins",
    "lat",
    "long",
    "lon",
    "lang",
    "language",
    "next",
    "case",
    "reference",
    "service_code",
    "service_request_id",
    "start_date",
    "end_date",
    "page_size",
    "jurisdiction_id",
    "api_key",
    "extensions",
    "late",
    "mine",
    "view",
    "list",
    "code",
    "number",
    "cases",
    "selected",
    "outcome",
    "reason",
    "version",
    "expected",
    "email",
    "phone",
    "name",
    "postcode",
    "draft",
    "photo",
]
FORM_FIELDS = [
    "about",
    "says",
    "to",
    "task",
    "title",
    "password",
    "one_time_code",
    "address",
    "token",
    "decision",
    "look",
    "how",
]
GARBAGE = {
    "a zero byte": "a\x00b", "a negative number": "-1", "a huge number": "9" * 40, "no number": "NaN", "endless": "inf",
    "quotes": "'\");--<b>%s{{7*7}}", "half a surrogate": "\udc80", "brackets": "[[[", "a long word": "x" * 6000,
    "commas": "1,2,3,4,5", "a moment": "2026-13-45T99:99:99Z",
}  # fmt: skip


@pytest.fixture(scope="module")
def cookies(town: Town) -> dict[str, Any]:
    """What the browsers of an administrator and of the reporter have after signing in."""
    return {role: town.browser(role).cookies for role in ("administrator", "resident")}


def browser(cookies: dict[str, Any], role: str, **options: Any) -> Client:
    """A browser of somebody who is signed in."""
    client = Client(raise_request_exception=False, **options)
    client.cookies = copy.copy(cookies[role])
    return client


def answered(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> str:
    """What is answered; what it changed is taken back."""
    with transaction.atomic():
        answer = ask(client, method, path, data)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("row", [row for row in POSTS if row.route not in BY_KEY], ids=lambda row: row.route)
def test_a_form_of_another_site_is_refused(row: Any, town: Town, cookies: dict[str, Any]) -> None:
    for role in ("administrator", "resident"):
        client = browser(cookies, role, enforce_csrf_checks=True)
        assert answered(client, "POST", address(row.route, town)) == "403"


def nothing_there(name: str) -> str:
    """The address of a route with keys of nothing."""
    converters = PATTERNS[name].pattern.converters if hasattr(PATTERNS[name].pattern, "converters") else {}
    wanted = set(GIVEN.get(name, {})) or set(PATTERNS[name].pattern.regex.groupindex) & set(USUAL)
    is_uuid = {key: type(converters.get(key)).__name__ == "UUIDConverter" for key in wanted}
    return reverse(name, kwargs={key: uuid4() if is_uuid[key] else WORDS.get(key, "no-such-thing") for key in wanted})


@pytest.mark.parametrize("name", NAMED)
def test_a_key_of_nothing_finds_nothing(name: str, cookies: dict[str, Any]) -> None:
    try:
        path = nothing_there(name)
    except NoReverseMatch:
        return
    for role in ("administrator", "resident"):
        for method in ("GET", "POST"):
            assert not answered(browser(cookies, role), method, path).startswith("5"), (role, method)


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.route)
def test_a_page_bears_garbage_in_its_address(row: Any, town: Town, cookies: dict[str, Any]) -> None:
    client = browser(cookies, "administrator")
    path = address(row.route, town)
    faults = [
        why
        for why, value in GARBAGE.items()
        if answered(client, "GET", path, dict.fromkeys(PARAMETERS, bearable(value))).startswith("5")
    ]
    assert faults == []


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.route)
def test_a_form_bears_garbage(row: Any, town: Town, cookies: dict[str, Any]) -> None:
    role = "resident" if row.answers["administrator"] == "404" else "administrator"
    path = address(row.route, town)
    faults = []
    for why, value in GARBAGE.items():
        sent = FIELDS | dict.fromkeys([*PARAMETERS, *FORM_FIELDS], bearable(value))
        if answered(browser(cookies, role), "POST", path, sent).startswith("5"):
            faults.append(why)
    assert faults == []


def bearable(value: str) -> str:
    """The value as the test client can send it: bytes that are no letters come as the sign for that."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
