"""The gazetteer: from what people type to places. Exact things first, then names, then names misspelt."""

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity
from django.db.models import Avg, F, FloatField, Func, QuerySet
from django.db.models.functions import Length

from townhall.kernel.geo.models import Address, Asset, Place, Street
from townhall.kernel.geo.rules import typed
from townhall.kernel.geo.rules.grid import NotAGridReference, to_grid_reference
from townhall.kernel.geo.rules.places import Found
from townhall.kernel.geo.rules.points import Point
from townhall.kernel.geo.selectors.areas import ward, ward_at
from townhall.kernel.geo.selectors.streets import found_street

LARGEST_UPRN = 10**12
"""UPRNs have up to twelve digits, USRNs eight. Source: BS 7666."""
MISSPELT = 0.34
"""Trigram similarity from which a name counts as meant: one wrong letter in a word of six."""


def search(text: str, limit: int = 10) -> list[Found]:
    """Places for what was typed, best first: a postcode or part of one, street, house and street, UPRN or USRN, place
    name, reference of an asset, `lat, lon`, metres or grid reference. Empty for nothing typed or nothing found.
    """
    typed_text = " ".join(text.split())[:120]
    if not typed_text:
        return []
    if (point := typed.position(typed_text)) is not None:
        return [_coordinates(point)]
    if typed_text.isdecimal() and len(typed_text) >= 5:
        return _by_number(int(typed_text))
    if postcode := typed.tidy_postcode(typed_text):
        if found := _by_postcode(typed_text, postcode, limit):
            return found
    elif (outward := typed.outward_code(typed_text)) and (found := _postcodes(outward, limit)):
        return found
    number, rest = typed.house_number(typed_text)
    houses = _by_house(number, rest, limit) if number else []
    return (houses + _by_name(rest if houses else typed_text, limit))[:limit]


def _coordinates(point: Point) -> Found:
    try:
        label = to_grid_reference(point)
    except NotAGridReference:
        label = f"{point.easting:.0f}, {point.northing:.0f}"
    return Found(label=label, kind="coordinates", point=point, ward=ward_at(point))


def _by_number(number: int) -> list[Found]:
    """The address with this UPRN, the street with this USRN."""
    if number >= LARGEST_UPRN:
        return []
    addresses = [_address(row) for row in Address.objects.filter(uprn=number)]
    return addresses + [found_street(row) for row in Street.objects.filter(usrn=number)]


def _by_postcode(text: str, postcode: str, limit: int) -> list[Found]:
    """The house in the postcode where a number was typed, else the postcode and its addresses."""
    rows = Address.objects.filter(postcode=postcode)
    number, _ = typed.house_number(f"{typed.without_postcode(text)} x")
    if number and (houses := [_address(row) for row in rows.filter(number__iexact=number)[:limit]]):
        return houses
    ordered = rows.order_by("street", Length("number"), "number")[: max(0, limit - 1)]
    return _postcodes(postcode, 1) + [_address(row) for row in ordered]


def _postcodes(beginning: str, limit: int) -> list[Found]:
    """Postcodes that begin so, each at the middle of its addresses."""
    rows = (
        Address.objects.filter(postcode__startswith=beginning).values("postcode")
        .annotate(easting=Avg(_part("point", 0)), northing=Avg(_part("point", 1))).order_by("postcode")
    )  # fmt: skip
    return [_postcode(row["postcode"], Point(row["easting"], row["northing"])) for row in rows[:limit]]


def _part(field: str, index: int) -> Func:
    return Func(F(field), template=f"(%(expressions)s)[{index}]", output_field=FloatField())


def _postcode(postcode: str, middle: Point) -> Found:
    area = ward_at(middle)
    return Found(postcode, "postcode", middle, detail=area.name if area else "", postcode=postcode, ward=area)


def _by_house(number: str, street: str, limit: int) -> list[Found]:
    """Houses of this number in streets of about this name."""
    names = [row.name for row in _named(Street.objects.all(), street, 5)]
    rows = Address.objects.filter(street__in=names, number__iexact=number)[: limit * 3]
    return [_address(row) for row in sorted(rows, key=lambda row: names.index(row.street))][:limit]


def _by_name(text: str, limit: int) -> list[Found]:
    """Streets, places and assets by name; exact ones first, then those that begin so, then those that resemble it."""
    sought = typed.fold(text)
    places = _named(Place.objects.all(), text, limit)
    assets = _whole_words(Asset.objects.all(), sought, limit) if any(sign.isdigit() for sign in sought) else []
    streets = _named(Street.objects.all(), text, limit)
    found: list[tuple[str, Found]] = [(row.sought, found_street(row)) for row in streets]
    found += [(row.sought, Found(row.name, "place", row.point, ward=ward_at(row.point))) for row in places]
    found += [(row.sought, Found(row.label, "asset", row.point, ward=ward_at(row.point))) for row in assets]
    found.sort(key=lambda pair: (pair[0] != sought, not pair[0].startswith(sought)))
    return [answer for _, answer in found[:limit]]


def _named(rows: QuerySet, text: str, limit: int) -> list:
    """Rows whose name holds every word, the last one perhaps unfinished; where there is none, names misspelt."""
    sought = typed.fold(text)
    if not sought:
        return []
    alike = rows.annotate(likeness=TrigramSimilarity("sought", sought))
    return _whole_words(rows, sought, limit) or list(
        alike.filter(sought__trigram_similar=sought, likeness__gt=MISSPELT).order_by("-likeness", "sought")[:limit]
    )


def _whole_words(rows: QuerySet, sought: str, limit: int) -> list:
    words = SearchQuery(" & ".join(f"{word}:*" for word in sought.split()), search_type="raw", config="simple")
    found = rows.annotate(words=SearchVector("sought", config="simple")).filter(words=words)
    return list(found.annotate(likeness=TrigramSimilarity("sought", sought)).order_by("-likeness", "sought")[:limit])


def _address(row: Address) -> Found:
    area = ward(row.ward_code) if row.ward_code else ward_at(row.point)
    label = ", ".join(filter(None, [f"{row.number} {row.street}".strip(), row.postcode]))
    return Found(label, "address", row.point, row.locality, row.uprn, row.usrn, row.postcode, area)
