"""Lets running cases of a service go on with another version, and takes them back: a process of its own, run by
`figures/transfers.py`. Says as JSON how long each took, how many statements a batch sent, and how many cases are wrong.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402

from townhall.kernel.cases.models import Case, Task  # noqa: E402
from townhall.kernel.catalogue.packages.reading import read_files  # noqa: E402
from townhall.kernel.catalogue.packages.shelf import SMALLEST  # noqa: E402
from townhall.kernel.catalogue.processes import engine  # noqa: E402
from townhall.residents.services import actions, selectors  # noqa: E402

Application, Course, Version = (apps.get_model("services", each) for each in ("Application", "Course", "Version"))
SLUG, KIND = "bench_transfer", "service"
STEPS = 5
ANSWERS = {"question": "May I have a plot?", "full_name": "Robin Example", "email": "robin@example.org"}


def process(word: str) -> bytes:
    """Five tasks one after another, each with a deadline, under names that the other version does not have."""
    lines = ["name: {en: Plot, cy: Llain}", "entry: [{letter: received}]", "states:"]
    for number in range(1, STEPS + 1):
        onward = f"{word}_{number + 1}" if number < STEPS else "over"
        lines += [
            f"  {word}_{number}:", f"    name: {{en: {word} {number}, cy: {word} {number}}}",
            "    task: {who: contact, due: {working days: 5}}",
            f"    after: {{name: late, working days: 10, to: {onward}}}", f"    on: {{done: {onward}}}",
        ]  # fmt: skip
    return "\n".join([*lines, "  over: {name: {en: Over, cy: Drosodd}, final: true}"]).encode()


def published(word: str, at: datetime) -> Any:
    """A version with this process."""
    paths = [each for each in SMALLEST.rglob("*") if each.is_file() and "examples" not in each.parts]
    files = {str(each.relative_to(SMALLEST)): each.read_bytes() for each in paths}
    return actions.publish(package=read_files(SLUG, files | {"process.yaml": process(word)}), at=at)


def fill(version: Any, number: int, at: datetime) -> None:
    """Running cases of a version, as many in each of its states, each with its open task and its timer."""
    moved, shapes = engine.start(selectors.package(version).process, ANSWERS, at=at), list[dict[str, Any]]()
    for step in range(1, STEPS + 1):
        shapes.append(moved.state.kept())
        done = engine.Event("done", f"old_{step}#{step}")
        moved = engine.send(selectors.package(version).process, moved.state, done, at=at)
    for first in range(0, number, 1_000):
        fill_some(version, shapes, min(1_000, number - first), at)


def fill_some(version: Any, shapes: list[dict[str, Any]], number: int, at: datetime) -> None:
    """A thousand of them by four statements."""
    cases = Case.objects.bulk_create(
        Case(kind=KIND, category=SLUG, title="Plot", opened_at=at, updated_at=at) for _ in range(number)
    )
    sent = Application.objects.bulk_create(
        Application(
            id=each.pk, version=version, owner="bench", case=each, answers=ANSWERS, created_at=at, updated_at=at,
            sent_at=at,
        ) for each in cases
    )  # fmt: skip
    tasks = Task.objects.bulk_create(Task(case=each, title="old", is_asked=True, created_at=at) for each in cases)
    courses = list[Any]()
    for place, (application, task) in enumerate(zip(sent, tasks, strict=True)):
        state = shapes[place % STEPS]
        path, counted = next(iter(state["active"].items()))
        held = {str(task.pk): {"key": f"{path}#{counted}", "kind": "task", "with": {}}}
        due = min(datetime.fromisoformat(each) for each in state["timers"].values())
        courses.append(Course(application=application, state=state, tasks=held, next_at=due))
    Course.objects.bulk_create(courses)


def carried(transfer: Any, statements: Counter[str]) -> float:
    """The seconds that a transfer takes from its first batch to its end."""

    def counting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements["sent"] += 1
        return execute(sql, params, many, context)

    began = time.perf_counter()
    with connection.execute_wrapper(counting):
        while actions.go_on(transfer_id=transfer.pk, at=datetime.now(UTC)).cases:
            statements["batches"] += 1
    return time.perf_counter() - began


def standing() -> dict[Any, Any]:
    """Where each case is, all that a course has."""
    rows = Course.objects.filter(application__version__slug=SLUG).values_list("pk", "state", "tasks", "next_at")
    return {key: tuple(held) for key, *held in rows.iterator()}


def wrong_there(target: Any) -> int:
    """How many are in a state that the version they are on has not, or not on it."""
    nodes = selectors.package(target).process.nodes
    rows = Course.objects.filter(application__version__slug=SLUG).values_list("state", "application__version")
    return sum(key != target.pk or any(path not in nodes for path in state["active"]) for state, key in rows.iterator())


def main(number: int) -> None:
    """There and back."""
    at, statements = datetime.now(UTC), Counter[str]()
    first, second = published("old", at), published("new", at)
    fill(first, number, at)
    before = standing()
    states = {f"old_{step}": f"new_{step}" for step in range(1, STEPS + 1)}
    transfer = actions.begin_transfer(source=first, target=second, states=states, by=None, at=at)
    there = carried(transfer, statements)
    wrong = wrong_there(second)
    back = carried(actions.take_back(transfer=transfer, by=None, at=at), statements)
    after = standing()
    wrong += sum(after[key] != held for key, held in before.items())
    sent = statements["sent"] / statements["batches"]
    sys.stdout.write(json.dumps({"there": there, "back": back, "statements": sent, "wrong": wrong}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
