"""Takes a case through a package as an example does, and writes down what came of it: the example that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.packages.calendars import facts_on
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Example, Happening, Package
from townhall.kernel.catalogue.packages.running import Budget, Trial
from townhall.kernel.catalogue.packages.trying import filled_in
from townhall.kernel.catalogue.processes.engine import Order, Refused
from townhall.kernel.catalogue.processes.model import ROOT, Node


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one thing that happened: the states then, what was sent, asked for and decided since the last."""

    happening: Happening
    refused: str
    state: tuple[str, ...]
    letters: tuple[str, ...]
    texts: Mapping[str, str]
    asks: tuple[Order, ...]
    decided: Mapping[str, Any]
    values: Mapping[str, Any]
    next_due: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case that was taken through: what came of everything, and what the form refused before anything could."""

    outcomes: tuple[Outcome, ...]
    mistakes: Mapping[str, Mapping[str, str]]


def recorded(
    package: Package, answers: Mapping[str, Any], happens: Sequence[Happening], *, at: str, nation: str
) -> Recorded:
    """What comes of answers, and of what happens to their case afterwards."""
    example = Example("", Place(""), "", at, nation, answers=answers, happens=tuple(happens))
    found, mistakes = filled_in(package, example, facts_on(moment_of(at).date(), nation))
    if mistakes:
        return Recorded((), mistakes)
    trial = Trial(package, example, found.answers, moment_of(at), Budget())
    return Recorded(tuple(outcome(trial, each, is_first=number == 0) for number, each in enumerate(happens)), {})


def outcome(trial: Trial, happening: Happening, *, is_first: bool) -> Outcome:
    """What comes of one thing that happens."""
    refused = ""
    trial.forget()
    try:
        if is_first:
            trial.begin()
        trial.wait(moment_of(happening.at))
        if happening.kind:
            trial.send(trial.event(happening))
    except Refused as problem:
        refused = str(problem)
    state = trial.state
    return Outcome(
        happening, refused, tuple(sorted(state.active)) if state else (), tuple(trial.letters), dict(trial.texts),
        tuple(trial.asks), dict(trial.decided), dict(state.values.get(ROOT, {})) if state else {},
        min((datetime.fromisoformat(each).isoformat() for each in state.timers.values()), default="") if state else "",
    )  # fmt: skip


def waiting(package: Package, found: Outcome) -> list[tuple[Node, str, str]]:
    """What may happen next: the state, the event (done, failed, message) and its name."""
    may: dict[tuple[str, str], Node] = {}
    for path in found.state:
        node = package.process.nodes[path]
        for kind in ("done", "failed") if node.waits else ():
            if kind == "done" or any("failed" in each.on for each in node.line()):
                may.setdefault((kind, path), node)
        for each in node.line():
            for name in each.on:
                if name in package.process.messages:
                    may.setdefault(("message", name), node)
    return [(node, kind, name) for (kind, name), node in may.items()]


def as_example(found: Recorded, *, name: str, at: str, nation: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The example that says what was recorded, as a file has it."""
    lines = [line_of(each) for each in found.outcomes]
    head: dict[str, Any] = {"name": name, "at": at} | ({"nation": nation} if nation != "england" else {})
    return head | {"answers": dict(answers), "happens": lines}


def line_of(found: Outcome) -> dict[str, Any]:
    """One thing that happened, with all that came of it."""
    each = found.happening
    line: dict[str, Any] = {"at": each.at} | ({each.kind: each.name} if each.kind else {})
    line |= {"with": dict(each.data)} if each.data else {}
    if found.refused:
        return line | {"refused": found.refused}
    line |= {"state": list(found.state) if len(found.state) != 1 else found.state[0]}
    line |= {"letters": list(found.letters)} if found.letters else {}
    line |= {"asks": [f"{one.kind} {one.details['name']}" for one in found.asks]} if found.asks else {}
    return line | ({"decided": dict(found.decided)} if found.decided else {})
