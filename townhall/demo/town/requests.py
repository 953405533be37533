"""A year or more of requests: what, where, when, by whom, and what became of them, with true duplicates marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import numpy as np
import shapely

from .chance import Rng, stream
from .demand import CATEGORIES, pick_categories, pick_times, scatter
from .outcomes import STATUSES, Outcomes, Status, outcomes
from .people import Resident
from .plan import Points, Tier, Town
from .spots import Pool, choose, pools
from .wards import ward_codes
from .wording import Safeguarding, Writer

BATCH = 10_000
CHANCES = 64
"""Random numbers for the words of one request."""
DUPLICATE_SHARE = 0.06
# Distances of true duplicates: half within 10 m, 97 % within 250 m (labelled pairs from Boston).
DUPLICATE_METRES, DUPLICATE_SPREAD, DUPLICATE_MOST = 10.0, 1.71, 900.0
DUPLICATE_DAYS, DUPLICATE_DAYS_SPREAD = 1.6, 1.25
CHANNELS: tuple[Literal["web", "phone", "app", "open311"], ...] = ("web", "phone", "app", "open311")
CHANNEL_SHARES = (0.52, 0.24, 0.2, 0.04)
NOT_TWICE = frozenset({"missed_bin", "noise", "pests", "bin_store"})


class Request(NamedTuple):
    """One request; `duplicate_of` is the number of the first report of the same thing, `satisfied` none if not said."""

    number: int
    category: str
    owner: Tier
    title: str
    title_cy: str
    text: str
    language: Literal["en", "cy"]
    easting: float
    northing: float
    place: str
    ward_code: str
    usrn: int | None
    asset: str
    reporter: int | None
    reported_at: datetime
    channel: Literal["web", "phone", "app", "open311"]
    duplicate_of: int | None
    status: Status
    closed_at: datetime | None
    is_late: bool
    reopened: bool
    satisfied: bool | None
    supporters: int
    has_photo: bool
    safeguarding: Safeguarding | None


RequestBatch = list[Request]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when: the town, its people, the places things happen at, and the last moment."""

    town: Town
    people: list[Resident]
    pool: list[Pool]
    end: np.datetime64
    days: int


@dataclass(slots=True)
class Columns:
    """Everything but the words, one row per request, in order of time."""

    category: np.ndarray
    when: np.ndarray
    row: np.ndarray
    points: Points
    reporter: np.ndarray
    duplicate_of: np.ndarray
    channel: np.ndarray
    ward: np.ndarray
    sort: np.ndarray


