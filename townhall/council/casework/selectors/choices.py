"""What a list can be narrowed to: each chip with its options as addresses."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import lists, names
from townhall.kernel.cases.models import DONE
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.identity.models import Person


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to narrow a list to; `query` is the list's address with it."""

    text: str
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """A chip that opens into options. `label` is what is chosen, or "Any ward"; `without` is the address without it."""

    name: str
    label: str
    is_chosen: bool
    without: str
    options: tuple[Option, ...]


Pair = tuple[str, str]


def pickers(chosen: Filter, people: Iterable[Person]) -> list[Picker]:
    """The chips of a list, in the order shown."""
    return [
        _picker(chosen, "status", _("Any status"), _statuses(chosen)),
        _picker(chosen, "ward", _("Any ward"), sorted(names.wards().items(), key=lambda pair: pair[1])),
        _picker(chosen, "category", _("Any category"), _categories()),
        _picker(chosen, "person", _("Any person"), _people(people)),
        _picker(chosen, "channel", _("Any channel"), [(code, str(title)) for code, title in names.CHANNELS.items()]),
    ]


def sorter(chosen: Filter) -> Picker:
    """The chip that sorts."""
    words = {"clock": _("Sort: clock"), "newest": _("Sort: newest"), "changed": _("Sort: changed")}
    options = tuple(Option(text, chosen.but(sort=code).query, chosen.sort == code) for code, text in words.items())
    return Picker("sort", words[chosen.sort], False, "", options)


def _picker(chosen: Filter, name: str, any_of: str, pairs: Iterable[Pair]) -> Picker:
    value = str(getattr(chosen, name))
    pairs = list(pairs)
    label = dict(pairs).get(value, value) if value else any_of
    options = tuple(Option(text, chosen.but(**{name: code}).query, code == value) for code, text in pairs)
    return Picker(name, label, bool(value), chosen.but(**{name: ""}).query, options)


def _statuses(chosen: Filter) -> list[Pair]:
    codes = DONE if chosen.is_done else lists.open_statuses()
    found = [(str(code), str(STATUSES[str(code)].words)) for code in codes]
    return found if chosen.is_done else [*found, ("over", _("Date missed"))]


def _categories() -> list[Pair]:
    found = [(choice.code, names.category_title(choice)) for choice in names.categories().values()]
    return sorted(found, key=lambda pair: pair[1].lower())


def _people(people: Iterable[Person]) -> list[Pair]:
    return [("me", _("Me")), ("nobody", _("Nobody")), *((str(each.pk), each.name) for each in people)]
