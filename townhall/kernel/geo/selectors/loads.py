"""What is loaded, for the set-up page."""

from dataclasses import dataclass

from townhall.kernel.geo.models import Address, Asset, Boundary, Feature, Load, Place, Street


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind there are, and the newest loads."""

    counts: dict[str, int]
    loads: list[Load]


def loaded() -> Loaded:
    """The counts by kind, in the order of the page, and the last ten loads."""
    counts = {
        "councils": Boundary.objects.filter(kind=Boundary.Kind.COUNCIL).count(),
        "wards": Boundary.objects.filter(kind=Boundary.Kind.WARD).count(),
        "neighbours": Boundary.objects.filter(kind=Boundary.Kind.NEIGHBOUR).count(),
        "streets": Street.objects.count(),
        "addresses": Address.objects.count(),
        "assets": Asset.objects.count(),
        "places": Place.objects.count(),
        "features": Feature.objects.count(),
    }
    return Loaded(counts, list(Load.objects.all()[:10]))


def credit() -> str:
    """What the licences of the sources want beside a map, one after the other; empty where they want nothing."""
    newest: dict[str, str] = {}
    for origin, words in Load.objects.order_by("id").values_list("origin", "credit"):
        newest[origin] = words
    return ". ".join(words for words in newest.values() if words)