@dataclass(frozen=True, slots=True)
class Requests:
    """A year or more of requests in the order they came. Each ten thousand can be drawn apart from the others."""

    setting: Setting
    columns: Columns
    fates: Outcomes
    seed: int

    def __len__(self) -> int:
        return len(self.columns.category)

    def __iter__(self) -> Iterator[RequestBatch]:
        """Batch after batch."""
        return map(self.batch, range(self.batches))

    @property
    def batches(self) -> int:
        """How many batches there are."""
        return -(-len(self) // BATCH)

    def came(self, number: int) -> datetime:
        """When the request with this number was reported."""
        return self.columns.when[number].astype(datetime).replace(tzinfo=UTC)

    def rows(self, number: int) -> range:
        """The numbers of a batch's requests; batches are counted from 0."""
        return range(number * BATCH, min(len(self), (number + 1) * BATCH))

    def batch(self, number: int, wanted: Callable[[int, Tier], bool] = lambda _number, _owner: True) -> RequestBatch:
        """The requests of a batch that are wanted, by their number and who owns what they are about."""
        rows = self.rows(number)
        owners = [CATEGORIES[category].owner for category in self.columns.category[rows.start : rows.stop].tolist()]
        kept = np.array([row for row, owner in zip(rows, owners, strict=True) if wanted(row, owner)], dtype=np.int64)
        chances = stream(self.seed, f"wording {number}").random((len(rows), CHANCES))
        return _batch(kept, self.setting, self.columns, self.fates, chances[kept - rows.start])


def requests(
    town: Town, people: list[Resident], *, seed: int, count: int, until: datetime, days: int = 365
) -> Requests:
    """So many requests; none after `until`."""
    end = np.datetime64(until.astimezone(UTC).replace(tzinfo=None), "s")
    setting = Setting(town, people, pools(town), end, days)
    columns = _columns(setting, count, stream(seed, "requests"))
    age = (end - columns.when).astype(np.int64)
    return Requests(setting, columns, outcomes(columns.category, columns.ward, age, stream(seed, "outcomes")), seed)


def _columns(setting: Setting, count: int, rng: Rng) -> Columns:
    """All requests, the further reports of one thing put in, in order of time."""
    category = pick_categories(count, rng)
    when = pick_times(category, until=setting.end, days=setting.days, rng=rng)
    reporter = _reporters(count, len(setting.people), rng)
    row, points = _places(setting, category, reporter, rng)
    nothing = np.zeros(count, dtype=np.int64)
    channel = rng.choice(len(CHANNELS), count, p=CHANNEL_SHARES)
    made = Columns(category, when, row, points, reporter, nothing - 1, channel, nothing, rng.random(count))
    _repeat(made, setting.end, rng)
    order = np.argsort(made.when, kind="stable")
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    made = Columns(*(getattr(made, name)[order] for name in Columns.__slots__))
    made.duplicate_of = np.where(made.duplicate_of >= 0, place[made.duplicate_of], -1)
    made.points = _kept_inside(setting, made)
    codes = {ward.code: number for number, ward in enumerate(setting.town.wards)}
    made.ward = np.array([codes[code] for code in ward_codes(made.points, setting.town.wards)], dtype=np.int64)
    return made


def _kept_inside(setting: Setting, made: Columns) -> Points:
    """Positions to the decimetre; one that fell outside the borough goes back to the spot it was scattered from."""
    points = np.round(made.points, 1)
    shapely.prepare(setting.town.boundary)
    for i in np.flatnonzero(~shapely.contains_xy(setting.town.boundary, points[:, 0], points[:, 1])).tolist():
        points[i] = setting.pool[made.category[i]].points[made.row[i]]
    return points


def _reporters(count: int, people: int, rng: Rng) -> np.ndarray:
    """Who reported: nobody for a quarter; a few people report a great deal."""
    who = rng.integers(0, max(people, 1), count)
    busy = rng.integers(1, max(people // 80, 2), count) % max(people, 1)
    chance = rng.random(count)
    who = np.where(chance < 0.1, busy, who)
    return np.where((chance > 0.73) | (people == 0), -1, who)


def _places(setting: Setting, category: np.ndarray, reporter: np.ndarray, rng: Rng) -> tuple[np.ndarray, Points]:
    """The pool row and the position of each; what is at home is at the reporter's own home."""
    row, points = np.zeros(len(category), dtype=np.int64), np.zeros((len(category), 2))
    pool, people, first = setting.pool, setting.people, setting.town.addresses[0].uprn
    homes = np.array([person.uprn - first for person in people] or [0])
    for number, kind in enumerate(CATEGORIES):
        mine = np.flatnonzero(category == number)
        rows = choose(pool[number], kind, len(mine), rng)
        if pool[number].home:
            own = (reporter[mine] >= 0) & (rng.random(len(mine)) < (0.97 if kind.spot == "home" else 0.35))
            rows = np.where(own, homes[reporter[mine]], rows)
        row[mine] = rows
        reach = 0.6 if kind.spot in {"home", "asset"} else 4.0
        points[mine] = scatter(pool[number].points[rows], reach, rng)
    return row, points


def _repeat(made: Columns, end: np.datetime64, rng: Rng) -> None:
    """Make some of the requests further reports of earlier ones, in place."""
    shared = np.array([kind.code not in NOT_TWICE for kind in CATEGORIES])
    able = np.flatnonzero(shared[made.category])
    wanted = min(int(len(made.category) * DUPLICATE_SHARE), len(able) // 3)
    if wanted == 0:
        return
    chosen = rng.permutation(able)
    copies, firsts = chosen[:wanted], chosen[wanted:]
    firsts = firsts[np.argsort(made.when[firsts], kind="stable")]
    gap = rng.lognormal(np.log(DUPLICATE_DAYS), DUPLICATE_DAYS_SPREAD, wanted) * 86400
    later = gap.astype(np.int64).astype("timedelta64[s]")
    # An original must be old enough for its copy to have come by now.
    room = np.searchsorted(made.when[firsts], end - later)
    source = firsts[(rng.random(wanted) * np.maximum(room, 1)).astype(int)]
    made.duplicate_of[copies] = source
    for column in (made.category, made.row, made.sort):
        column[copies] = column[source]
    made.when[copies] = np.minimum(made.when[source] + later, end)
    made.points[copies] = made.points[source] + _apart(wanted, rng)
    same = (made.reporter[copies] == made.reporter[source]) & (rng.random(wanted) < 0.9)
    made.reporter[copies] = np.where(same, -1, made.reporter[copies])


def _apart(count: int, rng: Rng) -> Points:
    """How far, and which way, a second report is from the first, in metres."""
    away = np.minimum(rng.lognormal(np.log(DUPLICATE_METRES), DUPLICATE_SPREAD, count), DUPLICATE_MOST)
    angle = rng.uniform(0, 2 * np.pi, count)
    return away[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))


def _batch(rows: np.ndarray, setting: Setting, columns: Columns, fates: Outcomes, chances: np.ndarray) -> RequestBatch:
    closed = columns.when[rows] + fates.seconds[rows].astype("timedelta64[s]")
    whens, ends = columns.when[rows].astype(datetime).tolist(), closed.astype(datetime).tolist()
    table = zip(
        rows.tolist(), columns.category[rows].tolist(), columns.row[rows].tolist(), columns.points[rows].tolist(),
        columns.reporter[rows].tolist(), columns.duplicate_of[rows].tolist(), columns.channel[rows].tolist(),
        columns.ward[rows].tolist(), columns.sort[rows].tolist(), whens, ends,
        fates.status[rows].tolist(), fates.seconds[rows].tolist(),
        fates.late[rows].tolist(), fates.reopened[rows].tolist(), fates.satisfied[rows].tolist(),
        fates.supporters[rows].tolist(), fates.photo[rows].tolist(), strict=True,
    )  # fmt: skip
    return [_request(line, setting, Writer(own.tolist())) for line, own in zip(table, chances, strict=True)]


def _request(line: tuple, setting: Setting, writer: Writer) -> Request:
    (number, category, row, (x, y), who, again, channel, ward, sort, when, closed, status, seconds, late, reopened,
    pleased,
     supporters, photo) = line  # fmt: skip
    kind, spot = CATEGORIES[category], setting.pool[category]
    welsh = who >= 0 and setting.people[who].language == "cy"
    words = writer.write(kind.code, spot.street[row], spot.number[row], sort=sort, welsh=welsh)
    return Request(
        number, kind.code, kind.owner, words.title, words.title_cy, words.text, words.language, x, y, spot.label[row],
        setting.town.wards[ward].code, spot.usrn[row] or None, spot.reference[row] if kind.spot == "asset" else "",
        who if who >= 0 else None, when.replace(tzinfo=UTC), CHANNELS[channel], again if again >= 0 else None,
        STATUSES[status], closed.replace(tzinfo=UTC) if seconds else None, late, reopened,
        None if pleased < 0 else bool(pleased), supporters, photo, words.safeguarding,
    )  # fmt: skip
