"""Compares what came of an example with what it says, and puts the difference into words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from townhall.kernel.cases.rules import LONDON
from townhall.kernel.catalogue.packages.model import Happening
from townhall.kernel.catalogue.processes.states import Order


def same_value(found: Any, wanted: Any) -> bool:
    """Whether two values of JSON are the same; of keys only those that are wanted are looked at."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        held, named = cast("Mapping[str, Any]", found), cast("Mapping[str, Any]", wanted)
        return all(same_value(held.get(name), each) for name, each in named.items())
    if isinstance(wanted, list) and isinstance(found, list):
        ours, theirs = cast("list[Any]", found), cast("list[Any]", wanted)
        same = zip(ours, theirs, strict=False)
        return len(ours) == len(theirs) and all(same_value(one, other) for one, other in same)
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


def differing(about: str, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """Where values are not as wanted."""
    for name, each in wanted.items():
        if name not in found:
            yield f"there is no {about} {name}; there are {', '.join(map(str, found)) or 'none'}."
        elif not same_value(found[name], each):
            yield f"{about} {name} is {found[name]!r}, not {each!r}."


def listed(about: str, found: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    """Where a list is not as wanted."""
    if list(found) != list(wanted):
        yield f"{about} {', '.join(found) or 'none'}, not {', '.join(wanted) or 'none'}."


def asking(found: Sequence[Order], wanted: Sequence[tuple[str, Mapping[str, object]]]) -> Iterator[str]:
    """Where other services are asked for than wanted, or with other values."""
    names = [f"{each.kind} {each.details['name']}" for each in found]
    yield from listed("it asks for", names, [name for name, _ in wanted])
    for order, (name, values) in zip(found, wanted, strict=False):
        yield from differing(f"for {name} the value", order.details.get("with", {}), values)


def saying(happening: Happening, english: Mapping[str, str], welsh: Mapping[str, str]) -> Iterator[str]:
    """Where letters do not say what is wanted, in neither language, or say in one of them what they must not."""
    for name, words in happening.says.items():
        if not any(words in said.get(name, "") for said in (english, welsh)):
            yield f"the {titled(name)} does not say {words!r}, but {english.get(name, 'is not sent')!r}."
    for name, words in happening.says_not.items():
        for said in (each[name] for each in (english, welsh) if words in each.get(name, "")):
            yield f"the {titled(name)} says {words!r}: {said!r}."


def titled(name: str) -> str:
    """What a text is called: `document permit`, or a letter."""
    return name if name.startswith("document ") else f"letter {name}"


def when(due: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """Where something is due at another time than wanted: a day, or a day with its hour and minute."""
    for key, text in wanted.items():
        if key not in due:
            yield f"nothing called {key} is due; there are {', '.join(due) or 'none'}."
            continue
        local = datetime.fromisoformat(due[key]).astimezone(LONDON)
        said = f"{local:%Y-%m-%d %H:%M}"
        if not said.startswith(text):
            yield f"{key} is due {said}, not {text}."
