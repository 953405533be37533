"""Addresses and places of the gazetteer as a form takes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from townhall.kernel.authority import selectors as authority
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Found, LonLat, NotInBritain, Point, to_bng
from townhall.residents.services.rules import Field, Known, fields_of
from townhall.residents.services.selectors.words import language

MOST = 60


def find_addresses(text: str) -> list[Known]:
    """Properties for what was typed: a postcode, a house and street, a UPRN."""
    return [_known(each) for each in geo.search(text, MOST) if each.kind == "address" and each.uprn]


def known_address(uprn: str) -> Known | None:
    """The property with a UPRN."""
    found = find_addresses(uprn) if uprn.isascii() and uprn.isdigit() and len(uprn) <= 12 else []
    return next((each for each in found if each.uprn == uprn), None)


def _known(found: Found) -> Known:
    return Known(
        uprn=str(found.uprn), label=found.label, line_1=found.label.removesuffix(f", {found.postcode}"),
        town=found.detail or authority.ours().short_name, postcode=found.postcode,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A question for a place: where its map looks, whether a place is chosen and what that is in words.

    `found` are the places for what was looked up, `nothing` the words for which there are none.
    """

    centre: Point
    is_chosen: bool
    words: str
    found: list[Found]
    nothing: str


def points_of(fields: Iterable[Field]) -> dict[str, Spot]:
    """What the map of each question for a place shows."""
    return {each.at: _spot(each) for each in fields_of(fields) if each.kind == "place"}


def _spot(field: Field) -> Spot:
    sought = (field.typed.get(f"_find.{field.at}") or [""])[-1].strip()
    found = geo.search(sought, 8) if sought else []
    point = _point(field.value("latitude"), field.value("longitude"))
    centre = point or (found[0].point if found else geo.extent().middle)
    words = words_at(field.value("latitude"), field.value("longitude"))
    return Spot(centre, point is not None, words, found, sought if sought and not found else "")


def words_at(latitude: str, longitude: str) -> str:
    """A place in words; empty for none."""
    point = _point(latitude, longitude)
    described = geo.describe(point) if point else None
    return ((described.place_cy if language() == "cy" else "") or described.place) if described else ""


def _point(latitude: str, longitude: str) -> Point | None:
    try:
        return to_bng(LonLat(float(longitude), float(latitude)))
    except (ValueError, NotInBritain):
        return None
