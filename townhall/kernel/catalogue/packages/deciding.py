"""Answers the decisions that a process asks for, and those that say what a service costs."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from townhall.kernel.catalogue.decisions.conversion import given
from townhall.kernel.catalogue.decisions.engine import Answer, Engine, LimitReached, OutOfDomain
from townhall.kernel.catalogue.decisions.model import Decision, Words
from townhall.kernel.catalogue.decisions.tables import Found
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.kernel.catalogue.words import Text


class Reason(NamedTuple):
    """A rule that applied: the decision whose table has it, its number from 1, the reason that the table notes, and
    what people are told, in English and Welsh, where the table has words for them.
    """

    decision: str
    rule: int
    why: Words
    told: tuple[str, str]


class Decided(NamedTuple):
    """What came of a decision: the event for the process, and the rules that made it, those of its parts first."""

    event: Event
    reasons: tuple[Reason, ...] = ()


def named(package_decisions: Mapping[str, Engine], name: str) -> tuple[Engine | None, str]:
    """The file and the decision that `decisions/fee.yaml#Fee` names; the only one where none is named."""
    file, _, wanted = name.partition("#")
    engine = package_decisions.get(file)
    if engine is None:
        return None, wanted
    names = engine.names()
    return engine, wanted or (names[0] if len(names) == 1 else "")


def decided(package: Package, order: Order, *, at: datetime) -> Decided:
    """What comes of a decision that a process has asked for: done with `value`, or failed with `why`.

    A decision that comes to null has failed: no rule applied, or something that it needs is missing.
    """
    engine, name = named(package.decisions, str(order.details["name"]))
    if engine is None or engine.model.named(name) is None:
        return Decided(Event("failed", order.key, {"why": f"There is no decision {order.details['name']!r}."}))
    try:
        answer = engine.decide(name, order.details.get("with", {}), now=at, trace=True)
    except (LimitReached, OutOfDomain) as problem:
        return Decided(Event("failed", order.key, {"why": str(problem)}))
    if answer.value is None:
        return Decided(Event("failed", order.key, {"why": "; ".join(answer.notes) or f"{name!r} comes to nothing."}))
    return Decided(Event("done", order.key, {"value": given(answer.value)}), _reasons(engine, answer))


def _reasons(engine: Engine, answer: Answer) -> tuple[Reason, ...]:
    names = {id(each.box): each.name for each in engine.model.elements.values() if isinstance(each, Decision)}
    return tuple(reason for found in answer.trace for reason in _fired(found, names.get(id(found.box), "")))


def _fired(found: Found, name: str) -> Iterator[Reason]:
    """The rules of a table that counted; which of several counts by priority is not known, so nobody is told."""
    for number in found.fired[:1] if found.box.hit == "F" else found.fired:
        rule = found.box.rules[number]
        is_sure = found.box.hit != "P" or len(found.fired) == 1
        yield Reason(name, number + 1, rule.why, rule.told if is_sure else ("", ""))


def usual_fees(package: Package, *, at: datetime) -> list[tuple[Text, int]]:
    """What the service costs in pence in its usual cases, for residents to see before they begin."""
    engine, name = named(package.decisions, package.service.fee.decision)
    found: list[tuple[Text, int]] = []
    for each in package.service.fee.cases if engine is not None else ():
        value: Any = given(engine.decide(name, each.inputs, now=at).value) if engine is not None else None
        if isinstance(value, int):
            found.append((each.label, value))
    return found
