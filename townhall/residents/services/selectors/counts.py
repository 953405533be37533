"""How residents fare with a form: where they leave it, and which page does not take what they type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.forms.wording import usual
from townhall.residents.services.models import Count, Version
from townhall.residents.services.rules import CHECK, FILE, What
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of mistake on a page: the question, what was said of it, and in how many forms."""

    question: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class PageFigures:
    """In how many forms a page was reached, taken, refused at least once, and left. `name` is empty for the check."""

    name: str
    title: str
    reached: int
    answered: int
    refused: int
    left: int
    troubles: tuple[Trouble, ...]

    @property
    def share(self) -> float | None:
        """Of those who reached it, how many went on, from 0 to 1; none where nobody did."""
        return self.answered / self.reached if self.reached else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The forms of a version that were begun since a day: as a whole, and page by page in the order asked."""

    started: int
    saved: int
    sent: int
    left: int
    pages: tuple[PageFigures, ...]

    @property
    def open(self) -> int:
        """Those that somebody is at."""
        return self.started - self.sent - self.left

    @property
    def worst(self) -> PageFigures | None:
        """The page where most leave; none where nobody left."""
        found = max(self.pages, key=lambda each: each.left, default=None)
        return found if found is not None and found.left else None


Kept = Mapping[tuple[str, str, str, str], int]
"""By page, what, question and rule: how often."""


def figures(version: Version, since: date) -> Figures:
    """How residents fare with the forms of a version that they began on a day or later. One statement."""
    form = package(version).form
    kept = {row[:4]: row[4] for row in Count.objects.filter(version=version, day__gte=since).totals()}
    asked = [name for name, page in form.pages.items() if any(not each.is_computed for each in page.questions)]
    pages = tuple(_page(form, name, kept) for name in (*asked, CHECK))
    started, saved, sent = (kept.get(("", what, "", ""), 0) for what in (What.STARTED, What.SAVED, What.SENT))
    return Figures(started, saved, sent, sum(each.left for each in pages), pages)


def _page(form: Form, name: str, kept: Kept) -> PageFigures:
    went_on = What.SENT if name == CHECK else What.ANSWERED
    whats = (What.REACHED, went_on, What.REFUSED, What.LEFT)
    reached, answered, refused, left = (kept.get((name, what, "", ""), 0) for what in whats)
    title = _("Check your answers") if name == CHECK else form.pages[name].title.said(language())
    found = [
        Trouble(question, _said(form, name, question, rule), count)
        for (page, what, question, rule), count in kept.items()
        if page == name and what == What.MISTAKE
    ]
    troubles = tuple(sorted(found, key=lambda each: (-each.count, each.text)))
    return PageFigures(name, title, reached, answered, refused, left, troubles)


def _said(form: Form, page: str, question: str, rule: str) -> str:
    """What residents were told of a mistake."""
    asked = form.questions.get(question)
    if rule == FILE:
        return _("A file that we do not take") + (f": {asked.label.said(language())}" if asked else "")
    if rule.startswith("must_"):
        musts, number = asked.musts if asked else form.pages[page].musts, int(rule.removeprefix("must_"))
        return musts[number - 1].say.said(language()) if number <= len(musts) else rule
    return usual(asked, rule).said(language()) if asked else rule
