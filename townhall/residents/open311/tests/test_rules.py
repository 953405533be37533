"""What is asked, answered and sent, without a database."""
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.geo.rules import LonLat
from townhall.residents.open311 import rules

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
PLACE = {"service_code": ["pothole"], "lat": ["54.39"], "long": ["-2.61"]}
plain = st.text(max_size=40)
values = st.one_of(plain, st.none(), st.booleans(), st.integers())
facts = st.dictionaries(st.sampled_from(["status", "description", "address", "lat"]), values, min_size=1)


def test_without_dates_the_last_90_days_are_meant() -> None:
    asked = rules.asked({}, now=NOW)
    assert (asked.start, asked.end) == (NOW - timedelta(days=90), NOW)
    assert (asked.page, asked.page_size) == (1, 1000)


def test_empty_parameters_count_as_not_given() -> None:
    assert rules.asked({"status": "", "page": " ", "start_date": "", "bbox": ""}, now=NOW) == rules.asked({}, now=NOW)


def test_a_start_alone_reaches_90_days_and_not_into_the_future() -> None:
    early = rules.asked({"start_date": "2026-01-01T00:00:00Z"}, now=NOW)
    assert early.end == datetime(2026, 4, 1, tzinfo=UTC)
    assert rules.asked({"start_date": "2026-05-01T00:00:00Z"}, now=NOW).end == NOW


def test_ids_need_no_dates() -> None:
    asked = rules.asked({"service_request_id": "9TX2-MKD, 9TX2-MKE"}, now=NOW)
    assert asked.ids == ("9TX2-MKD", "9TX2-MKE")
    assert asked.start is None


def test_an_unescaped_plus_is_put_back() -> None:
    assert rules.moment("2018-05-01T00:12:16 01:00") == datetime(2018, 4, 30, 23, 12, 16, tzinfo=UTC)


def test_a_moment_without_a_zone_is_londons() -> None:
    assert rules.moment("2026-07-01T12:00:00") == datetime(2026, 7, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_", "named"),
    [
        ({"start_date": "yesterday"}, "start_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, "90 days"),
        ({"status": "opened"}, "status"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "3,2,1,4"}, "bbox"),
        ({"lat": "54"}, "lat and long"),
        ({"lat": "nan", "long": "0"}, "lat"),
        ({"lat": "54", "long": "-2", "radius": "-5"}, "radius"),
        ({"page": "0"}, "page"),
        ({"page_size": "1e9"}, "page_size"),
        ({"extensions": "perhaps"}, "extensions"),
        ({"service_request_id": ",".join("x" * 201)}, "service_request_id"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(given_: dict[str, str], named: str) -> None:
    with pytest.raises(rules.Refused, match=named) as caught:
        rules.asked(given_, now=NOW)
    assert caught.value.status == 400


@given(st.dictionaries(st.sampled_from(["start_date", "bbox", "lat", "long", "radius", "page", "status"]), plain))
def test_no_parameter_breaks_the_reading(given_: dict[str, str]) -> None:
    with suppress(rules.Refused):
        rules.asked(given_, now=NOW)


def test_a_request_by_form_keeps_its_attributes() -> None:
    answers = {"attribute[depth]": ["deep"], "attribute[near][]": ["kerb", "drain"]}
    form = PLACE | answers | {"description": [" A hole\x00 "]}
    sent = rules.sent(form)
    assert sent.where == LonLat(-2.61, 54.39)
    assert sent.attributes == {"depth": ("deep",), "near": ("kerb", "drain")}
    assert sent.description == "A hole"


@pytest.mark.parametrize(
    "body",
    [
        {"attribute": {"depth": "deep", "near": ["kerb", "drain"]}},
        {"attributes": [{"code": "depth", "value": "deep"}, {"code": "near", "value": ["kerb", "drain"]}]},
        {"attribute[depth]": "deep", "attribute[near][]": ["kerb", "drain"]},
    ],
)
def test_json_says_the_same_as_the_form(body: dict[str, object]) -> None:
    form = rules.flat({"service_code": "pothole", "lat": 54.39, "long": -2.61} | body)
    assert rules.sent(form) == rules.sent(PLACE | {"attribute[depth]": ["deep"], "attribute[near]": ["kerb", "drain"]})


@pytest.mark.parametrize("body", [[], "text", {"attribute": "deep"}, {"lat": {"deep": 1}}])
def test_json_that_no_form_could_say_is_refused(body: object) -> None:
    with pytest.raises(rules.Refused):
        rules.flat(body)


def test_everything_wrong_with_a_request_is_said_at_once() -> None:
    with pytest.raises(rules.Refused) as caught:
        rules.sent({"lat": ["north"], "long": ["1"], "description": ["x" * 6000]})
    assert len(caught.value.faults) == 3


def test_a_request_needs_some_place() -> None:
    with pytest.raises(rules.Refused, match="address_string"):
        rules.sent({"service_code": ["pothole"]})
    assert rules.sent({"service_code": ["pothole"], "address_id": ["999900000001"]}).address_id == "999900000001"


def test_an_update_names_its_request_and_its_own_id() -> None:
    with pytest.raises(rules.Refused) as caught:
        rules.sent_update({"description": ["Done"]})
    assert [fault.description.split()[0] for fault in caught.value.faults] == ["service_request_id", "update_id"]


@given(st.lists(facts, max_size=4))
def test_json_and_xml_say_the_same(rows: list[dict[str, object]]) -> None:
    answer = rules.Answer("service_requests", rows)
    from_json = json.loads(rules.write(answer, "json"))
    from_xml = rules.read_xml(rules.write(answer, "xml"))
    assert [_words(row) for row in from_xml or []] == [_words(row) for row in from_json]


def _words(row: dict[str, object]) -> dict[str, str]:
    """Values as XML's text would have them."""
    return {key: "" if value is None else _word(value) for key, value in row.items()}


def _word(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def test_xml_has_the_standards_names() -> None:
    attribute = {"variable": True, "values": [{"key": "1", "name": "A & B"}]}
    answer = rules.Answer("service_definition", {"service_code": "x", "attributes": [attribute]})
    root = ElementTree.fromstring(rules.write(answer, "xml"))
    assert root.findtext("attributes/attribute/variable") == "true"
    assert root.findtext("attributes/attribute/values/value/name") == "A & B"


@pytest.mark.parametrize(
    "body",
    [
        b"not xml",
        b"",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_xml_that_is_broken_or_hostile_is_refused(body: bytes) -> None:
    with pytest.raises(rules.Refused):
        rules.read_xml(body)


@pytest.mark.parametrize("status", ["received", "looking", "booked", "waiting", "passed", "fixed", "closed"])
def test_our_own_statuses_survive_the_journey(status: str) -> None:
    assert rules.ours(rules.detailed(status), code=status) == status
    assert rules.public(rules.ours(rules.detailed(status))) == rules.public(status)


@pytest.mark.parametrize(
    ("notes", "status"),
    [
        ("Case Resolved. Pothole filled.", "fixed"), ("Repaired", "fixed"), ("Case Invalid. Not ours.", "closed"),
        ("Could not be repaired", "closed"), ("Duplicate of existing case", "closed"), ("", "closed"),
    ],
)  # fmt: skip
def test_closed_counts_as_fixed_only_where_somebody_said_so(notes: str, status: str) -> None:
    assert rules.ours("closed", notes=notes) == status


def test_words_nobody_agreed_on_change_nothing() -> None:
    assert rules.ours("gone fishing") == ""
