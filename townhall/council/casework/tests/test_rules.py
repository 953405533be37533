from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.council.casework.rules.bars import bar
from townhall.council.casework.rules.callers import Known, Said, compare
from townhall.council.casework.rules.filters import MOST, Count, Cursor, Filter
from townhall.kernel.modules.cells import safe

NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
ASHA = Known(postcode="NM2 6RD", year_of_birth=1984, last_category="fly_tipping")


def test_a_filter_survives_its_own_address() -> None:
    chosen = Filter(name="team", team="street-scene", status="booked", ward="E1", text="hope street", sort="newest")
    asked = {"list": "team", "team": "street-scene", "status": "booked", "ward": "E1", "q": "hope street"}
    assert Filter.parse(asked | {"sort": "newest"}) == chosen
    assert "q=hope+street" in chosen.query


@given(st.dictionaries(st.sampled_from(["list", "team", "status", "ward", "person", "q", "sort"]), st.text(max_size=9)))
def test_no_address_breaks_a_filter(params: dict[str, str]) -> None:
    chosen = Filter.parse(params)
    assert chosen.sort in {"clock", "newest", "changed"}
    assert "\x00" not in chosen.text


def test_nothing_asked_gives_the_usual_list() -> None:
    usual = Filter(name="team", team="parks")
    assert Filter.parse({}, default=usual) == usual
    assert Filter.parse({"list": "over"}, default=usual) == Filter(name="over")


def test_finished_cases_come_by_their_last_change() -> None:
    assert Filter.parse({"list": "done"}).sort == "changed"


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_cursor_survives_its_own_text(value: datetime, key: object) -> None:
    cursor = Cursor(value, key)  # pyright: ignore[reportArgumentType]
    assert Cursor.parse(str(cursor)) == cursor


@given(st.text(max_size=60))
def test_a_made_up_cursor_is_none_or_ours(text: str) -> None:
    found = Cursor.parse(text)
    assert found is None or isinstance(found, Cursor)


def test_a_cursor_without_a_date_is_kept() -> None:
    cursor = Cursor(None, uuid4())
    assert Cursor.parse(str(cursor)) == cursor


def test_counts_stop_at_a_thousand() -> None:
    assert str(Count(64)) == "64"
    assert str(Count(MOST)) == "1,000"
    assert str(Count(MOST + 1)) == "1,000+"


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-2", "@sum", "\tx", "  =cmd|' /C calc'!A0", "\r=1"])
def test_a_cell_is_never_a_formula(typed: str) -> None:
    assert safe(typed).startswith("'")


@pytest.mark.parametrize("plain", ["Mattress", "9TX2-MKD", "", "a=b", "12 May"])
def test_plain_cells_stay_as_they_are(plain: str) -> None:
    assert safe(plain) == plain


def test_two_of_three_answers_verify_a_caller() -> None:
    found = compare(ASHA, Said(postcode="nm26rd", year_of_birth="1984"))
    assert found.is_verified
    assert found.last_category == "not_asked"


def test_one_wrong_answer_spoils_two_right_ones() -> None:
    assert not compare(ASHA, Said("NM2 6RD", "1984", "graffiti")).is_verified


def test_one_answer_is_not_enough() -> None:
    assert not compare(ASHA, Said(postcode="NM2 6RD")).is_verified


def test_what_we_do_not_know_verifies_nobody() -> None:
    found = compare(Known("", None, ""), Said("NM2 6RD", "1984", "graffiti"))
    assert (found.postcode, found.year_of_birth, found.last_category) == ("not_known",) * 3
    assert not found.is_verified


def test_a_bar_shows_rests_and_what_is_over() -> None:
    rest = (NOON + timedelta(hours=2), NOON + timedelta(hours=4))
    found = bar(opened_at=NOON, due_at=NOON + timedelta(hours=8), at=NOON + timedelta(hours=10), rests=[rest])
    assert [piece.kind for piece in found.pieces] == ["used", "paused", "used", "over"]
    assert sum(piece.width for piece in found.pieces) == pytest.approx(1)
    assert found.due == pytest.approx(0.8)


def test_a_bar_shows_what_is_left() -> None:
    found = bar(opened_at=NOON, due_at=NOON + timedelta(hours=8), at=NOON + timedelta(hours=2), rests=[])
    assert [(piece.kind, piece.width) for piece in found.pieces] == [("used", 0.25), ("left", 0.75)]
