"""What somebody has typed to try a draft, as it goes along with the page: nothing of it is ever kept."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from townhall.kernel.catalogue.packages.model import Happening
from townhall.residents.editor.rules.yaml_files import Map, as_list, as_map, flow, listed, quoted, written

MOST_CHARACTERS, MOST_HAPPENING = 100_000, 40
KINDS = ("done", "failed", "message")


@dataclass(frozen=True, slots=True)
class Trial:
    """Answers by question, and what happened to the case: moment, kind and name of each."""

    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    happens: tuple[tuple[str, str, str, str], ...] = ()

    def as_text(self) -> str:
        """It as a page carries it along."""
        return json.dumps({"answers": self.answers, "happens": self.happens}, ensure_ascii=False)


def trial_of(text: str) -> Trial:
    """What a page carried along; nothing where that cannot be read."""
    held: Mapping[str, Any] = {}
    with suppress(ValueError, RecursionError):
        held = as_map(json.loads(text) if len(text) <= MOST_CHARACTERS else {})
    rows = [tuple(map(str, as_list(each))) for each in as_list(held.get("happens")) if len(as_list(each)) == 4]
    kept = [each for each in rows if each[1] in {"", *KINDS}][:MOST_HAPPENING]
    return Trial(as_map(held.get("answers")), tuple((each[0], each[1], each[2], each[3]) for each in kept))


def happening(place: Any, row: tuple[str, str, str, str]) -> Happening:
    """Something that happened, as the engine takes it; what came with it stands as `name = value` lines."""
    at, kind, name, data = row
    return Happening(place, at, kind, name, data_of(data))


def data_of(text: str) -> dict[str, Any]:
    """Values by name, from lines `name = value`: true, false, numbers and texts."""
    found: dict[str, Any] = {}
    for line in text.split("\n"):
        name, sign, value = (each.strip() for each in line.partition("="))
        if sign and name:
            found[name] = {"true": True, "false": False}.get(
                value, int(value) if value.isdecimal() and len(value) < 12 else value
            )
    return found


def example_file(held: Mapping[str, Any]) -> str:
    """The file of an example."""
    tree = Map({key: in_file(each) for key, each in held.items() if key != "happens"})
    tree["happens"] = listed([in_file(each) for each in held["happens"]], on_one_line=False)
    return written(tree)


def in_file(value: Any) -> Any:
    """A value of JSON as a file has it: on one line, texts that could be something else in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return flow({str(key): in_file(each) for key, each in as_map(cast("Any", value)).items()})
    if isinstance(value, list | tuple):
        return listed([in_file(each) for each in as_list(list(cast("Any", value)))])
    return quoted(value) if isinstance(value, str) else str(value)
