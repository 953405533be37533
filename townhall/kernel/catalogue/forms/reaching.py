"""Whether a page can ever be asked: its condition is tried with all answers, where they are few enough to try."""

from itertools import product

from townhall.kernel.catalogue.decisions.feel.nodes import Name, walk
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run, counting
from townhall.kernel.catalogue.forms.expressions import LIMITS, Feel
from townhall.kernel.catalogue.forms.model import Form, Page, Question

MOST_CASES, MOST_IN_ALL = 500, 20_000
TIMELY = {"today", "now"}


class Reach:
    """Tries conditions of a form; after so many cases it decides nothing more."""

    def __init__(self, form: Form) -> None:
        self.form, self.left = form, MOST_IN_ALL

    def possible(self, page: Page, question: Question | None) -> bool:
        """Whether a page, or a question on it, is asked for any answers; true where that cannot be decided."""
        wanted = conditions(page, question)
        names = self.names(wanted)
        if names is None:
            return True
        answers = [possible_answers(self.form.questions[name]) for name in names]
        count = 1
        for each in answers:
            count *= len(each)
        if count > min(MOST_CASES, self.left):
            return True
        self.left -= count
        try:
            return any(self.holds(wanted, names, values) for values in product(*answers))
        except LimitReached:
            return True

    def names(self, wanted: list[Feel]) -> list[str] | None:
        """The questions that conditions depend on, in order; none where an answer can be anything."""
        found: set[str] = set()
        waiting = list(wanted)
        while waiting:
            feel = waiting.pop()
            if any(isinstance(each, Name) and each.name in TIMELY for each in walk(feel.node)):
                return None
            for name in feel.names:
                asked = self.form.questions.get(name)
                if asked is None or not possible_answers(asked) or asked.group:
                    return None
                if name not in found:
                    found.add(name)
                    waiting.extend(conditions(self.form.pages[asked.page], asked))
        return [name for name in self.form.questions if name in found]

    def holds(self, wanted: list[Feel], names: list[str], values: tuple[Value, ...]) -> bool:
        """Whether conditions hold for answers that somebody can give."""
        run = Run(LIMITS)
        scope = Scope(dict.fromkeys(names), run)
        with counting(run):
            for name, value in zip(names, values, strict=True):
                question = self.form.questions[name]
                before = conditions(self.form.pages[question.page], question)
                if value is not None and any(each.run(scope) is not True for each in before):
                    return False
                scope[name] = value
            return all(each.run(scope) is True for each in wanted)


def conditions(page: Page, question: Question | None) -> list[Feel]:
    """What must hold for a page to be asked, and a question on it."""
    return [each for each in (page.when, question.when if question else None) if each is not None]


def possible_answers(question: Question) -> list[Value]:
    """All answers, with null for none; an empty list where they cannot be listed."""
    if question.kind in {"yes_no", "declaration"}:
        return [None, True] if question.kind == "declaration" else [None, True, False]
    return [None, *question.options] if question.kind in {"radios", "select"} else []
