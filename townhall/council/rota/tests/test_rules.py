"""Shifts, and who gets which task."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from townhall.council.rota.rules import (
    Away,
    Extra,
    Roster,
    Worker,
    choose,
    next_shift,
    outlook,
    reason,
    shift_at,
)
from townhall.council.rota.rules.shifts import LONDON
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.catalogue.words import Text

OFFICE = tuple((day, "09:00", "17:00") for day in range(5))
TUESDAY = datetime(2026, 5, 12, 12, 0, tzinfo=LONDON)


def on(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    """A moment in 2026, as the clock on the wall shows it."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def worker(key: str, skills: Collection[str] = (), **fields: Any) -> Worker:
    """Somebody who works office hours and can do nothing in particular."""
    usual: dict[str, Any] = {"name": key.title(), "roster": Roster(OFFICE), "capacity": 10}
    return Worker(key, skills=frozenset(skills), **(usual | fields))


def chosen(*workers: Worker, skills: tuple[str, ...] = (), at: datetime = TUESDAY, weight: int = 1) -> str:
    """The key of whoever gets a task; nothing for nobody."""
    found = choose(workers, skills, weight, at)
    return found.worker.key if found else ""


def test_a_shift_begins_on_time_and_is_over_at_its_end() -> None:
    roster = Roster(OFFICE)
    assert shift_at(roster, on(12, 9)) is not None
    assert shift_at(roster, on(12, 8, 59)) is None
    assert shift_at(roster, on(12, 17)) is None
    assert shift_at(roster, on(16, 12)) is None, "a Saturday"


def test_a_night_shift_goes_on_into_the_next_day() -> None:
    roster = Roster(((1, "22:00", "06:00"),))
    found = shift_at(roster, on(13, 5, 59))
    assert found is not None
    assert (found.begins, found.ends) == (on(12, 22), on(13, 6))
    assert shift_at(roster, on(13, 6)) is None


def test_somebody_who_falls_sick_after_midnight_is_not_on_the_night_shift() -> None:
    roster = Roster(((1, "22:00", "06:00"),), away=(Away(date(2026, 5, 13), None),))
    assert shift_at(roster, on(12, 23)) is not None
    assert shift_at(roster, on(13, 1)) is None


def test_hours_are_those_of_the_wall_when_summer_time_ends() -> None:
    roster = Roster(((6, "00:30", "09:00"),))
    found = shift_at(roster, on(25, 8, month=10))
    assert found is not None
    assert found.ends.timestamp() - found.begins.timestamp() == 9.5 * 3600


def test_nobody_works_on_a_bank_holiday_unless_a_shift_was_put_on_top() -> None:
    holidays = working_calendar("england").holidays
    assert shift_at(Roster(OFFICE, holidays=holidays), on(25, 12)) is None, "the spring bank holiday"
    added = Roster(OFFICE, extra=(Extra(date(2026, 5, 25), "10:00", "14:00"),), holidays=holidays)
    assert shift_at(added, on(25, 12)) is not None
    assert shift_at(added, on(25, 15)) is None
    assert shift_at(Roster(OFFICE), on(25, 12)) is not None, "whoever works on them does"


def test_the_first_of_january_in_scotland_has_a_second_day() -> None:
    holidays = working_calendar("scotland").holidays
    assert shift_at(Roster(OFFICE, holidays=holidays), datetime(2026, 1, 2, 12, tzinfo=LONDON)) is None
    assert shift_at(Roster(OFFICE, holidays=working_calendar("england").holidays),
                    datetime(2026, 1, 2, 12, tzinfo=LONDON)) is not None  # fmt: skip


def test_the_next_shift_is_after_leave_and_after_the_weekend() -> None:
    roster = Roster(OFFICE, away=(Away(date(2026, 5, 13), date(2026, 5, 15)),))
    found = next_shift(roster, TUESDAY)
    assert found is not None
    assert found.begins == on(18, 9)
    assert next_shift(Roster(OFFICE, away=(Away(date(2026, 5, 12), None),)), TUESDAY) is None


