"""What the public list is filtered by, read from an address and written back to one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

STATUSES = ("open", "received", "looking", "booked", "waiting", "passed", "done", "fixed", "closed", "late")
AGES = (7, 30, 90, 365, 0)
SORTS = ("newest", "oldest", "changed", "followed")
DEFAULT_DAYS = 90
MAX_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Filters:
    """The filter of a list or map of reports; empty fields mean any. `days` is the greatest age (0: any)."""

    category: str = ""
    status: str = ""
    ward: str = ""
    days: int = DEFAULT_DAYS
    q: str = ""
    sort: str = "newest"
    page: int = 1

    @property
    def is_any(self) -> bool:
        """Whether nothing is filtered."""
        return not (self.category or self.status or self.ward or self.q) and self.days == DEFAULT_DAYS

    def query(self, **changes: str | int) -> str:
        """The filter as a query string, with changes; what has its default is left out. A change starts at page 1."""
        changed = replace(self, **({"page": 1} | changes)) if changes else self  # pyright: ignore[reportArgumentType]
        plain = Filters()
        names = [field.name for field in fields(Filters)]
        return urlencode(
            {name: getattr(changed, name) for name in names if getattr(changed, name) != getattr(plain, name)}
        )


def read_filters(values: Mapping[str, str]) -> Filters:
    """The filter that an address asks for; what cannot be read is left out rather than refused."""
    status, sort, days, page = (values.get(name, "") for name in ("status", "sort", "days", "page"))
    return Filters(
        category=values.get("category", "")[:50],
        status=status if status in STATUSES else "",
        ward=values.get("ward", "")[:20],
        days=int(days) if days.isdecimal() and int(days) in AGES else DEFAULT_DAYS,
        q=" ".join(values.get("q", "").replace("\0", "").split())[:100],
        sort=sort if sort in SORTS else "newest",
        page=min(MAX_PAGE, max(1, int(page))) if page.isdecimal() and len(page) < 8 else 1,
    )
