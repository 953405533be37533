"""Checks answers: those that a browser sent for a page, or all of them at once for the API."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.limits import counting
from townhall.kernel.catalogue.forms.kinds.base import Uploads, Wrong
from townhall.kernel.catalogue.forms.model import Answers, AskedPage, Form, Json, Mistake, Must, Question
from townhall.kernel.catalogue.forms.raw import fields
from townhall.kernel.catalogue.forms.sending import Sent
from townhall.kernel.catalogue.forms.visiting import Facts, Visit
from townhall.kernel.catalogue.forms.wording import mistake
from townhall.kernel.catalogue.words import Text

UNKNOWN = Text("There is no such question", "Nid oes cwestiwn o’r fath")


class Checked(NamedTuple):
    """All answers, those of the page among them, and what is wrong. What could not be read keeps its old answer."""

    answers: Answers
    mistakes: tuple[Mistake, ...]


def checked(
    form: Form,
    page: str,
    raw: Mapping[str, str | Sequence[str]],
    answers: Mapping[str, Json],
    *,
    facts: Facts | None = None,
    uploads: Uploads | None = None,
) -> Checked:
    """The answers with what was sent for a page, typed and checked. Answers that are not asked for now are kept.

    Raises KeyError for a page that is not there, and TooMuch for what no browser sends for it.
    """
    wanted, visit = form.pages[page], Visit(form, answers, facts)
    visit.pages(before=page)
    with counting(visit.run):
        sent = Sent(visit, answers, uploads or {})
        asked = sent.page(wanted, fields(raw))
        unread = {each.question for each in sent.mistakes}
        found = [*sent.mistakes, *mistakes(visit, AskedPage(wanted, asked), sent.answers, unread)]
    order = {each.name: number for number, each in enumerate(wanted.questions)}
    found.sort(key=lambda each: order[each.question.partition(".")[0]])
    return Checked(sent.answers, tuple(found))


def mistakes(
    visit: Visit, asked: AskedPage, answers: Mapping[str, Json], unread: Set[str] = frozenset()
) -> Iterator[Mistake]:
    """What is wrong with the answers of a page that a visit has come to; `unread` is known to be wrong already."""
    look = Look(visit, unread)
    for question in asked.questions:
        yield from look.at(question, answers.get(question.name), question.name, visit.scope)
    first = asked.questions[0].name if asked.questions else ""
    yield from look.unkept(asked.page.musts, first, visit.scope)


class Look:
    """Looks at answers for mistakes, but not at those that could not be read."""

    def __init__(self, visit: Visit, unread: Set[str]) -> None:
        self.visit, self.unread = visit, unread

    def at(self, question: Question, value: Json, at: str, scope: Scope) -> Iterator[Mistake]:
        """What is wrong with one answer."""
        if at in self.unread:
            return
        if question.is_computed:
            if scope.get(question.name) is not None:
                yield from self.unkept(question.musts, at, scope)
        elif value is None:
            if question.required:
                yield mistake(question, at, Wrong(question.answer.missing))
        elif found := [mistake(question, at, each) for each in question.answer.check(value)]:
            yield from found
        else:
            if question.inside and isinstance(value, list):
                yield from self.at_items(question, value, at, scope)
            yield from self.unkept(question.musts, at, scope)

    def at_items(self, group: Question, items: list[Json], at: str, scope: Scope) -> Iterator[Mistake]:
        """What is wrong with the items of a group."""
        for number, item in enumerate(items):
            held = item if isinstance(item, dict) else {}
            inner = self.visit.inside(group, held, scope)
            for each in group.inside:
                if self.visit.is_asked(each, inner):
                    yield from self.at(each, held.get(each.name), f"{at}.{number}.{each.name}", inner)

    def unkept(self, musts: Sequence[Must], at: str, scope: Scope) -> Iterator[Mistake]:
        """The rules of the form that are not kept, with what it says of them."""
        for number, must in enumerate(musts, 1):
            if not self.visit.holds(must.holds, scope):
                yield Mistake(at, at, f"must_{number}", must.say)


def submitted(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None) -> Checked:
    """The answers that count of those that came at once, computed ones among them, and what is wrong with any."""
    visit = Visit(form, answers, facts)
    pages = visit.pages()
    found = [
        Mistake(name, name, "unknown", UNKNOWN)
        for name in answers
        if name not in form.questions or form.questions[name].group or form.questions[name].is_computed
    ]
    with counting(visit.run):
        for page in pages:
            found += mistakes(visit, page, answers)
        return Checked(visit.counted(pages), tuple(found))


def first_unanswered(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None) -> str | None:
    """The first page with something missing or wrong; none where the form can be sent."""
    visit = Visit(form, answers, facts)
    pages = visit.pages()
    with counting(visit.run):
        for page in pages:
            if next(mistakes(visit, page, answers), None) is not None:
                return page.page.name
    return None