def test_it_goes_to_whoever_has_all_skills() -> None:
    one, both = worker("one", skills=["lifting"]), worker("both", skills=["lifting", "driving"], open_work=5)
    assert chosen(one, both, skills=("lifting", "driving")) == "both"
    assert chosen(one, both, skills=("lifting",)) == "one"
    assert chosen(one, both, skills=("pesticides",)) == ""


def test_it_goes_to_whoever_has_least_by_weight() -> None:
    assert chosen(worker("a", open_work=3), worker("b", open_work=2), worker("c", open_work=9)) == "b"


def test_of_those_with_as_much_it_goes_to_whoever_has_been_without_longest() -> None:
    earlier, later = TUESDAY - timedelta(hours=2), TUESDAY - timedelta(hours=1)
    assert chosen(worker("a", last_given_at=later), worker("b", last_given_at=earlier)) == "b"
    assert chosen(worker("a", last_given_at=later), worker("b")) == "b", "who never had one comes first"


def test_it_goes_to_nobody_who_is_full_off_or_gave_it_back() -> None:
    full, off = worker("full", open_work=9, capacity=10), worker("off", roster=Roster())
    assert chosen(full, off, weight=2) == ""
    assert chosen(full, off, weight=1) == "full"
    assert choose([worker("a"), worker("b")], (), 1, TUESDAY, but={"a"}).worker.key == "b"  # type: ignore[union-attr]


def test_a_task_heavier_than_anybody_can_take_goes_to_somebody_with_nothing() -> None:
    assert chosen(worker("a", capacity=3, open_work=1), worker("b", capacity=3), weight=5) == "b"
    assert chosen(worker("a", capacity=0), weight=1) == "", "a capacity of nothing is given nothing"


def test_it_says_why_in_both_languages() -> None:
    found = choose([worker("a", skills=["lifting"], open_work=2), worker("b", skills=["lifting"], open_work=4)],
                   ("lifting",), 1, TUESDAY)  # fmt: skip
    assert found is not None
    said = reason(found, [Text("Lifting", "Codi")])
    assert said.en == (
        "on shift until 5pm; can do what it needs (Lifting); least open work of the 2 who can take it (2; the next "
        "has 4)"
    )
    assert "ar shifft tan 5pm" in said.cy
    assert "(Codi)" in said.cy


def test_it_says_why_nobody_and_who_could_when() -> None:
    away = worker("away", skills=["lifting"], roster=Roster(OFFICE, away=(Away(date(2026, 5, 12), date(2026, 5, 13)),)))
    found = outlook([away, worker("other")], ("lifting",), TUESDAY)
    assert (found.why, found.soonest) == ("off", on(14, 9))
    assert outlook([worker("other")], ("lifting",), TUESDAY).why == "skills"
    assert outlook([away], ("lifting",), TUESDAY, but={"away"}).why == "gave_back"
    full = outlook([worker("f", skills=["lifting"], open_work=10), away], ("lifting",), TUESDAY)
    assert full.why == "full"
    assert [each.key for each, _ in full.could] == ["f", "away"]


SKILLS = st.sets(st.sampled_from(["lifting", "driving"]))
KEYS = st.text("abcdefgh", min_size=1, max_size=3)
LAST = st.none() | st.integers(1, 400).map(lambda hours: TUESDAY - timedelta(hours=hours))
WORK = st.integers(0, 6)
ANYBODY = st.builds(worker, key=KEYS, open_work=WORK, capacity=WORK, skills=SKILLS, last_given_at=LAST)
WORKERS = st.lists(ANYBODY, unique_by=lambda each: each.key, max_size=6)


@given(WORKERS, SKILLS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_listed_changes_nothing(
    workers: list[Worker], skills: set[str], dice: Any
) -> None:
    first = choose(workers, skills, 1, TUESDAY)
    mixed = [*workers]
    dice.shuffle(mixed)
    assert choose(mixed, skills, 1, TUESDAY) == first
    if first is None:
        assert not any(each.skills >= skills and each.has_room(1) for each in workers)
    else:
        rivals = [each for each in workers if each.skills >= skills and each.has_room(1)]
        assert first.worker.open_work == min(each.open_work for each in rivals)
        assert first.others == len(rivals) - 1
