"""Whatever is in a file or a body, a parser takes it or says why not: no other error ever."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from townhall.kernel.geo.importing import boundaries
from townhall.residents.open311 import rules
from townhall.residents.open311.actions.files import NotReadable, rows_of
from townhall.residents.open311.rules.rows import BadRow, row_of

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
NAMES = [
    "service_code", "service_request_id", "description", "lat", "long", "requested_datetime", "status", "attribute",
    "attribute[size]", "media_url", "email", "update_id", "updated_datetime", "address_string", "type", "closed_dt",
]  # fmt: skip
ODD = ["NaN", "-1e999", "1e400", "2026-13-45", "2026-05-12T25:00:00Z", "\0", "\ud800"]
WORDS = st.one_of(st.text(max_size=40), st.sampled_from(ODD))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS)
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4))
BODY = st.one_of(ANY, st.dictionaries(st.sampled_from(NAMES), ANY, max_size=8))
POSITION = st.tuples(st.floats(-9, 3) | st.floats(), st.floats(49, 61) | st.floats()).map(list)
GEOMETRY = st.one_of(
    ANY,
    st.fixed_dictionaries({
        "type": st.sampled_from(["Polygon", "MultiPolygon", "Point", "LineString", "GeometryCollection", "Circle"]),
        "coordinates": st.one_of(ANY, st.lists(st.lists(POSITION, max_size=5), max_size=2)),
    }),
)
FEATURE = st.one_of(
    ANY,
    st.fixed_dictionaries({
        "type": st.just("Feature"), "geometry": GEOMETRY,
        "properties": st.one_of(ANY, st.fixed_dictionaries({"WD24CD": WORDS, "WD24NM": PLAIN})),
    }),
)  # fmt: skip
GEOJSON = st.one_of(
    ANY,
    st.fixed_dictionaries(
        {"type": st.just("FeatureCollection"), "features": st.one_of(ANY, st.lists(FEATURE, min_size=1, max_size=3))},
        optional={"crs": ANY},
    ),
)
XML = st.recursive(
    st.text(max_size=10),
    lambda inner: st.tuples(st.sampled_from(["request", "lat", "a:b", "1", ""]), st.lists(inner, max_size=3)).map(
        lambda one: f"<{one[0]}>{''.join(one[1])}</{one[0]}>"
    ),
)
bounded = settings(
    max_examples=150, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


@seed(311)
@bounded
@given(body=BODY)
def test_a_json_body_is_a_request_or_refused(body: Any) -> None:
    for read in (rules.sent, rules.sent_update):
        with suppress(rules.Refused):
            read(rules.flat(body))


@seed(311)
@bounded
@given(form=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=20), st.lists(WORDS, max_size=3), max_size=8))
def test_a_form_is_a_request_or_refused(form: dict[str, list[str]]) -> None:
    for read in (rules.sent, rules.sent_update):
        with suppress(rules.Refused):
            read(form)


@seed(311)
@bounded
@given(body=st.one_of(st.binary(max_size=200), XML.map(lambda text: text.encode("utf-8", "replace"))))
def test_xml_is_read_or_refused(body: bytes) -> None:
    with suppress(rules.Refused):
        rules.read_xml(body)


@seed(311)
@bounded
@given(facts=ANY)
def test_what_we_write_as_xml_can_be_read(facts: Any) -> None:
    rules.read_xml(rules.write(rules.Answer("errors", [{"description": json.dumps(facts)}]), "xml"))


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json", ".jsonl", ".xml"])
def test_a_file_of_requests_is_read_or_refused_row_by_row(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"requests{ending}"
    lists = st.lists(st.dictionaries(st.sampled_from(NAMES), PLAIN, max_size=6), max_size=4)
    as_json = st.one_of(lists, ANY).map(lambda value: json.dumps(value).encode())
    lines = st.lists(st.lists(WORDS, max_size=5).map(",".join), max_size=5).map("\n".join)
    texts = st.one_of(lines, XML).map(lambda text: text.encode("utf-8", "replace"))

    @seed(311)
    @bounded
    @given(content=st.one_of(st.binary(max_size=300), as_json, texts))
    def read(content: bytes) -> None:
        path.write_bytes(content)
        with suppress(NotReadable):
            for raw in rows_of(path):
                if not isinstance(raw, BadRow):
                    with_reason(raw)

    read()


def with_reason(raw: Any) -> None:
    """A row is a request, or says what is wrong with it."""
    with suppress(BadRow):
        row_of(raw, zone=ZoneInfo("Europe/London"), now=NOW)


def test_boundaries_are_read_or_refused_with_the_feature(tmp_path: Path) -> None:
    path = tmp_path / "wards.geojson"

    @seed(311)
    @bounded
    @given(content=st.one_of(st.binary(max_size=200), GEOJSON.map(lambda value: json.dumps(value).encode())))
    def read(content: bytes) -> None:
        path.write_bytes(content)
        with suppress(boundaries.Unreadable):
            boundaries.read(path)

    read()


def test_a_deep_file_of_boundaries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.geojson"
    path.write_text("[" * 200_000)
    with pytest.raises(boundaries.Unreadable):
        boundaries.read(path)
