"""What must be true of a year of requests."""

from collections import Counter
from datetime import UTC, timedelta

import numpy as np
import shapely

from townhall.demo.town.demand import CATEGORIES
from townhall.demo.town.people import STAFF, Resident
from townhall.demo.town.plan import Town
from townhall.demo.town.requests import Request, requests
from townhall.demo.town.wording import COMMON, DETAILS, KINDS, WELSH

from .conftest import UNTIL


def pairs(year: list[Request]) -> list[tuple[Request, Request]]:
    return [(r, year[r.duplicate_of]) for r in year if r.duplicate_of is not None]


def test_same_seed_makes_the_same_requests(village: Town, people: list[Resident]) -> None:
    first, second = (list(requests(village, people, seed=5, count=500, until=UNTIL)) for _ in range(2))
    assert first == second


def test_requests_come_in_order_and_not_from_the_future(year: list[Request]) -> None:
    times = [r.reported_at for r in year]
    assert times == sorted(times)
    assert times[-1] <= UNTIL
    assert times[0] >= UNTIL - timedelta(days=366)
    assert all(t.tzinfo is UTC for t in times[:10])
    assert [r.number for r in year] == list(range(len(year)))


def test_duplicates_are_as_near_and_as_soon_as_measured_ones(year: list[Request]) -> None:
    away = [np.hypot(a.easting - b.easting, a.northing - b.northing) for a, b in pairs(year)]
    days = [(a.reported_at - b.reported_at).total_seconds() / 86400 for a, b in pairs(year)]
    assert 0.05 < len(away) / len(year) < 0.07
    assert 8 < np.median(away) < 12
    assert 0.95 < np.mean(np.array(away) <= 250) < 0.985
    assert 1.2 < np.median(days) < 2.0
    assert min(days) >= 0


def test_duplicates_tell_of_the_same_thing_in_other_words(year: list[Request]) -> None:
    assert all(a.category == b.category and a.title == b.title for a, b in pairs(year))
    assert all(b.duplicate_of is None for _, b in pairs(year))
    assert np.mean([a.text != b.text for a, b in pairs(year)]) > 0.95


def test_day_has_a_morning_and_an_evening(year: list[Request]) -> None:
    hours = Counter(r.reported_at.hour for r in year)
    assert hours[9] > 4 * hours[3]
    assert hours[18] > 4 * hours[3]
    assert hours[18] > hours[14] > hours[23]
    assert hours[9] > hours[14]


def test_week_starts_busy(year: list[Request]) -> None:
    days = Counter(r.reported_at.weekday() for r in year)
    assert days[0] > days[4] > days[6]


def test_seasons_bring_their_own_troubles(year: list[Request]) -> None:
    def winter(code: str) -> float:
        return float(np.mean([r.reported_at.month in {11, 12, 1, 2, 3} for r in year if r.category == code]))

    assert winter("pothole") > 0.55
    assert winter("icy_road") > 0.9
    assert winter("pests") < 0.3
    assert winter("overgrown_grass") < 0.3


def test_every_category_has_words_in_both_languages() -> None:
    codes = {category.code for category in CATEGORIES}
    assert codes == set(KINDS) == set(WELSH) == set(DETAILS)
    assert sum(len(kind.texts) for kinds in KINDS.values() for kind in kinds) + sum(map(len, DETAILS.values())) > 250
    assert all(kind.title_cy != kind.title for kinds in KINDS.values() for kind in kinds)


def test_some_write_in_welsh(year: list[Request]) -> None:
    share = np.mean([r.language == "cy" for r in year])
    assert 0.015 < share < 0.08


def test_cries_for_help_are_marked(year: list[Request]) -> None:
    marked = Counter(r.safeguarding for r in year if r.safeguarding)
    assert set(marked) == {"self_harm", "child", "abuse"}
    assert 0.002 < sum(marked.values()) / len(year) < 0.006
    plain = [r for r in year if r.safeguarding == "child" and r.text[:1].isupper()]
    assert any(phrase.strip()[:18] in r.text for r in plain for phrase in COMMON["safeguarding"]["child"])


def test_most_texts_are_unlike_any_other(year: list[Request]) -> None:
    assert len({r.text for r in year}) > 0.85 * len(year)
    assert not any("{" in r.text or "}" in r.text for r in year)


def test_requests_are_inside_the_ward_they_name(village: Town, year: list[Request]) -> None:
    wards = {ward.code: ward.polygon.buffer(0.01) for ward in village.wards}
    assert all(shapely.contains_xy(wards[r.ward_code], r.easting, r.northing) for r in year)


def test_about_one_in_eight_is_late(year: list[Request]) -> None:
    done = [r for r in year if r.closed_at is not None]
    assert 0.09 < np.mean([r.is_late for r in done]) < 0.17
    assert all(r.reported_at < r.closed_at <= UNTIL for r in done if r.closed_at)
    assert all((r.status in {"fixed", "closed"}) == (r.closed_at is not None) for r in year)


def test_open_requests_have_every_status(year: list[Request]) -> None:
    assert {r.status for r in year} == {"received", "looking", "booked", "waiting", "passed", "fixed", "closed"}
    assert all(r.owner == "county" for r in year if r.status == "passed")


def test_few_corners_see_much_of_the_trouble(year: list[Request]) -> None:
    spots = Counter((round(r.easting, -2), round(r.northing, -2)) for r in year if r.category == "fly_tipping")
    tenth = sorted(spots.values(), reverse=True)[: max(1, len(spots) // 10)]
    assert sum(tenth) > 0.3 * sum(spots.values())


def test_people_are_invented_and_reachable_nowhere(people: list[Resident]) -> None:
    assert people[0].name == "Asha Begum"
    assert people[0].phone == "07700 900142"
    assert len({p.email for p in people}) == len(people)
    assert all(p.email.endswith("@example.org") for p in people)
    phones = [p.phone for p in people if p.phone]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("07700 900") for phone in phones)
    assert 0.03 < np.mean([p.language == "cy" for p in people]) < 0.09
    assert [employee.role for employee in STAFF] == ["officer", "call_centre", "manager", "administrator"]
