"""What "Check answers" shows, and the list of tasks of a long form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from townhall.kernel.catalogue.decisions.feel.moments import Date
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.feel.writing import string
from townhall.kernel.catalogue.decisions.limits import counting
from townhall.kernel.catalogue.forms.checking import mistakes
from townhall.kernel.catalogue.forms.kinds.choices import NO, YES
from townhall.kernel.catalogue.forms.kinds.dates import in_full
from townhall.kernel.catalogue.forms.model import AskedPage, Form, Json, Page, Question
from townhall.kernel.catalogue.forms.visiting import Facts, Visit
from townhall.kernel.catalogue.words import Text, joined, same


class Row(NamedTuple):
    """One line of "Check answers": the page to change it on, where the answer is (`vehicles.0.reg`), both in words.

    `answer` is none where nothing was answered, or what was answered is not of the question's kind.
    """

    section: str
    page: str
    question: str
    label: Text
    answer: Text | None


class Task(NamedTuple):
    """A section in the list of tasks: `done`, `begun`, `open`, or `waiting` where nothing in it is asked yet."""

    section: str
    title: Text
    status: str
    pages: tuple[str, ...]


def summary(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None) -> list[Row]:
    """Every answer that counts, in the order asked."""
    visit = Visit(form, answers, facts)
    pages = visit.pages()
    with counting(visit.run):
        return [
            row
            for found in pages
            for question in found.questions
            for row in Rows(visit, found.page).of(question, answers.get(question.name), question.name, visit.scope)
        ]


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes the rows of one page."""

    visit: Visit
    page: Page

    def of(self, question: Question, value: Json, at: str, scope: Scope, item: str = "") -> Iterator[Row]:
        """The row of a question, or those of the items of a group. `item` is the item's number, before the label."""
        if question.kind == "hidden":
            return
        items = value if question.inside and isinstance(value, list) else []
        if not items:
            label = joined([same(item), question.label], ": ") if item else question.label
            yield Row(self.page.section, self.page.name, at, label, said(question, value, scope))
        for number, each in enumerate(items):
            held = each if isinstance(each, dict) else {}
            inner = self.visit.inside(question, held, scope)
            for asked in question.inside:
                if self.visit.is_asked(asked, inner):
                    place, count = f"{at}.{number}.{asked.name}", f"{item}.{number + 1}".removeprefix(".")
                    yield from self.of(asked, held.get(asked.name), place, inner, count)


def said(question: Question, value: Json, scope: Scope) -> Text | None:
    """An answer in words; none where there is none, or it is not of its kind."""
    if question.is_computed:
        found = scope.get(question.name)
        return None if found is None else in_words(found)
    if value is None or next(question.answer.check(value), None) is not None:
        return None
    return question.answer.shown(value)


def in_words(value: Value) -> Text:
    """A computed value for people."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return same(f"{value:,f}")
    if isinstance(value, Date) and 0 < value.year < 10_000:
        return in_full(date(value.year, value.month, value.day))
    return same(string(value))


def tasks(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None) -> list[Task]:
    """The sections with what is left to do in each."""
    visit = Visit(form, answers, facts)
    pages = visit.pages()
    with counting(visit.run):
        return [
            Task(name, title, status(visit, inside), tuple(each.page.name for each in inside))
            for name, title in form.sections.items()
            for inside in [[each for each in pages if each.page.section == name]]
        ]


def status(visit: Visit, pages: list[AskedPage]) -> str:
    """How far a section is."""
    if not pages:
        return "waiting"
    if not any(each.name in visit.answers for page in pages for each in page.questions):
        return "open"
    wrong = any(next(mistakes(visit, page, visit.answers), None) is not None for page in pages)
    return "begun" if wrong else "done"
