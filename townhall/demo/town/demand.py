"""What is reported, how often, when and where: one row per category."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .chance import Rng
from .plan import AssetKind, Points, Tier

Spot = Literal["street", "lane", "home", "asset", "park", "place"]
FLAT = (1.0,) * 12
SUMMER = (0.2, 0.25, 0.5, 0.9, 1.6, 2.0, 2.1, 1.8, 1.3, 0.7, 0.4, 0.25)
WINTER = (2.0, 2.0, 1.7, 1.1, 0.7, 0.5, 0.4, 0.4, 0.6, 0.9, 1.1, 1.5)
DARK = (1.6, 1.3, 1.0, 0.7, 0.5, 0.4, 0.4, 0.6, 0.9, 1.4, 1.8, 1.8)
WET = (1.6, 1.4, 0.9, 0.7, 0.6, 0.6, 0.7, 0.8, 0.9, 1.4, 1.6, 1.8)
FROST = (3.6, 2.8, 1.2, 0.2, 0.02, 0.0, 0.0, 0.0, 0.02, 0.2, 1.2, 3.0)
GALES = (1.9, 1.8, 1.4, 0.8, 0.6, 0.6, 0.6, 0.7, 0.8, 1.2, 1.4, 1.6)


@dataclass(frozen=True, slots=True)
class Category:
    """`share` of all requests; `days` it should take; `photo`, `anonymous`, `late`: how often, of one."""

    code: str
    owner: Tier
    share: float
    days: float
    spot: Spot
    months: tuple[float, ...] = FLAT
    photo: float = 0.3
    late: float = 0.12
    asset: AssetKind | None = None
    evening: float = 0.5
    clustered: float = 0.3


CATEGORIES: tuple[Category, ...] = (
    Category("fly_tipping", "district", 15.0, 3, "lane", photo=0.55, late=0.15, clustered=0.5),
    Category("litter_bin", "district", 5.0, 2, "asset", SUMMER, asset="litter_bin", photo=0.3, late=0.07),
    Category("street_litter", "district", 5.5, 5, "street", photo=0.25),
    Category("dog_fouling", "district", 5.0, 5, "street", photo=0.15, clustered=0.4),
    Category("graffiti", "district", 3.0, 5, "street", photo=0.6, clustered=0.5),
    Category("abandoned_vehicle", "district", 4.5, 15, "street", photo=0.4, late=0.18),
    Category("missed_bin", "district", 12.0, 2, "home", photo=0.06, late=0.06, evening=0.8, clustered=0.15),
    Category("bin_store", "district", 1.2, 5, "home", photo=0.35),
    Category("needles", "district", 1.2, 0.5, "lane", photo=0.2, late=0.05, clustered=0.6),
    Category("dead_animal", "district", 1.5, 1, "street", photo=0.12, late=0.06),
    Category("overgrown_grass", "district", 4.0, 15, "street", SUMMER, photo=0.3, late=0.16),
    Category("fallen_tree", "district", 1.8, 3, "asset", GALES, asset="tree", photo=0.45),
    Category("play_equipment", "district", 1.2, 4, "asset", SUMMER, asset="play_area", photo=0.4, clustered=0.0),
    Category("noise", "district", 3.2, 10, "home", SUMMER, photo=0.01, evening=1.4),
    Category("pests", "district", 2.6, 5, "home", SUMMER, photo=0.1),
    Category("abandoned_trolley", "district", 1.2, 5, "street", photo=0.3, clustered=0.5),
    Category("public_toilet", "district", 0.7, 2, "place", SUMMER, photo=0.1, clustered=0.0),
    Category(
        "street_light", "county", 8.5, 5, "asset", DARK, asset="street_light", photo=0.08, evening=1.5, clustered=0.1
    ),
    Category("pothole", "county", 12.0, 20, "street", WINTER, photo=0.5, late=0.16),
    Category("pavement", "county", 4.0, 20, "street", photo=0.45, late=0.15),
    Category("blocked_drain", "county", 4.2, 15, "asset", WET, asset="gully", photo=0.3, late=0.14),
    Category("flooding", "county", 1.4, 1, "street", WET, photo=0.4, late=0.1, clustered=0.6),
    Category("traffic_signal", "county", 1.0, 1, "street", photo=0.04, late=0.06, clustered=0.8),
    Category("road_sign", "county", 1.6, 15, "street", photo=0.35),
    Category("icy_road", "county", 1.2, 1, "street", FROST, photo=0.1, late=0.1),
)
CODES = tuple(category.code for category in CATEGORIES)
# Monday first. People report at the start of the week what they saw at the end of it.
WEEKDAYS = np.array((1.28, 1.14, 1.08, 1.05, 1.02, 0.78, 0.65))
MORNING = np.array(
    (
        0.3,
        0.15,
        0.1,
        0.1,
        0.2,
        0.6,
        1.6,
        3.6,
        5.4,
        6.2,
        5.8,
        4.6,
        4.2,
        4.0,
        3.8,
        3.8,
        3.8,
        3.7,
        3.2,
        2.8,
        2.2,
        1.6,
        1.0,
        0.6,
    )
)
EVENING = np.array(
    (
        0.8,
        0.4,
        0.2,
        0.1,
        0.1,
        0.3,
        0.8,
        1.6,
        2.2,
        2.4,
        2.3,
        2.1,
        2.2,
        2.2,
        2.2,
        2.6,
        3.2,
        4.6,
        5.6,
        6.0,
        5.4,
        4.2,
        2.8,
        1.6,
    )
)


def cases_in(reports: int) -> tuple[int, int]:
    """About how many cases so many reports come to in the district and in the county: each has its own, and every other
    report of what is the county's comes to the district first.
    """
    county = sum(row.share for row in CATEGORIES if row.owner == "county") / sum(row.share for row in CATEGORIES)
    return round(reports * (1 - county / 2)), round(reports * county)


def pick_categories(count: int, rng: Rng) -> np.ndarray:
    """The category number of each request."""
    share = np.array([category.share for category in CATEGORIES])
    return rng.choice(len(CATEGORIES), count, p=share / share.sum()).astype(np.int16)


def pick_times(category: np.ndarray, *, until: np.datetime64, days: int, rng: Rng) -> np.ndarray:
    """When each was reported, `datetime64[s]` in UTC, in order of nothing yet; none after `until`."""
    first = (until - np.timedelta64(days, "D")).astype("datetime64[D]")
    calendar = first + np.arange(days + 1)
    month = calendar.astype("datetime64[M]").astype(int) % 12
    weekday = (calendar.astype(int) + 3) % 7
    when = np.empty(len(category), dtype="datetime64[s]")
    for number, row in enumerate(CATEGORIES):
        mine = np.flatnonzero(category == number)
        weather = np.exp(rng.normal(0, 0.35 if row.months is FLAT else 0.6, len(calendar)))
        weight = np.array(row.months)[month] * WEEKDAYS[weekday] * weather + 1e-9
        day = rng.choice(len(calendar), len(mine), p=weight / weight.sum())
        when[mine] = calendar[day] + _seconds(row, len(mine), rng)
    late = when > until
    when[late] -= np.timedelta64(7 * 86400, "s")
    early = when < until - np.timedelta64(days, "D")
    when[early] += np.timedelta64(7 * 86400, "s")
    return when


def _seconds(row: Category, count: int, rng: Rng) -> np.ndarray:
    """Seconds into the day: a hump in the morning and one in the evening."""
    hours = MORNING + EVENING * row.evening
    hour = rng.choice(24, count, p=hours / hours.sum())
    return (hour * 3600 + rng.integers(0, 3600, count)).astype("timedelta64[s]")


def scatter(middle: Points, reach: float, rng: Rng) -> Points:
    """Places round a middle, most of them near it."""
    return middle + rng.normal(0, reach, middle.shape)
