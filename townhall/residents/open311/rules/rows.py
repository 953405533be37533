"""A row of a file of requests, under the standard's names or those that cities publish under."""
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from townhall.kernel.geo.rules import LonLat
from townhall.residents.open311.rules.statuses import ours

NAMES: dict[str, tuple[str, ...]] = {
    "source_id": ("service_request_id", "case_enquiry_id", "service_request_number", "sr_number", "unique_key", "id"),
    "service_code": ("service_code", "sr_short_code"),
    "service_name": ("service_name", "service_subtype", "type", "sr_type", "case_title", "category", "complaint_type"),
    "description": ("description", "details", "descriptor"),
    "lat": ("lat", "latitude"),
    "lon": ("long", "lng", "lon", "longitude"),
    "requested": ("requested_datetime", "open_dt", "created_date", "requested_at", "open_date"),
    "updated": ("updated_datetime", "last_modified_date", "updated_at", "resolution_action_updated_date"),
    "closed": ("closed_datetime", "closed_dt", "closed_date"),
    "expected": ("expected_datetime", "sla_target_dt", "target_dt", "due_date"),
    "status": ("status", "case_status", "status_description"),
    "notes": ("status_notes", "closure_reason", "resolution_description"),
    "address": ("address", "location", "street_address", "location_street_name", "incident_address"),
}
"""What we call a column, and what it is called in files; the first that is there and not empty counts."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?)?")
_AMERICAN = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")
LONGEST = 20_000


class BadRow(ValueError):
    """A row that cannot be loaded, and why, for whoever mends the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One request of a file. `status` is one of ours. `rest` has every column without a place of its own, as it was."""

    source_id: str
    service_code: str
    service_name: str
    description: str
    where: LonLat | None
    requested_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    expected_at: datetime | None
    status: str
    notes: str
    address: str
    rest: Mapping[str, str] = field(default_factory=dict[str, str])


def row_of(raw: Mapping[str, str], *, zone: ZoneInfo, now: datetime) -> Row:
    """The request that a row tells of. Times without a zone are in `zone`. Raises BadRow."""
    given = {_plain_name(name): value.replace("\x00", "").strip() for name, value in raw.items() if value}
    columns = {ours_: next((name for name in names if given.get(name)), "") for ours_, names in NAMES.items()}
    texts = {ours_: given.get(name, "") for ours_, name in columns.items()}
    if not texts["source_id"]:
        raise BadRow("it has no service_request_id")
    if not texts["service_name"] and not texts["service_code"]:
        raise BadRow("it has neither service_code nor service_name")
    if len(texts["description"]) > LONGEST or len(texts["source_id"]) > 200:
        raise BadRow("its text is too long")
    times = {name: _moment(texts[name], zone, name) for name in ("requested", "updated", "closed", "expected")}
    requested = times["requested"]
    if requested is None:
        raise BadRow("it has no requested_datetime")
    if requested > now:
        raise BadRow("it is dated in the future")
    status = _status(texts, has_closed=times["closed"] is not None)
    is_done = status in {"fixed", "closed"}
    last = min(now, max(requested, times["closed"] or requested, times["updated"] or requested))
    closed = max(requested, min(now, times["closed"] or last)) if is_done else None
    used = set(columns.values())
    return Row(
        source_id=texts["source_id"], service_code=texts["service_code"],
        service_name=texts["service_name"] or texts["service_code"], description=texts["description"],
        where=_where(texts), requested_at=requested, updated_at=last, closed_at=closed,
        expected_at=times["expected"], status=status, notes=texts["notes"], address=texts["address"][:300],
        rest={name: value for name, value in given.items() if name not in used},
    )  # fmt: skip


def _plain_name(name: str | None) -> str:
    return re.sub(r"\W+", "_", (name or "").strip().lstrip("\ufeff").lower()).strip("_")


def _status(texts: Mapping[str, str], *, has_closed: bool) -> str:
    """One of ours. Where no word is given, whether it was closed decides; a word that nobody knows is a mistake."""
    if not texts["status"]:
        return ours("closed", notes=texts["notes"]) if has_closed else "received"
    status = ours(texts["status"], notes=texts["notes"])
    if not status:
        raise BadRow(f"its status '{texts['status'][:40]}' is not known")
    return status


def _moment(text: str, zone: ZoneInfo, name: str) -> datetime | None:
    if not text:
        return None
    at = _read(text)
    if at is None or not 1950 < at.year < 2200:
        raise BadRow(f"its {name} date '{text[:40]}' cannot be read")
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _read(text: str) -> datetime | None:
    if _ISO.fullmatch(text):
        try:
            return datetime.fromisoformat(re.sub(r"\s(?=[+-]\d|Z)", "", text))
        except ValueError:
            return None
    for shape in _AMERICAN:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 - the zone is added by the caller
        except ValueError:
            continue
    return None


def _where(texts: Mapping[str, str]) -> LonLat | None:
    """The place; None where none is given (both empty, or both 0, as some systems write it)."""
    if not texts["lat"] and not texts["lon"]:
        return None
    try:
        where = LonLat(float(texts["lon"]), float(texts["lat"]))
    except ValueError:
        raise BadRow("its lat and long are not both numbers") from None
    if not (math.isfinite(where.lon) and math.isfinite(where.lat) and abs(where.lon) <= 180 and abs(where.lat) <= 90):
        raise BadRow("its lat and long are not on Earth")
    return None if where.lon == 0 and where.lat == 0 else where
