"""Weeks cut into slots, also where summer time ends; calendar files as RFC 5545 has them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.residents.bookings.rules import LONDON, Pattern, days_open, is_in_time, slots_on
from townhall.residents.bookings.rules.ical import Entry, calendar, escaped, folded

WEEK = Pattern(((1, "07:00", "12:00"), (4, "09:00", "10:30")), 0, 2, 14)
TUESDAY = date(2026, 5, 12)


def test_an_opening_is_one_slot_or_cut_into_as_many_as_fit() -> None:
    (only,) = slots_on(WEEK, TUESDAY)
    assert (only.begins.hour, only.ends.hour) == (7, 12)
    cut = Pattern(WEEK.openings, 40, 2, 14)
    assert [f"{each.begins:%H:%M}" for each in slots_on(cut, date(2026, 5, 15))] == ["09:00", "09:40"]
    assert list(slots_on(WEEK, date(2026, 5, 13))) == []


def test_hours_are_those_of_the_wall_clock_in_summer_and_winter() -> None:
    (summer,), (winter,) = slots_on(WEEK, date(2026, 10, 20)), slots_on(WEEK, date(2026, 10, 27))
    assert (summer.begins.astimezone(UTC).hour, winter.begins.astimezone(UTC).hour) == (6, 7)


def test_notice_days_ahead_and_closed_days_are_kept() -> None:
    found = list(days_open(WEEK, TUESDAY, {date(2026, 5, 22)}))
    assert found == [date(2026, 5, 15), date(2026, 5, 19), date(2026, 5, 26)]


def test_a_booking_can_be_changed_until_so_many_days_before() -> None:
    begins = datetime(2026, 5, 19, 7, tzinfo=LONDON)
    assert is_in_time(begins, date(2026, 5, 17), 2)
    assert not is_in_time(begins, date(2026, 5, 18), 2)
    assert is_in_time(begins, date(2026, 5, 19), 0)


def test_a_calendar_says_when_in_utc_and_ends_every_line_as_the_standard_wants() -> None:
    entry = Entry("one", datetime(2026, 5, 19, 7, tzinfo=LONDON), datetime(2026, 5, 19, 12, tzinfo=LONDON), "Van; A, B")
    text = calendar([entry], name="Fan", at=datetime(2026, 5, 12, tzinfo=UTC), host="town.example").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert "\r\nDTSTART:20260519T060000Z\r\nDTEND:20260519T110000Z\r\nSUMMARY:Van\\; A\\, B\r\n" in text
    assert "\r\nUID:one@town.example\r\n" in text
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


@given(st.text(max_size=300))
def test_no_text_can_begin_another_line_and_no_line_is_too_long(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    parts = line.split("\r\n")
    assert all(len(each.encode()) <= 75 for each in parts)
    assert all(each.startswith(" ") for each in parts[1:])
    whole = line.replace("\r\n ", "")
    assert "\n" not in whole
    assert "\r" not in whole


@pytest.mark.parametrize(("text", "value"), [("a\r\nb", "a\\nb"), ("a\\b", "a\\\\b"), ("a\x07b", "ab")])
def test_texts_are_escaped(text: str, value: str) -> None:
    assert escaped(text) == value
