"""What a page of a form takes beside text and files: places on the map, addresses looked up, items of a group."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from townhall.kernel.geo.rules import LonLat, picked
from townhall.residents.services import rules, selectors
from townhall.residents.services.rules import Typed
from townhall.residents.services.views.flow import Flow


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What stands in the page after a button was pressed, where to look then, and which documents nobody has now."""

    typed: Typed
    anchor: str
    gone: tuple[str, ...] = ()


def take_places(sent: QueryDict, flow: Flow, typed: Typed) -> None:
    """Read what was pressed on maps into the two numbers of their answers."""
    for name in sent.getlist("_place"):
        question = rules.question_at(flow.form, flow.page, name)
        if question is None or question.kind != "place":
            continue
        point = picked(sent, f"_map.{name}")
        lonlat = point.lonlat if point else _listed(sent.get(f"_point.{name}", ""))
        if lonlat is not None:
            before, held = selectors.words_at(*_spot(typed, name)), (typed.get(f"{name}.description") or [""])[-1]
            typed[f"{name}.latitude"], typed[f"{name}.longitude"] = [f"{lonlat.lat:.6f}"], [f"{lonlat.lon:.6f}"]
            if held in {"", before}:
                typed[f"{name}.description"] = [selectors.words_at(*_spot(typed, name))]


def _spot(typed: Typed, name: str) -> tuple[str, str]:
    """The two numbers that stand in the page."""
    return (typed.get(f"{name}.latitude") or [""])[-1], (typed.get(f"{name}.longitude") or [""])[-1]


def _listed(text: str) -> LonLat | None:
    """The place that was chosen from the list."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return LonLat(longitude, latitude)


def adjusted(sent: QueryDict, flow: Flow, typed: Typed, do: str) -> Adjusted:
    """What stands in the page after a button of it: `add:things`, `remove:things.1`, `find:home`, `use:home`."""
    act, _colon, place = do.partition(":")
    anchor = place.replace(".", "-")
    if act == "add":
        more = rules.more_items(typed, place)
        return Adjusted(more, f"{anchor}-item-{int(more[f'_items.{place}'][0]) - 1}")
    if act == "remove":
        group, _dot, number = place.rpartition(".")
        left = rules.without_item(typed, group, int(number)) if number.isdigit() and len(number) < 4 else typed
        return Adjusted(left, group.replace(".", "-"), _lost(flow, typed, left))
    if act == "drop":
        name, _dot, key = place.rpartition(".")
        left = typed | {name: [each for each in typed.get(name, []) if each != key]}
        return Adjusted(left, name.replace(".", "-"), _lost(flow, typed, left))
    if act in {"find", "use", "put"}:
        return _address(sent, typed, act, place)
    return Adjusted(typed, anchor)


def _lost(flow: Flow, before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Documents that stood in the page and do no more."""
    keys = flow.application.files
    held = {value for values in before.values() for value in values if value in keys}
    return tuple(held - {value for values in after.values() for value in values})


def _address(sent: QueryDict, typed: Typed, act: str, place: str) -> Adjusted:
    """Look an address up, or take the one that was chosen; lines typed by hand stay."""
    anchor, looked = place.replace(".", "-"), {f"_find.{place}": [sent.get(f"_find.{place}", "")[:120]]}
    chosen = selectors.known_address(sent.get(f"_pick.{place}", "")) if act == "use" else None
    if chosen is None:
        return Adjusted(typed | looked, f"{anchor}-find")
    earlier = selectors.known_address((typed.get(f"{place}.uprn") or [""])[-1])
    made, is_by_hand = rules.chosen_address(typed, place, chosen, earlier)
    said = {f"_kept.{place}": ["yes"]} if is_by_hand else {}
    return Adjusted(made | said, f"{anchor}-line_1")
