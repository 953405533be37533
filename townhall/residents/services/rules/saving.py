"""Two windows on one form: whether what one sends would overwrite what the other has kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from townhall.kernel.catalogue.forms.model import Json


@dataclass(frozen=True, slots=True)
class Clash:
    """A page that was kept from another window since this one was opened, with something else in it."""

    page: str
    questions: tuple[str, ...]


def clash(
    page: str,
    names: Iterable[str],
    *,
    seen: int,
    kept: Mapping[str, int],
    before: Mapping[str, Json],
    after: Mapping[str, Json],
) -> Clash | None:
    """What would be lost if `after` took the place of `before`.

    `seen` is the application's number when the page was opened, `kept` the number at which each page was last kept.
    The same answers again, as from a second press of the button, lose nothing.
    """
    if kept.get(page, 0) <= seen:
        return None
    changed = tuple(each for each in names if before.get(each) != after.get(each))
    return Clash(page, changed) if changed else None
