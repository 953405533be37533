import datetime as dt

import pytest

from townhall.kernel.design import dates

THURSDAY = dt.date(2026, 5, 14)


def test_day_is_said_with_its_weekday_in_both_languages() -> None:
    assert dates.day(THURSDAY, "en") == "Thursday 14 May"
    assert dates.day(THURSDAY, "cy") == "Dydd Iau 14 Mai"


def test_day_of_another_year_says_its_year() -> None:
    assert dates.day(THURSDAY, "en", today=dt.date(2027, 1, 2)) == "Thursday 14 May 2026"
    assert dates.day(THURSDAY, "en", today=dt.date(2026, 12, 31)) == "Thursday 14 May"


def test_short_day_fits_a_clock_column() -> None:
    assert dates.short_day(THURSDAY, "en") == "Thu 14"
    assert dates.short_day(THURSDAY, "cy") == "Iau 14"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ((16, 52), "4:52pm"),
        ((17, 0), "5pm"),
        ((8, 5), "8:05am"),
        ((12, 0), "noon"),
        ((0, 0), "midnight"),
        ((0, 30), "12:30am"),
    ],
)
def test_hour_is_written_as_people_say_it(time: tuple[int, int], words: str) -> None:
    assert dates.hour(dt.time(*time), "en") == words


def test_moment_joins_day_and_hour() -> None:
    assert dates.moment(dt.datetime(2026, 5, 11, 16, 52), "en") == "Monday 11 May, 4:52pm"  # noqa: DTZ001 - local


def test_number_has_its_thousands_marked() -> None:
    assert dates.number(1204, "en") == "1,204"
