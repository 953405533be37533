from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.cases import rules
from townhall.kernel.cases.calendars import working_calendar

LONDON = ZoneInfo("Europe/London")
ENGLAND, SCOTLAND, NORTHERN_IRELAND = (
    working_calendar(nation) for nation in ("england", "scotland", "northern_ireland")
)
moments = st.integers(1_704_067_200, 1_830_297_600).map(lambda second: datetime.fromtimestamp(second, LONDON))
dates = st.dates(date(2024, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-05-12T10:00", 0, "2026-05-12T17:00"),
        ("2026-05-12T10:00", 1, "2026-05-13T17:00"),
        ("2026-05-12T18:00", 1, "2026-05-14T17:00"),
        ("2026-05-16T11:00", 1, "2026-05-19T17:00"),
        ("2026-05-22T10:00", 1, "2026-05-26T17:00"),
        ("2026-12-24T10:00", 1, "2026-12-29T17:00"),
        ("2026-04-02T10:00", 1, "2026-04-07T17:00"),
    ],
)
def test_a_promise_runs_out_at_the_close_of_a_working_day(received, days, due):
    start = datetime.fromisoformat(received).replace(tzinfo=LONDON)
    assert ENGLAND.due(start, days) == datetime.fromisoformat(due).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        ("2026-05-12T23:30", 3, "2026-05-15"),
        ("2026-05-16T11:00", 1, "2026-05-18"),
        ("2026-05-04T10:00", 3, "2026-05-07"),
    ],
)
def test_a_statute_counts_from_the_day_after_whatever_the_hour_and_its_last_day_is_whole(received, days, last):
    due = ENGLAND.after(datetime.fromisoformat(received).replace(tzinfo=LONDON), days)
    assert due == datetime.fromisoformat(f"{last}T23:59:59").replace(tzinfo=LONDON)


def test_all_nations_together_keep_the_holidays_of_each():
    together = working_calendar("united_kingdom")
    assert [together.is_working(date(2026, 3, day)) for day in (16, 17, 18)] == [True, False, True]
    assert not together.is_working(date(2026, 11, 30))
    assert together.due(datetime(2026, 3, 16, 10, tzinfo=LONDON), 1).date() == date(2026, 3, 18)


def test_each_nation_keeps_its_own_holidays():
    assert not SCOTLAND.is_working(date(2026, 1, 2))
    assert ENGLAND.is_working(date(2026, 1, 2))
    assert not NORTHERN_IRELAND.is_working(date(2026, 3, 17))
    assert SCOTLAND.is_working(date(2026, 4, 6))
    assert not ENGLAND.is_working(date(2026, 4, 6))


def test_the_clock_change_does_not_move_the_close_of_day():
    friday = datetime(2026, 10, 23, 12, tzinfo=LONDON)
    assert ENGLAND.due(friday, 1).isoformat() == "2026-10-26T17:00:00+00:00"


@given(dates, dates)
def test_days_between_are_those_that_counting_one_by_one_gives(first, last):
    one_by_one = sum(ENGLAND.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days))
    assert ENGLAND.days_between(first, last) == one_by_one


@given(moments, st.integers(0, 5000))
def test_working_minutes_added_are_working_minutes_counted(start, minutes):
    start = start.replace(second=0, microsecond=0, fold=0)
    end = ENGLAND.add_minutes(start, minutes)
    assert ENGLAND.minutes_between(start, end) == minutes


@given(moments, moments, moments)
def test_working_time_adds_up(a, b, c):
    a, b, c = sorted(moment.replace(second=0, microsecond=0) for moment in (a, b, c))
    assert ENGLAND.minutes_between(a, c) == ENGLAND.minutes_between(a, b) + ENGLAND.minutes_between(b, c)


def clock(**fields):
    at = datetime(2026, 5, 12, 12, tzinfo=LONDON)
    usual = {
        "opened_at": at - timedelta(days=2),
        "due_at": at + timedelta(days=2),
        "paused_at": None,
        "paused_reason": "",
        "closed_at": None,
        "was_late": False,
        "at": at,
    }
    return rules.Clock(**(usual | fields))


def test_the_dial_shows_the_share_of_the_time_that_is_used():
    assert clock().share == 0.5
    assert clock().state == "running"


def test_a_day_or_less_is_soon_and_then_over():
    at = clock().at
    assert clock(due_at=at + timedelta(hours=24)).state == "soon"
    assert clock(due_at=at).state == "over"


def test_a_paused_clock_is_never_over():
    at = clock().at
    assert clock(due_at=at - timedelta(days=1), paused_at=at - timedelta(days=2)).state == "paused"


@pytest.mark.parametrize(
    ("due", "left"), [("2026-05-12", 0), ("2026-05-13", 1), ("2026-05-18", 4), ("2026-05-11", -1), ("2026-05-08", -2)]
)
def test_days_left_are_working_days(due, left):
    due_at = datetime.fromisoformat(f"{due}T17:00").replace(tzinfo=LONDON)
    assert clock(due_at=due_at).days_left(ENGLAND) == left


RULES = [
    rules.RoutingRule("1", "Sharps", "safe", "Needles come first.", 1, words=("needle", "syringe")),
    rules.RoutingRule(
        "2",
        "Castle litter",
        "castle",
        "Castle has its own crew.",
        1,
        categories=frozenset({"litter"}),
        wards=frozenset({"castle"}),
    ),
    rules.RoutingRule("3", "Litter", "street", "Litter goes to Street Scene.", 1, categories=frozenset({"litter"})),
]


def routed(**fields):
    usual = {"category": "litter", "ward": "forge", "channel": "web", "text": "Cans everywhere"}
    found = rules.route(RULES, **(usual | fields))
    assert found is not None
    return found


def test_the_first_rule_whose_conditions_hold_wins():
    assert routed().rule.team == "street"
    assert routed(ward="castle").rule.team == "castle"
    assert routed(text="A NEEDLE by the slide").rule.team == "safe"


def test_a_rule_that_failed_on_one_condition_is_named():
    assert ("Castle litter", "ward") in routed().near


def test_nothing_holds_so_nobody_has_it():
    assert rules.route(RULES, category="noise", ward="forge", channel="web", text="") is None


@pytest.mark.parametrize("new", ["received", "fixed"])
def test_only_some_statuses_follow_each_other(new):
    if new == "fixed":
        rules.must_follow("received", new)
    else:
        with pytest.raises(rules.StatusRefused):
            rules.must_follow("booked", new)
