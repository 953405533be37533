"""One walk through a form, in its order: which pages and questions are asked, and which answers count."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import given, read, taken
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import Kind as FeelKind
from townhall.kernel.catalogue.decisions.feel.scopes import Scope, safely
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run, counting
from townhall.kernel.catalogue.forms.expressions import LIMITS, Feel
from townhall.kernel.catalogue.forms.model import Answers, Asked, AskedPage, Form, Json, Page, Question

Facts = Mapping[str, Any]


class Visit:
    """A walk with some answers. What is not asked is null for all that comes after it, whatever was answered once."""

    def __init__(self, form: Form, answers: Mapping[str, Json], facts: Facts | None = None) -> None:
        self.form, self.answers = form, answers
        self.run = Run(LIMITS)
        self.scope = Scope({name: fact(facts, name, kind) for name, kind in form.facts.items()}, self.run)

    def pages(self, before: str = "") -> tuple[AskedPage, ...]:
        """The pages that are asked, or those before one, with their questions.

        Raises LimitReached for conditions that cost too much.
        """
        found: list[AskedPage] = []
        with counting(self.run):
            for page in self.form.pages.values():
                if page.name == before:
                    break
                if asked := safely(partial(self.page, page)):
                    found.append(AskedPage(page, asked))
        return tuple(found)

    def page(self, page: Page) -> tuple[Question, ...]:
        """The questions of a page that are asked; their answers count from here on."""
        is_open = page.when is None or page.when.run(self.scope) is True
        asked: list[Question] = []
        for question in page.questions:
            if is_open and self.is_asked(question, self.scope):
                self.scope[question.name] = self.value(question, self.answers.get(question.name), self.scope)
                asked.append(question)
            else:
                self.scope[question.name] = None
        return tuple(asked)

    def is_asked(self, question: Question, scope: Scope) -> bool:
        """Whether a question is asked on a page that is."""
        return question.when is None or question.when.run(scope) is True

    def value(self, question: Question, kept: Json, scope: Scope) -> Value:
        """An answer as FEEL has it; null where there is none, or it is not of its kind."""
        if question.value is not None:
            return question.value.run(scope)
        if kept is None:
            return None
        if question.kind != "group":
            return question.answer.value(kept)
        items = kept if isinstance(kept, list) else []
        return [self.item(question, each, scope) for each in items if isinstance(each, dict)]

    def item(self, group: Question, item: Answers, scope: Scope) -> dict[str, Value]:
        """An item of a group as FEEL has it: a context in which what is not asked is null."""
        inner = self.inside(group, item, scope)
        return {each.name: inner[each.name] for each in group.inside}

    def inside(self, group: Question, item: Answers, scope: Scope) -> Scope:
        """What the questions of an item see: the answers of that item, and all around it."""
        self.run.step()
        inner = scope.inner()
        for each in group.inside:
            inner[each.name] = self.value(each, item.get(each.name), inner) if self.is_asked(each, inner) else None
        return inner

    def counted(self, pages: tuple[AskedPage, ...]) -> Answers:
        """The answers that count: those to what is asked, with calculated and hidden values."""
        return self.counting_of([each for page in pages for each in page.questions], self.answers, self.scope)

    def counting_of(self, asked: list[Question], answers: Mapping[str, Json], scope: Scope) -> Answers:
        """Those of some questions; of a group, those of each of its items."""
        found: Answers = {}
        for question in asked:
            kept = answers.get(question.name)
            if question.is_computed:
                found[question.name] = given(scope.get(question.name))
            elif question.inside and isinstance(kept, list):
                found[question.name] = [self.counting_item(question, each, scope) for each in kept]
            elif kept is not None:
                found[question.name] = kept
        return found

    def counting_item(self, group: Question, item: Json, scope: Scope) -> Json:
        """The answers of an item that count."""
        held = item if isinstance(item, dict) else {}
        inner = self.inside(group, held, scope)
        return self.counting_of([each for each in group.inside if self.is_asked(each, inner)], held, inner)

    def holds(self, feel: Feel, scope: Scope) -> bool:
        """Whether a rule is kept: it is not where it is false, nor where it is null with everything answered."""
        found = feel.run(scope)
        if found is None:
            return any(scope.get(name) is None for name in feel.names)
        return found is True


def fact(facts: Facts | None, name: str, kind: FeelKind) -> Value:
    """A fact as FEEL has it; null where it was not told or FEEL has no value for it."""
    told = (facts or {}).get(name)
    try:
        return read(told, kind) if isinstance(told, str) else taken(told)
    except OutOfDomain:
        return None


def asked(form: Form, answers: Mapping[str, Json], facts: Facts | None = None) -> Asked:
    """The pages and questions that are asked of somebody with these answers, in order, and the values that count."""
    visit = Visit(form, answers, facts)
    return Asked(visit.pages(), visit.scope)
