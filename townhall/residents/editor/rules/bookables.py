"""What can be booked, as `service.yaml` proposes it: shown as fields and written back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from townhall.kernel.catalogue.packages.bookables import NUMBERS, OWN, WEEKDAYS
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    at,
    flow,
    listed,
    plain,
    put,
    put_words,
    words,
)

KEY = "bookings"
FIRST_WEEK: Mapping[str, str] = dict.fromkeys(WEEKDAYS[:5], "09:00-12:00")
"""The week of something new, until somebody says another: weekday mornings."""


@dataclass(frozen=True, slots=True)
class Bookable:
    """Something to book. `days` are hours by weekday, with commas between; `numbers` are texts, empty where unsaid."""

    name: str
    title: Words
    days: Mapping[str, str] = field(default_factory=dict[str, str])
    numbers: Mapping[str, str] = field(default_factory=dict[str, str])


def bookables_of(tree: Tree) -> tuple[Bookable, ...]:
    """What can be booked, in the order of the file."""
    return tuple(bookable_of(str(name), as_map(each)) for name, each in as_map(tree.get(KEY)).items())


def bookable_of(name: str, held: Mapping[str, object]) -> Bookable:
    """Something to book, as it stands in the file."""
    days = {day: ", ".join(as_text(each) for each in as_list(as_map(held.get("days")).get(day))) for day in WEEKDAYS}
    return Bookable(name, words(held.get("name")), days, {key: as_text(held.get(key)) for key in NUMBERS})


def add_bookable(tree: Tree, title: Words) -> str:
    """Something more to book, on weekday mornings; its name."""
    if not isinstance(tree.get(KEY), Map):
        tree[KEY] = Map()
    name = name_of(title.en, {*map(str, tree[KEY]), *OWN}, "place")
    tree[KEY][name] = Map({"name": flow({"en": title.en, "cy": title.cy}), "days": flow(FIRST_WEEK)})
    return name


def change_bookable(tree: Tree, told: Bookable) -> None:
    """Write what was typed. Raises CannotChange where it is not there any more."""
    held = _held(tree, told.name)
    put_words(held, "name", told.title)
    week = {day: hours(told.days.get(day, "")) for day in WEEKDAYS if told.days.get(day, "").strip()}
    if plain(week) != plain(held.get("days")):
        held["days"] = flow(week)
    for key in NUMBERS:
        put(held, key, told.numbers.get(key, ""))


def hours(text: str) -> object:
    """The hours of a day as a file has them: one text, or a list of several."""
    found = [each.strip() for each in text.split(",") if each.strip()]
    return found[0] if len(found) == 1 else listed(found)


def remove_bookable(tree: Tree, name: str) -> None:
    """Take something out. Raises CannotChange where it is not there any more."""
    _held(tree, name)
    del tree[KEY][name]
    if not tree[KEY]:
        del tree[KEY]


def _held(tree: Tree, name: str) -> Tree:
    held = at(tree, KEY, name)
    if not isinstance(held, Map):
        raise CannotChange(f"There is nothing called {name!r} to book.")
    return held
