"""Examples beside a model: inputs and what must come out. They are in the model's own file, or in one beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import taken
from townhall.kernel.catalogue.decisions.engine import Engine
from townhall.kernel.catalogue.decisions.feel import reading
from townhall.kernel.catalogue.decisions.feel.comparing import equal, is_same
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import Date, DateTime, Days, Months, Time
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.feel.writing import written
from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import parse


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one example: of which decision, whether it is right, and in words what is not."""

    example: str
    decision: str
    is_right: bool
    sentence: str


def examples_of(path: Path, engine: Engine) -> list[dict[str, Any]]:
    """The examples of a model: its own, and those of `NAME.examples.yaml` beside it. Raises ModelError."""
    found: list[dict[str, Any]] = list(engine.model.examples)
    beside = path.with_suffix(".examples.yaml")
    if beside.is_file():
        for node in parse(beside.read_bytes(), beside.name, engine.limits).items():
            if isinstance(plain := node.plain(), dict):
                found.append(plain)
    for number, each in enumerate(found, 1):
        if not isinstance(each.get("expect"), dict) or not isinstance(each.get("inputs", {}), dict):
            place = Place(beside.name if beside.is_file() else path.name)
            raise ModelError(f"Example {number} lacks inputs or what to expect.", place, "Add 'inputs' and 'expect'.")
    return found


def outcomes(engine: Engine, examples: list[dict[str, Any]]) -> Iterator[Outcome]:
    """What comes of each example."""
    for number, each in enumerate(examples, 1):
        name = str(each.get("name") or f"example {number}")
        for decision, expected in each["expect"].items():
            yield outcome(engine, name, decision, each.get("inputs", {}), expected)


def outcome(engine: Engine, name: str, decision: str, inputs: dict[str, Any], expected: Any) -> Outcome:
    """What comes of one decision of an example."""
    try:
        answer = engine.decide(decision, inputs)
    except KeyError:
        return Outcome(name, decision, False, f"there is no decision {decision!r}")
    except (OutOfDomain, LimitReached) as problem:
        return Outcome(name, decision, False, str(problem))
    wanted = like(taken(expected), answer.value)
    if is_same(wanted, answer.value) or equal(wanted, answer.value) is True:
        return Outcome(name, decision, True, f"{decision} is {written(answer.value)}")
    notes = f" ({'; '.join(answer.notes)})" if answer.notes else ""
    return Outcome(name, decision, False, f"{decision} is {written(answer.value)}, not {written(wanted)}{notes}")


def like(expected: Value, found: Value) -> Value:
    """What is expected, its texts read as dates and durations where such were found."""
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [like(one, other) for one, other in zip(expected, found, strict=True)]
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: like(held, found.get(key)) for key, held in expected.items()}
    if isinstance(expected, str) and isinstance(found, Date | Time | DateTime | Days | Months):
        return reading.moment(expected) or expected
    return expected
