"""What a process has decided, kept with its course: the outcome, and the rules that made it in their words of then."""

import json
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.model import Words
from townhall.kernel.catalogue.packages.deciding import Decided, Reason, named
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Order
from townhall.residents.services.models import Course, Version

MOST_DECISIONS = 50
"""Decisions of one case that are kept: the latest."""
MOST_RULES = 20
"""Rules of one decision whose words are kept."""
MOST_LETTERS = 4_000
"""Length of one decision as JSON; of a longer one neither inputs nor outcome are kept, and the words of two rules."""
LONGEST = 500
"""Letters of one text."""


def keep_decision(
    course: Course, version: Version, held: Package, order: Order, found: Decided, *, at: datetime
) -> None:
    """Keep a decision with the course, which is saved with its next state.

    `number` counts the decisions of the case from 1, `version` is the hash of the one that decided, `with` what the
    decision was given, `value` its outcome, or `failed` why there was none; `why` has the rules that applied.
    """
    engine, name = named(held.decisions, str(order.details["name"]))
    node = held.process.nodes.get(order.key.partition("#")[0])
    title, element = node.title if node else held.process.title, engine.model.named(name) if engine else None
    made: dict[str, Any] = {
        "number": course.decided[-1]["number"] + 1 if course.decided else 1, "at": at.isoformat(),
        "version": version.hash, "title": {"en": title.en, "cy": title.cy}, "decision": order.details["name"],
        "about": _both(element.about if element else Words()),
        "why": [_words(each) for each in found.reasons[:MOST_RULES]],
    }  # fmt: skip
    came = {"failed": found.event.data["why"]} if found.event.kind == "failed" else {"value": found.event.data["value"]}
    whole = made | came | {"with": order.details.get("with", {})}
    if len(json.dumps(whole)) > MOST_LETTERS:
        whole = made | {"why": made["why"][:2], "is_cut": True}
    course.decided = [*course.decided, whole][-MOST_DECISIONS:]


def _words(reason: Reason) -> dict[str, Any]:
    told = _both(Words(*reason.told)) if reason.told[0] else {}
    return {"decision": reason.decision, "rule": reason.rule, "why": _both(reason.why), "told": told}


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en[:LONGEST], "cy": words.cy[:LONGEST]}
