"""What stands in a letter or document of a package for each placeholder, in the reader's language.

A name is looked for in what the process hands to it (`with`), then among its variables, the answers, and
what the installation says of itself (`GIVEN`).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from townhall.kernel.catalogue.forms.kinds.choices import NO, YES
from townhall.kernel.catalogue.forms.kinds.dates import in_full
from townhall.kernel.catalogue.forms.model import Question
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.words import Text, joined, same
from townhall.kernel.notify.rules import Said, Wording, says_yes

LONDON = ZoneInfo("Europe/London")
GIVEN = ("reference", "link", "name", "service", "council", "contact", "date")
"""What every letter and document may say: the case's reference, the path of its page, who is written to, the service's
and the council's name, how to reach it, and the day."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}.*")
Values = Mapping[str, Any]


def filled(
    package: Package, wording: Wording, language: str, *, given: Values, answers: Values, variables: Values,
    told: Values,
) -> dict[str, Said]:  # fmt: skip
    """What is said for each placeholder of a wording; `given` came with the order, `told` are those of `GIVEN`."""
    found: dict[str, Said] = {}
    for name in wording.used:
        held = next((each for each in (given, variables, answers) if name in each), None)
        value = told.get(name, "") if held is None else held[name]
        found[name] = Said(shown(package, name, value).said(language), says_yes(value))
    return found


def shown(package: Package, name: str, value: Any) -> Text:
    """A value in words: as the question of that name shows its answers, else as its name and looks say."""
    question = asked_as(package, name)
    if question is None or question.is_computed or question.inside or value is None:
        return in_words(name, value)
    is_wrong = next(question.answer.check(value), None) is not None
    return in_words(name, value) if is_wrong else question.answer.shown(value)


def asked_as(package: Package, name: str) -> Question | None:
    """The question of a name, in the resident's form or in one of the officers'."""
    for form in (package.form, *package.forms.values()):
        if name in form.questions:
            return form.questions[name]
    return None


def in_words(name: str, value: Any) -> Text:  # noqa: PLR0911
    """A value as its name and looks say: pence as pounds, days in full, yes and no, lists with commas."""
    if value is None:
        return Text("")
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return same(pounds(number) if name.endswith("_pence") else f"{number.normalize():,f}")
    if isinstance(value, list):
        return joined([in_words(name, each) for each in cast("list[Any]", value)], ", ")
    if isinstance(value, str) and DAY.fullmatch(value):
        return in_full(date.fromisoformat(value))
    if isinstance(value, str) and MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value.partition("@")[0])
        local = moment.astimezone(LONDON) if moment.tzinfo else moment
        return joined([in_full(local.date()), same(f"{local:%H:%M}")], ", ")
    return same(str(value))


def pounds(pence: Decimal) -> str:
    """An amount in pounds, its pence where there are any."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) / 100:,.2f}".removesuffix(".00")
