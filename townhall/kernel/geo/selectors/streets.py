"""Streets by their names."""

from townhall.kernel.geo.models import Street
from townhall.kernel.geo.rules.places import Found
from townhall.kernel.geo.rules.typed import fold
from townhall.kernel.geo.selectors.areas import ward, ward_at


def streets(prefix: str = "", limit: int = 200) -> list[Found]:
    """Streets whose names begin so, by name; two of one name are told apart by `detail`."""
    rows = Street.objects.exclude(name="").filter(sought__startswith=fold(prefix)).order_by("name", "locality")[:limit]
    return [found_street(row) for row in rows]


def found_street(row: Street) -> Found:
    """A street as a search answers it."""
    area = ward(row.ward_code) if row.ward_code else ward_at(row.point)
    detail = row.locality or (area.name if area else "")
    return Found(label=row.name, kind="street", point=row.point, detail=detail, usrn=row.usrn, ward=area)
