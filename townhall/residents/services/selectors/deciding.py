"""What the process of an application has decided, and why not otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from townhall.kernel.catalogue.decisions.engine import Engine, LimitReached, OutOfDomain
from townhall.kernel.catalogue.decisions.explaining import Reason, how, reasons, said_result
from townhall.kernel.catalogue.decisions.model import Decision as Element
from townhall.kernel.catalogue.decisions.model import Words
from townhall.kernel.catalogue.packages.deciding import named
from townhall.kernel.catalogue.packages.model import Broken
from townhall.kernel.design import dates
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.selectors.shelf import earlier_package
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was kept. `about` is what it answers, `outcome` what came of it, both in words; `failed` why
    nothing did. `why` are the notes of the rules that applied; `told` their words for whoever applied.
    """

    number: int
    at: datetime
    title: str
    about: Words
    outcome: str
    failed: str
    why: tuple[Words, ...]
    told: tuple[str, ...]
    is_whole: bool
    """Whether what it was given is kept, so that it can be explained."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A table of a decision in one case, in the reader's language: what it decides and found, and each rule with why.
    """

    about: Words
    result: str
    how: str
    fired: tuple[Reason, ...]
    others: tuple[Reason, ...]


def decisions_of(application: Application) -> list[Decision]:
    """Everything that was decided, the oldest first."""
    course = Course.objects.filter(application=application).only("decided").first()
    return [_decision(each) for each in course.decided] if course else []


def decisions_told(application: Application) -> list[tuple[datetime, list[str]]]:
    """What whoever applied is told of decisions, by when that was, the oldest first; no sentence twice."""
    seen, found = set[str](), list[tuple[datetime, list[str]]]()
    for each in decisions_of(application):
        if new := [words for words in each.told if words not in seen]:
            found.append((each.at, new))
            seen.update(new)
    return found


def _decision(kept: Mapping[str, Any]) -> Decision:
    spoken, title = language(), kept["title"]
    told = [each["told"][spoken] for each in kept["why"] if each["told"]]
    why = [Words(**each["why"]) for each in kept["why"] if each["why"]["en"]]
    return Decision(
        number=kept["number"], at=datetime.fromisoformat(kept["at"]), title=title[spoken] or title["en"],
        about=Words(**kept["about"]), outcome=value_words(kept.get("value")), failed=kept.get("failed", ""),
        why=tuple(dict.fromkeys(why)), told=tuple(dict.fromkeys(told)), is_whole="with" in kept,
    )  # fmt: skip


def value_words(value: Any) -> str:  # noqa: PLR0911
    """A value in the reader's language; a text as it is, a date of that form as a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {value_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(value_words(each) for each in value) or "–"
    if isinstance(value, str):
        try:
            return dates.day(date.fromisoformat(value), language())
        except ValueError:
            return value.replace("_", " ")
    return f"{value:,}"


def explanation(application: Application, number: int) -> list[Explained] | None:
    """Why a decision came out as it did and why not otherwise, worked out anew from what it was given by the version
    that decided, the decision itself first; None where that can no longer be done.
    """
    course = Course.objects.filter(application=application).only("decided").first()
    kept = next((each for each in course.decided if each["number"] == number), None) if course else None
    if kept is None or "with" not in kept:
        return None
    try:
        held = earlier_package(application.version, kept["version"])
        engine, name = named(held.decisions, kept["decision"])
        if engine is None:
            return None
        answer = engine.decide(name, kept["with"], now=datetime.fromisoformat(kept["at"]), trace=True)
    except (Broken, Version.DoesNotExist, KeyError, LimitReached, OutOfDomain):
        return None
    about, spoken = _elements(engine), language()
    return [
        Explained(
            about.get(id(found.box), Words()), "" if found.result is None else said_result(found.result, spoken),
            how(found, spoken),
            tuple(each for each in reasons(found, spoken) if each.applies),
            tuple(each for each in reasons(found, spoken) if not each.applies),
        )
        for found in reversed(answer.trace)
    ]  # fmt: skip


def _elements(engine: Engine) -> dict[int, Words]:
    found = [each for each in engine.model.elements.values() if isinstance(each, Element)]
    return {id(each.box): each.about or Words(each.name) for each in found}
