"""What a GET asks for, read from its parameters."""
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from townhall.kernel.geo.rules import LonLat
from townhall.residents.open311.rules.faults import refuse

SPAN = timedelta(days=90)
MOST = 1000
LONDON = ZoneInfo("Europe/London")
MOST_IDS = 200
Box = tuple[float, float, float, float]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The requests that a GET asks for. `ids` overrides everything else. `box` is west, south, east, north in degrees;
    `radius_metres` goes with `near`. `page` counts from 1."""

    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    box: Box | None = None
    near: LonLat | None = None
    radius_metres: float = 0
    page: int = 1
    page_size: int = MOST
    extensions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUpdates:
    """The updates that a GET asks for, oldest first."""

    start: datetime
    end: datetime
    ids: tuple[str, ...] = ()
    page: int = 1
    page_size: int = MOST


def asked(given: Mapping[str, str], *, now: datetime) -> Asked:
    """What the parameters of GET requests say. Raises Refused, naming the parameter, for what cannot be read.

    Empty parameters count as not given. Without dates the last 90 days are meant, and dates may not span more than
    that. Source: GeoReport v2, GET Service Requests.
    """
    ids = _words(given, "service_request_id", most=MOST_IDS)
    updated = _read(given, "updated_after", moment), _read(given, "updated_before", moment)
    start, end = _span(given, now=now, is_needed=not ids and not any(updated))
    statuses = frozenset(word.lower() for word in _words(given, "status"))
    if statuses - {"open", "closed"}:
        raise refuse(400, "status can be open, closed, or both with a comma between")
    near = _near(given)
    return Asked(
        ids=ids, services=_words(given, "service_code"), statuses=statuses, start=start, end=end,
        updated_after=updated[0], updated_before=updated[1], box=_read(given, "bbox", _box), near=near,
        radius_metres=_read(given, "radius", _radius) or 250.0, extensions=_read(given, "extensions", _truth) or False,
        page=_read(given, "page", _count) or 1, page_size=min(MOST, _read(given, "page_size", _count) or MOST),
    )  # fmt: skip


def asked_updates(given: Mapping[str, str], *, now: datetime) -> AskedUpdates:
    """What the parameters of GET servicerequestupdates say; without dates the last 90 days. Raises Refused."""
    start, end = _span(given, now=now, is_needed=True)
    assert start is not None  # noqa: S101 - for the type checker: a needed span has both
    assert end is not None  # noqa: S101
    return AskedUpdates(
        start=start, end=end, ids=_words(given, "service_request_id", most=MOST_IDS),
        page=_read(given, "page", _count) or 1, page_size=min(MOST, _read(given, "page_size", _count) or MOST),
    )  # fmt: skip


def moment(text: str) -> datetime:
    """The aware moment that a W3C date and time names; where no zone is given, London's. Raises ValueError.

    A `+` that a client forgot to escape arrives as a space and is put back.
    """
    text = re.sub(r"(?<=\d) (?=\d\d:?\d\d$)", "+", text.strip()) if "T" in text else text.strip()
    at = datetime.fromisoformat(text)
    if not 1900 < at.year < 2200:
        raise ValueError(text)
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def _span(given: Mapping[str, str], *, now: datetime, is_needed: bool) -> tuple[datetime | None, datetime | None]:
    start, end = _read(given, "start_date", moment), _read(given, "end_date", moment)
    if start is None and end is None and not is_needed:
        return None, None
    end = end or (min(now, start + SPAN) if start else now)
    start = start or end - SPAN
    if end - start > SPAN + timedelta(hours=1):
        raise refuse(400, "start_date and end_date may not be more than 90 days apart")
    return start, end


def _read(given: Mapping[str, str], name: str, reader: Callable[[str], Read]) -> Read | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return reader(text)
    except (ValueError, OverflowError) as error:
        raise refuse(400, f"{name} cannot be read") from error


def _words(given: Mapping[str, str], name: str, *, most: int = 100) -> tuple[str, ...]:
    words = tuple(word.strip() for word in given.get(name, "").split(",") if word.strip())
    if len(words) > most:
        raise refuse(400, f"{name} can hold at most {most} values")
    return words


def _near(given: Mapping[str, str]) -> LonLat | None:
    lat, lon = _read(given, "lat", _degrees), _read(given, "long", _degrees)
    if (lat is None) != (lon is None):
        raise refuse(400, "lat and long go together")
    return LonLat(lon, lat) if lat is not None and lon is not None else None


def _box(text: str) -> Box:
    west, south, east, north = (_degrees(side) for side in text.split(","))
    if west > east or south > north:
        raise ValueError(text)
    return west, south, east, north


def _degrees(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 180:
        raise ValueError(text)
    return value


def _radius(text: str) -> float:
    value = float(text)
    if not 0 < value <= 50_000:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text) or int(text) < 1:
        raise ValueError(text)
    return int(text)


def _truth(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError(text)
    return text.lower() in {"true", "1"}
