"""Rows and files of requests, without a database."""
import csv
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.geo.rules import LonLat
from townhall.residents.open311.actions.files import NotReadable, rows_of
from townhall.residents.open311.rules.rows import NAMES, BadRow, Row, row_of

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
UTF8 = st.characters(codec="utf-8")
LONDON = ZoneInfo("Europe/London")
PLAIN = {
    "service_request_id": "17", "service_name": "Graffiti", "description": "Tags", "lat": "54.39", "long": "-2.61",
    "requested_datetime": "2018-05-01T00:12:16-04:00",
}  # fmt: skip
BOSTON = {
    "case_enquiry_id": "101002", "open_dt": "2024-01-01 00:10:00", "sla_target_dt": "2024-01-09 08:30:00",
    "closed_dt": "2024-01-03 09:00:00", "case_status": "Closed", "closure_reason": "Case Closed. Case Resolved.",
    "case_title": "Needle Pickup", "type": "Needle Pickup", "location": "1 City Hall Sq", "latitude": "42.3605",
    "longitude": "-71.0587", "queue": "INFO01",
}  # fmt: skip


def row(**fields: str) -> Row:
    return row_of(PLAIN | fields, zone=LONDON, now=NOW)


def test_the_standards_names_are_read() -> None:
    read = row()
    assert (read.source_id, read.status, read.where) == ("17", "received", LonLat(-2.61, 54.39))
    assert read.requested_at == datetime(2018, 5, 1, 4, 12, 16, tzinfo=UTC)
    assert read.closed_at is None


def test_a_citys_open_data_is_read_and_nothing_of_it_is_lost() -> None:
    read = row_of(BOSTON, zone=ZoneInfo("America/New_York"), now=NOW)
    assert (read.service_name, read.address, read.status) == ("Needle Pickup", "1 City Hall Sq", "closed")
    assert read.closed_at == datetime(2024, 1, 3, 14, 0, tzinfo=UTC)
    assert read.expected_at is not None
    used = {read.source_id, read.service_name, read.address}
    assert set(read.rest) | {name for names in NAMES.values() for name in names} >= set(BOSTON)
    assert used


def test_american_dates_are_read() -> None:
    assert row(requested_datetime="05/01/2018 01:02:03 PM").requested_at.astimezone(LONDON).hour == 13


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"service_request_id": ""}, "service_request_id"),
        ({"service_name": ""}, "service_name"),
        ({"requested_datetime": ""}, "requested_datetime"),
        ({"requested_datetime": "last week"}, "date"),
        ({"requested_datetime": "2018-02-30"}, "date"),
        ({"requested_datetime": "2030-01-01"}, "future"),
        ({"lat": "north"}, "numbers"),
        ({"lat": "154"}, "Earth"),
        ({"long": "nan"}, "Earth"),
        ({"status": "gone fishing"}, "gone fishing"),
        ({"description": "x" * 30_000}, "too long"),
    ],
)
def test_a_bad_row_says_why(fields: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        row(**fields)


def test_closing_words_decide_whether_it_was_fixed() -> None:
    assert row(status="closed", status_notes="Repaired").status == "fixed"
    assert row(status="closed").status == "closed"


def test_a_place_of_zeros_is_no_place() -> None:
    assert row(lat="0", long="0").where is None


def test_closing_before_opening_counts_as_at_once() -> None:
    read = row(status="closed", closed_date="2017-01-01T00:00:00Z")
    assert read.closed_at == read.requested_at


@given(st.dictionaries(st.sampled_from([*PLAIN, "status", "closed_dt", "Other column"]), st.text(max_size=30)))
def test_no_row_breaks_the_reading(raw: dict[str, str]) -> None:
    with suppress(BadRow):
        assert row_of(PLAIN | raw, zone=LONDON, now=NOW).source_id


@given(st.lists(st.lists(st.text(alphabet=UTF8, max_size=12), min_size=2, max_size=4), max_size=5))
def test_no_csv_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["service_request_id", "description"], *rows])
    with suppress(NotReadable):
        list(rows_of(path))


@given(st.binary(max_size=200), st.sampled_from([".csv", ".json", ".jsonl", ".xml", ".tsv"]))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, body: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(body)
    with suppress(NotReadable):
        list(rows_of(path))


def test_csv_json_and_xml_hold_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([PLAIN]))
    (tmp_path / "b.json").write_text(json.dumps({"requests": [PLAIN]}))
    (tmp_path / "c.jsonl").write_text(json.dumps(PLAIN) + "\n")
    with (tmp_path / "d.csv").open("w", newline="") as file:
        csv.writer(file).writerows([list(PLAIN), list(PLAIN.values())])
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in PLAIN.items())
    (tmp_path / "e.xml").write_text(f"<service_requests><request>{inner}</request></service_requests>")
    for name in ("a.json", "b.json", "c.jsonl", "d.csv", "e.xml"):
        assert list(rows_of(tmp_path / name)) == [PLAIN], name


def test_a_line_with_too_few_columns_is_one_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("service_request_id,description\n1,a\n2\n3,c\n")
    assert [type(read).__name__ for read in rows_of(path)] == ["dict", "BadRow", "dict"]


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a><request><description>&b;</description></request></a>',
        "<!DOCTYPE a [" + '<!ENTITY b "bbbb">' * 3 + "]><a><request>&b;</request></a>",
        "<a><request>",
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(body)
    with pytest.raises(NotReadable):
        list(rows_of(path))
