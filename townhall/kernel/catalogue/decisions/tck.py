"""Runs folders of the DMN TCK: models with inputs and the results that are expected of them.

Source: DMN TCK, testCases.xsd.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.engine import Engine, load
from townhall.kernel.catalogue.decisions.feel import reading
from townhall.kernel.catalogue.decisions.feel.comparing import equal, is_same
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.numbers import number
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import (
    Box,
    CallBox,
    ConditionalBox,
    ContextBox,
    Decision,
    FilterBox,
    FunctionBox,
    Knowledge,
    ListBox,
    LoopBox,
    ModelError,
    RelationBox,
    Service,
    TableBox,
    TextBox,
)
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, read_xml

KINDS: dict[type[Box] | type[None], str] = {
    TextBox: "literal expression",
    TableBox: "decision table",
    ContextBox: "context",
    CallBox: "invocation",
    FunctionBox: "function definition",
    ListBox: "list",
    RelationBox: "relation",
    ConditionalBox: "conditional",
    FilterBox: "filter",
    LoopBox: "iterator",
}
TOLERANCE = Decimal("1e-8")
READERS: dict[str, Callable[[str], Value]] = {
    "string": str,
    **dict.fromkeys(
        ("decimal", "double", "float", "integer", "int", "long", "short"), lambda text: number(text.strip())
    ),
    "boolean": lambda text: text.strip() in {"true", "1"},
    "date": lambda text: reading.date(text.strip()),
    "time": lambda text: reading.time(text.strip()),
    "dateTime": lambda text: reading.date_time(text.strip()),
    "duration": lambda text: reading.duration(text.strip()),
    "dayTimeDuration": lambda text: reading.duration(text.strip()),
    "yearMonthDuration": lambda text: reading.duration(text.strip()),
}


@dataclass(slots=True)
class Score:
    """How many results are as expected, those that are expected to be null apart."""

    total: int = 0
    passed: int = 0
    null_total: int = 0
    null_passed: int = 0
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    by_folder: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    failures: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def count(self, kind: str, folder: str, *, is_null: bool, is_right: bool) -> None:
        """Count one result: of which kind of logic, in which folder."""
        self.total += 1
        self.passed += is_right
        self.null_total += is_null
        self.null_passed += is_null and is_right
        for counts, name in ((self.by_kind, kind), (self.by_folder, folder)):
            row = counts.setdefault(name, {"total": 0, "passed": 0})
            row["total"] += 1
            row["passed"] += is_right


def run_folder(folder: Path) -> Score:
    """The score of all test files below a folder."""
    score = Score()
    engines: dict[Path, Engine | str] = {}
    for path in sorted(folder.rglob("*-test-*.xml")):
        try:
            run_file(path, score, engines)
        except ModelError as problem:
            score.count("none", path.parent.name, is_null=False, is_right=False)
            score.failures.append({"file": path.name, "result": "", "expected": "a test file", "found": str(problem)})
    return score


def run_file(path: Path, score: Score, engines: dict[Path, Engine | str]) -> None:
    """Count the results of one test file."""
    root = read_xml(path.read_bytes(), path.name, DEFAULT)
    model = path.parent / Path(root.text_of("modelName")).name
    if model not in engines:
        engines[model] = opened(model)
    for case in root.all("testCase"):
        for result, answer in answers(engines[model], case):
            expected = result.first("expected")
            wanted = value_of(expected) if expected is not None else None
            is_right = agrees(answer, wanted)
            kind = kind_of(engines[model], case.attributes.get("invocableName") or result.attributes.get("name", ""))
            score.count(kind, path.parent.name, is_null=wanted is None, is_right=is_right)
            if not is_right:
                names = {"case": case.attributes.get("id", ""), "result": result.attributes.get("name", "")}
                shown = {"expected": repr(wanted), "found": repr(answer)}
                score.failures.append({"file": path.name, **names, **shown})


def kind_of(engine: Engine | str, name: str) -> str:
    """The kind of logic that a name stands for: a literal expression, a table, a context, a service ..."""
    found = engine.model.named(name) if isinstance(engine, Engine) else None
    if isinstance(found, Decision):
        return KINDS.get(type(found.box), "none")
    return {Service: "decision service", Knowledge: "business knowledge model"}.get(type(found), "none")


def opened(path: Path) -> Engine | str:
    """The engine of a model; why there is none, where it cannot be read."""
    try:
        return load(path)
    except Exception as problem:  # whatever breaks is a result that is not as expected, and no end of the run
        return repr(problem)


def answers(engine: Engine | str, case: XmlElement) -> Iterator[tuple[XmlElement, Value]]:
    """Each result that a case asks for, with what came of it."""
    inputs = {each.attributes.get("name", ""): value_of(each) for each in case.all("inputNode")}
    for result in case.all("resultNode"):
        if isinstance(engine, str):
            yield result, engine
            continue
        try:
            yield result, answer(engine, case, result, inputs)
        except Exception as problem:  # as above
            yield result, problem


def answer(engine: Engine, case: XmlElement, result: XmlElement, inputs: dict[str, Any]) -> Value:
    """What came of one result."""
    name, kind = result.attributes.get("name", ""), case.attributes.get("type", "decision")
    invoked = case.attributes.get("invocableName", "")
    if kind == "decision" or not invoked:
        return engine.decide(name, inputs).value
    found = engine.decide(invoked, inputs).value
    service = engine.model.named(invoked)
    if isinstance(service, Service) and len(service.outputs) > 1 and isinstance(found, dict):
        return found.get(name)
    return found


def value_of(found: XmlElement) -> Value:
    """The value that an element holds: a list, components, or one value."""
    if (listed := found.first("list")) is not None:
        return None if is_nil(listed) else [value_of(item) for item in listed.all("item")]
    if components := found.all("component"):
        return {each.attributes.get("name", ""): value_of(each) for each in components}
    value = found.first("value")
    if value is None or is_nil(value) or is_nil(found):
        return None
    kind = value.attributes.get("type", "").rpartition(":")[2]
    try:
        return READERS.get(kind, str)(value.text)
    except OutOfDomain:
        return value.text


def is_nil(found: XmlElement) -> bool:
    """Whether an element says that it is null."""
    return found.attributes.get("nil", "").strip() in {"true", "1"}


def agrees(found: Value, expected: Value) -> bool:
    """Whether a value is what was expected; numbers may differ by 1e-8."""
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(found - expected) <= TOLERANCE * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(agrees, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(agrees(found[key], held) for key, held in expected.items())
    return found is None if expected is None else is_same(found, expected) or equal(found, expected) is True
