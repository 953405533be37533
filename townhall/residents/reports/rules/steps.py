"""The pages of a report in the order they are asked, and which comes next. What was typed is never thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Answers = Mapping[str, Any]
STEPS = ("what", "category", "where", "questions", "photos", "nearby", "contact", "check")


@dataclass(frozen=True, slots=True)
class Asks:
    """What a report's category asks for, as far as the order of pages goes.

    `required` are the codes of its questions that need an answer; `has_nearby` when something close by may be the same.
    """

    required: tuple[str, ...] = ()
    has_questions: bool = False
    has_nearby: bool = False


def is_done(step: str, answers: Answers, asks: Asks) -> bool:
    """Whether a page needs no (more) answer."""
    if step == "questions":
        given = answers.get("questions", {})
        return not asks.has_questions or ("questions" in answers and all(given.get(code) for code in asks.required))
    if step == "nearby":
        return not asks.has_nearby or bool(answers.get("nearby_seen"))
    if step == "photos":
        return bool(answers.get("photos_seen"))
    return {
        "what": bool(answers.get("text")),
        "category": bool(answers.get("category")),
        "where": bool(answers.get("where")),
        "contact": bool(answers.get("contact")),
        "check": False,
    }[step]


def shown(asks: Asks) -> list[str]:
    """The pages that this report has."""
    return [step for step in STEPS if not (step == "questions" and not asks.has_questions) and step != "nearby"]


def next_step(answers: Answers, asks: Asks) -> str:
    """The first page that still needs an answer; `check` when none does."""
    return next((step for step in STEPS if not is_done(step, answers, asks)), "check")


def may_open(step: str, answers: Answers, asks: Asks) -> bool:
    """Whether a page can be opened: everything before it has an answer."""
    before = STEPS[: STEPS.index(step)]
    return all(is_done(earlier, answers, asks) for earlier in before)


def previous_step(step: str, asks: Asks) -> str | None:
    """The page before; None for the first."""
    order = [name for name in STEPS if name in shown(asks) or (name == "nearby" and asks.has_nearby)]
    place = order.index(step) if step in order else 0
    return order[place - 1] if place else None


def with_category(answers: Answers, code: str, kept: Sequence[str]) -> dict[str, Any]:
    """The answers with another category: what both ask (`kept`) stays, and "already reported?" is asked again."""
    changed = dict(answers)
    if changed.get("category") != code:
        changed.pop("nearby_seen", None)
        given = {name: value for name, value in changed.pop("questions", {}).items() if name in kept}
        if given:
            changed["questions"] = given
    return changed | {"category": code}


def with_place(answers: Answers, where: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with another place; "already reported?" is asked again where it moved."""
    changed = dict(answers)
    if changed.get("where") != dict(where):
        changed.pop("nearby_seen", None)
    return changed | {"where": dict(where)}


def without_nearby(asks: Asks) -> Asks:
    """The same, with nothing close by."""
    return replace(asks, has_nearby=False)
