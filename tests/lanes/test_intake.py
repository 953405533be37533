"""The hot lane and the pages' lane say the same and write the same."""
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.lanes.asking import Post, Reply, by_hot_lane, by_pages, form
from tests.lanes.council import SECRET, USUAL, council
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.actions import opening
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories as town
from townhall.kernel.identity.models import Person, Tally
from townhall.residents.open311.models import Receipt
from townhall.residents.open311.tests.factories import PLACE

TABLES = ("identity.Person", "cases.Case", "cases.Entry", "reports.Report", "outbox.Event", "open311.Receipt",
          "open311.RemotePhoto")  # fmt: skip
OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
REFERENCE = re.compile(r"[0-9A-Y]{4}-[0-9A-Y]{3}(?![0-9A-Z])")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)?")


def json_post(fields: dict[str, Any], **more: Any) -> Post:
    return Post(json.dumps(fields).encode(), content_type="application/json", **more)


def without(*names: str, **fields: Any) -> dict[str, Any]:
    return {name: value for name, value in (USUAL | fields).items() if name not in names}


OURS = {"X-Api-Key": SECRET}
CASES: dict[str, list[Post]] = {
    "a form": [form(USUAL)],
    "a form answered in XML": [form(USUAL, path="/open311/v2/requests.xml")],
    "JSON": [json_post(PLACE | {"service_code": "graffiti", "description": "Tags", "attribute":
             {"offensive": "no", "surface": "wall"}}, headers=OURS)],
    "JSON answered in XML": [json_post(USUAL, path="/open311/v2/requests.xml")],
    "a key in the address": [form(without("api_key"), path=f"/open311/v2/requests.json?api_key={SECRET}")],
    "Welsh": [form(USUAL, headers={"Accept-Language": "cy"})],
    "somebody with an address": [form(USUAL | {"email": "Nia@Example.org", "first_name": "Nia", "last_name": "Rees"})],
    "somebody with a telephone": [form(USUAL | {"phone": "07700 900123", "first_name": "Nia"})],
    "somebody whose address is none": [form(USUAL | {"email": "not an address"})],
    "the same person twice": [
        form(USUAL | {"email": "nia@example.org", "first_name": "Nia"}),
        form(USUAL | {"email": "NIA@example.org", "first_name": "nia", "description": "Another wall"}),
    ],
    "photos by address": [form(USUAL | {"media_url": ["https://photos.example/1.jpg", "https://photos.example/1.jpg"]})],
    "a title": [form(USUAL | {"title": "Paint"})],
    "another tier's": [form(PLACE | {"api_key": SECRET, "service_code": "pothole", "description": "A deep hole"})],
    "words of danger": [form(USUAL | {"description": "I want to kill myself here"})],
    "danger at another tier": [form(USUAL | {"service_code": "pothole", "description": "I want to kill myself here"})],
    "a sign that is no letter": [form(USUAL | {"description": "Paint \U0001f3a8 on the wall"})],
    "half a sign": [Post(json.dumps(USUAL | {"description": "\ud800"}).encode(), content_type="application/json")],
    "zero bytes in a form": [form(USUAL | {"description": "a\0b"})],
    "zero bytes in JSON": [json_post(USUAL | {"description": "a\0b", "media_url": "http://a\0b"})],
    "words to be taken out": [form(USUAL | {"description": "Ring me on 07700 900142. My name is Nia Rees."})],
    "no words": [form(USUAL | {"description": ""})],
    "a huge description": [form(USUAL | {"description": "x" * 6_000})],
    "a huge body": [form(USUAL | {"description": "x" * 200_000})],
    "a body beyond all": [form(USUAL | {"description": "x" * 3_000_000})],
    "nothing of ours": [form({"hello": "world"})],
    "no key": [form(without("api_key"))],
    "a wrong key": [form(USUAL | {"api_key": "wrong"})],
    "a key that may only read": [form(USUAL | {"api_key": "reads"})],
    "an ended key": [form(USUAL | {"api_key": "ended"})],
    "another authority's key": [form(USUAL | {"api_key": "county", "description": "From the county"})],
    "a key bound to another place": [form(USUAL | {"api_key": "bound", "jurisdiction_id": town.OURS})],
    "our jurisdiction": [form(USUAL | {"jurisdiction_id": town.OURS})],
    "another jurisdiction": [form(USUAL | {"jurisdiction_id": "elsewhere.example"})],
    "too many calls": [form(USUAL | {"api_key": "slow", "description": f"Wall {n}"}) for n in range(4)],
    "no such service": [form(USUAL | {"service_code": "nothing"})],
    "a service that stops": [form(USUAL | {"service_code": "stops"})],
    "a service that needs a name": [form(USUAL | {"service_code": "named"})],
    "no service": [form(without("service_code"))],
    "no place": [form(without("lat", "long"))],
    "an address in words": [form(without("lat", "long") | {"address_string": "Nowhere Avenue"})],
    "no numbers": [form(USUAL | {"lat": "north"})],
    "outside Britain": [form(USUAL | {"lat": "42.3", "long": "-71.1"})],
    "outside the council": [form(USUAL | {"lat": "51.5", "long": "-0.12"})],
    "a wrong answer": [form(USUAL | {"attribute[surface]": "sky"})],
    "no answer": [form(without("attribute[surface]", "attribute[offensive]"))],
    "no JSON": [Post(b"{", content_type="application/json", headers=OURS)],
    "a list": [Post(b"[]", content_type="application/json", headers=OURS)],
    "another kind of body": [Post(b"<a/>", content_type="text/xml", headers=OURS)],
    "twice the same body": [form(USUAL), form(USUAL)],
    "twice the same body, in two ways": [form(USUAL), json_post(USUAL)],
    "twice under one word": [form(USUAL, headers={"Idempotency-Key": "17"})] * 2,
    "another body under one word": [
        form(USUAL, headers={"Idempotency-Key": "17"}),
        form(USUAL | {"lat": "54.39"}, headers={"Idempotency-Key": "17"}),
    ],
    "a word that came with an error first": [
        form(USUAL | {"service_code": "nothing"}, headers={"Idempotency-Key": "17"}),
        form(USUAL, headers={"Idempotency-Key": "17"}),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(shared_database: str) -> Iterator[set[Any]]:
    """The council, and the keys of its people."""
    council()
    yield set(Person.objects.values_list("pk", flat=True))
    authority.forget()


@pytest.fixture
def fresh(made: set[Any]) -> Callable[[], None]:
    """Call it to forget everything that was sent."""

    def forget() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set townhall.redacting = 'on'")
            for name in TABLES[:0:-1]:
                apps.get_model(name).objects.all()._raw_delete("default")  # pyright: ignore
            Person.objects.exclude(pk__in=made).delete()
            cursor.execute("set townhall.redacting = 'off'")
        Tally.objects.all().delete()

    forget()
    return forget


def rows() -> dict[str, Any]:
    """Every row of the tables that a report touches, with keys and moments that differ each time told apart."""
    names: dict[str, str] = {}

    def same(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"<{len(names)}>")

    def plain(value: Any) -> str:
        text = MOMENT.sub("<moment>", str(value).replace(" ", "T", 1) if hasattr(value, "isoformat") else str(value))
        return REFERENCE.sub(same, OWN.sub(same, text)).lower() if text else text

    found: dict[str, Any] = {}
    for name in TABLES:
        model = apps.get_model(name)
        listed = list(model.objects.order_by("pk").values())
        for row in listed:
            row.pop("password", None)
            row.pop("last_login", None)
        found[name] = [{column: plain(value) for column, value in row.items()} for row in listed]
    return found


def told(reply: Reply) -> tuple[Any, ...]:
    """What an answer says, but for its own number; of an error page, that it is one. Only pages are compressed."""
    headers = {name: value for name, value in reply.headers.items() if name not in {"x-request-id", "content-length"}}
    headers["vary"] = headers.get("vary", "").removesuffix(", Accept-Encoding")
    return reply.status, headers, "" if headers["content-type"].startswith("text/html") else reply.body


@pytest.mark.commits
@pytest.mark.parametrize("name", CASES)
def test_both_lanes_say_and_write_the_same(
    name: str, fresh: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    references = (f"1234-{number:03}" for number in count())
    monkeypatch.setattr(opening, "reference", lambda: next(references))
    slow = by_pages(CASES[name])
    slow_rows = rows()
    fresh()
    references = (f"1234-{number:03}" for number in count())
    fast = by_hot_lane(CASES[name])
    assert [told(reply) for reply in fast] == [told(reply) for reply in slow]
    assert rows() == slow_rows


@pytest.mark.commits
def test_requests_at_once_make_one_case_for_each_word(fresh: Callable[[], None]) -> None:
    posts = [form(USUAL | {"description": f"Wall {n % 20}"}) for n in range(60)]
    replies = by_hot_lane(posts, at_once=True)
    assert sorted(reply.status for reply in replies) == [200] * 40 + [201] * 20
    assert Case.objects.count() == Receipt.objects.count() == 20
    assert len({reply.body for reply in replies}) == 20
