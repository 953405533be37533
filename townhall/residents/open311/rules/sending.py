"""What a POST sends: a request, or an update to one, from a form or from JSON."""
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from townhall.kernel.geo.rules import LonLat
from townhall.residents.open311.rules.asking import moment
from townhall.residents.open311.rules.faults import Fault, Refused, refuse

LONGEST = 5_000
MOST_MEDIA = 6
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,100})\](?:\[\])?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as sent. One of `where`, `address_string` and `address_id` (a UPRN) is there."""

    service_code: str
    description: str
    where: LonLat | None = None
    address_string: str = ""
    address_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    title: str = ""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    media_urls: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The reporter's whole name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentUpdate:
    """An update as sent. `update_id` is the sender's own, which makes sending it twice harmless."""

    update_id: str
    service_request_id: str
    description: str
    status: str = ""
    at: datetime | None = None


def flat(body: Any) -> dict[str, list[str]]:
    """A JSON body as the form that would say the same: attributes as an object, a list of {code, value}, or form names.

    Raises Refused where it is no object, or holds what no form can.
    """
    if not isinstance(body, dict):
        raise refuse(400, "a JSON body must be an object")
    form: dict[str, list[str]] = {}
    for key, value in body.items():  # pyright: ignore[reportUnknownVariableType]
        if key in {"attribute", "attributes"}:
            form |= {f"attribute[{code}]": _texts(inner) for code, inner in _pairs(value)}
        else:
            form[str(key)] = _texts(value)  # pyright: ignore[reportUnknownArgumentType]
    return form


def _pairs(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(str(code), inner) for code, inner in value.items()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list) and all(isinstance(item, dict) and "code" in item for item in value):  # pyright: ignore[reportUnknownVariableType]
        return [(str(item["code"]), item.get("value")) for item in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType]
    raise refuse(400, "attribute must be an object, or a list of objects with code and value")


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, str | int | float):
        return [str(value)]
    raise refuse(400, "values must be text, numbers, true or false, or lists of these")


def sent(form: Mapping[str, Sequence[str]]) -> Sent:
    """The request that a form sends. Raises Refused with everything that is wrong with it.

    Source: GeoReport v2, POST Service Request.
    """
    faults: list[Fault] = []
    where = _where(form, faults)
    code, description = _one(form, "service_code"), _one(form, "description")
    if not code:
        faults.append(Fault(400, "service_code was not provided"))
    if len(description) > LONGEST:
        faults.append(Fault(400, f"description can be at most {LONGEST} characters"))
    if where is None and not _one(form, "address_string") and not _one(form, "address_id") and not faults:
        faults.append(Fault(400, "lat and long, address_string or address_id must be provided"))
    if faults:
        raise Refused(*faults)
    return Sent(
        service_code=code, description=description, where=where, attributes=_attributes(form),
        media_urls=tuple(url for url in map(_tidy, form.get("media_url", ())) if url)[:MOST_MEDIA],
        **{name: _one(form, name)[:254] for name in (
            "address_string", "address_id", "email", "first_name", "last_name", "phone", "title")},
    )  # fmt: skip


def _where(form: Mapping[str, Sequence[str]], faults: list[Fault]) -> LonLat | None:
    lat, lon = _one(form, "lat"), _one(form, "long")
    if not lat and not lon:
        return None
    try:
        where = LonLat(float(lon), float(lat))
    except ValueError:
        where = None
    if where is None or not (math.isfinite(where.lat) and abs(where.lat) <= 90 and abs(where.lon) <= 180):
        faults.append(Fault(400, "lat and long must both be decimal degrees"))
        return None
    return where


def _attributes(form: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, values in form.items():
        if match := _ATTRIBUTE.fullmatch(key):
            tidy = tuple(_tidy(value)[:LONGEST] for value in values if value.strip())
            found[match[1]] = found.get(match[1], ()) + tidy
    return found


def sent_update(form: Mapping[str, Sequence[str]]) -> SentUpdate:
    """The update that a form sends. Raises Refused. Source: FixMyStreet's wiki, "POST Service Request Update"."""
    needed = ("service_request_id", "description", "update_id")
    missing = [Fault(400, f"{name} was not provided") for name in needed if not _one(form, name)]
    try:
        at = moment(_one(form, "updated_datetime")) if _one(form, "updated_datetime") else None
    except ValueError:
        missing.append(Fault(400, "updated_datetime cannot be read"))
        at = None
    if missing:
        raise Refused(*missing)
    return SentUpdate(
        update_id=_one(form, "update_id")[:200], service_request_id=_one(form, "service_request_id"),
        description=_one(form, "description")[:LONGEST], status=_one(form, "status")[:40], at=at,
    )  # fmt: skip


def _one(form: Mapping[str, Sequence[str]], name: str) -> str:
    values = form.get(name) or ("",)
    return _tidy(values[-1])


def _tidy(text: str) -> str:
    return _CONTROL.sub("", text).strip()
