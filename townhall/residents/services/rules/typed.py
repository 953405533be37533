"""What a browser sends for a page: flat names with texts. From kept answers back to it, and one item more or less."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.forms.model import Form, Json, Question

Typed = dict[str, list[str]]
COUNT = "_items."
"""Before a group's name: how many of its items the page shows, empty ones too."""
YES, NO = ["yes"], ["no"]


def typed_of(questions: Iterable[Question], answers: Mapping[str, Json]) -> Typed:
    """What somebody would have to type for these answers."""
    found: Typed = {}
    for each in questions:
        if not each.is_computed:
            found |= raw_of(each, answers.get(each.name), each.name)
    return found


def raw_of(question: Question, answer: Json, at: str) -> Typed:
    """What somebody would have to type for one answer."""
    if answer is None:
        return {}
    if question.inside:
        return _of_group(question, answer, at)
    if question.kind == "date" and isinstance(answer, str) and len(answer) == 10:
        return _parts(at, {"day": str(int(answer[8:])), "month": str(int(answer[5:7])), "year": answer[:4]})
    if isinstance(answer, dict):
        return _parts(at, answer)
    if isinstance(answer, list):
        return {at: [str(each["file"]) if isinstance(each, dict) else str(each) for each in answer]}
    return {at: [_plain(answer)]}


def _of_group(question: Question, answer: Json, at: str) -> Typed:
    items = answer if isinstance(answer, list) else []
    found: Typed = {}
    for number, item in enumerate(items):
        held: Mapping[str, Json] = item if isinstance(item, dict) else {}
        for each in question.inside:
            found |= raw_of(each, held.get(each.name), f"{at}.{number}.{each.name}")
    return found


def _parts(at: str, held: Mapping[str, Json]) -> Typed:
    return {f"{at}.{part}": [_plain(value)] for part, value in held.items() if value is not None}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return (YES if value else NO)[0]
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def only_of(questions: Sequence[Question], sent: Mapping[str, Sequence[str]]) -> Typed:
    """Of what was sent, that which belongs to these questions; names of our own begin with `_`."""
    names = {each.name for each in questions if not each.is_computed}
    kept: Typed = {}
    for name, values in sent.items():
        owner = name.removeprefix(COUNT).partition(".")[0]
        if owner in names and (name.startswith(COUNT) or not name.startswith("_")):
            kept[name] = list(values)
    return kept


def question_at(form: Form, page: str, place: str) -> Question | None:
    """The question at a place of a page (`jobs.0.quote`); None where the page has none there."""
    question = form.questions.get(place.rpartition(".")[2])
    return question if question is not None and question.page == page else None


def items_shown(typed: Mapping[str, Sequence[str]], at: str, *, least: int = 1) -> int:
    """How many items of a group the page shows: those that were typed, and empty ones that were asked for."""
    prefix = f"{at}."
    numbers = [name[len(prefix) :].partition(".")[0] for name in typed if name.startswith(prefix)]
    filled = max((int(each) + 1 for each in numbers if each.isascii() and each.isdigit() and len(each) < 4), default=0)
    asked = typed.get(f"{COUNT}{at}", [""])[-1]
    return max(filled, least, min(int(asked), 200) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0)


def more_items(typed: Typed, at: str) -> Typed:
    """The same with one empty item more."""
    return typed | {f"{COUNT}{at}": [str(items_shown(typed, at) + 1)]}


def without_item(typed: Typed, at: str, number: int) -> Typed:
    """The same without one item; those after it move up."""
    count, kept = items_shown(typed, at), Typed()
    for name, values in typed.items():
        moved = _moved(name, at, number)
        if moved is not None:
            kept[moved] = values
    return kept | {f"{COUNT}{at}": [str(max(0, count - 1))]}


def _moved(name: str, at: str, gone: int) -> str | None:
    """What a name is called once an item is gone; none where it goes with it."""
    before = COUNT if name.startswith(COUNT) else ""
    plain = name.removeprefix(COUNT)
    if not plain.startswith(f"{at}."):
        return name
    number, dot, rest = plain[len(at) + 1 :].partition(".")
    if not number.isdigit() or int(number) < gone:
        return name
    return None if int(number) == gone else f"{before}{at}.{int(number) - 1}{dot}{rest}"


def without_blank_items(typed: Typed, questions: Iterable[Question]) -> Typed:
    """The same without the items of groups in which nothing was typed, as the form's engine counts them."""
    found = typed
    for group in (each for each in questions if each.inside):
        for number in reversed(range(items_shown(typed, group.name, least=0))):
            prefix = f"{group.name}.{number}."
            held = [value for name, values in found.items() if name.startswith(prefix) for value in values]
            if not any(each.strip() for each in held):
                found = without_item(found, group.name, number)
    return found
