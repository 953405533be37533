"""Answers the decisions that a process asks for, and those that say what a service costs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import given
from townhall.kernel.catalogue.decisions.engine import Engine, LimitReached, OutOfDomain
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.kernel.catalogue.words import Text


def named(package_decisions: Mapping[str, Engine], name: str) -> tuple[Engine | None, str]:
    """The file and the decision that `decisions/fee.yaml#Fee` names; the only one where none is named."""
    file, _, wanted = name.partition("#")
    engine = package_decisions.get(file)
    if engine is None:
        return None, wanted
    names = engine.names()
    return engine, wanted or (names[0] if len(names) == 1 else "")


def decided(package: Package, order: Order, *, at: datetime) -> Event:
    """What comes of a decision that a process has asked for: done with `value`, or failed with `why`.

    A decision that comes to null has failed: no rule applied, or something that it needs is missing.
    """
    engine, name = named(package.decisions, str(order.details["name"]))
    if engine is None or engine.model.named(name) is None:
        return Event("failed", order.key, {"why": f"There is no decision {order.details['name']!r}."})
    try:
        answer = engine.decide(name, order.details.get("with", {}), now=at)
    except (LimitReached, OutOfDomain) as problem:
        return Event("failed", order.key, {"why": str(problem)})
    if answer.value is None:
        return Event("failed", order.key, {"why": "; ".join(answer.notes) or f"{name!r} comes to nothing."})
    return Event("done", order.key, {"value": given(answer.value)})


def usual_fees(package: Package, *, at: datetime) -> list[tuple[Text, int]]:
    """What the service costs in pence in its usual cases, for residents to see before they begin."""
    engine, name = named(package.decisions, package.service.fee.decision)
    found: list[tuple[Text, int]] = []
    for each in package.service.fee.cases if engine is not None else ():
        value: Any = given(engine.decide(name, each.inputs, now=at).value) if engine is not None else None
        if isinstance(value, int):
            found.append((each.label, value))
    return found
