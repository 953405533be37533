"""Takes answers from what a browser sent for a page."""

from collections.abc import Mapping

from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.forms.kinds.base import Uploads
from townhall.kernel.catalogue.forms.kinds.files import Files
from townhall.kernel.catalogue.forms.model import Answers, Json, Mistake, Page, Question
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.forms.visiting import Visit
from townhall.kernel.catalogue.forms.wording import mistake

MOST_SENT = 200
"""So many items of a group are read; a group may have fewer, and says so."""


class Sent:
    """What was sent, read into the answers that there were; `mistakes` are those of reading."""

    def __init__(self, visit: Visit, answers: Mapping[str, Json], uploads: Uploads) -> None:
        self.visit, self.uploads = visit, uploads
        self.answers: Answers = dict(answers)
        self.mistakes: list[Mistake] = []

    def page(self, page: Page, sent: Fields) -> tuple[Question, ...]:
        """Read a page to which the visit has come; the questions of it that are asked with the new answers."""
        scope, asked = self.visit.scope, list[Question]()
        is_open = page.when is None or page.when.run(scope) is True
        for question in page.questions:
            is_asked = is_open and self.visit.is_asked(question, scope)
            self.take(self.answers, question, sent.part(question.name), question.name, scope, is_asked=is_asked)
            if is_asked:
                scope[question.name] = self.visit.value(question, self.answers.get(question.name), scope)
                asked.append(question)
            else:
                scope[question.name] = None
        return tuple(asked)

    def take(
        self, answers: Answers, question: Question, sent: Fields, at: str, scope: Scope, *, is_asked: bool
    ) -> None:
        """Read one answer into others. One that is not asked keeps what it had where nothing was sent for it."""
        if question.is_computed or (not is_asked and sent.is_blank()):
            return
        if question.inside:
            found, wrong = self.items(question, sent, at, answers.get(question.name), scope)
        else:
            found, wrong = self.single(question, sent, at, answers.get(question.name))
        if is_asked:
            self.mistakes += wrong
        if wrong and not question.inside:
            return
        if found is None:
            answers.pop(question.name, None)
        else:
            answers[question.name] = found

    def items(self, group: Question, sent: Fields, at: str, before: Json, scope: Scope) -> tuple[Json, list[Mistake]]:
        """The items of a group. What is not asked in an item keeps the answer that the item had."""
        kept = before if isinstance(before, list) else []
        others, self.mistakes = self.mistakes, []
        made: list[Json] = []
        for number, fields in enumerate(sent.renamed(at).numbered()[:MOST_SENT]):
            held = kept[number] if number < len(kept) else None
            item: Answers = dict(held) if isinstance(held, dict) else {}
            inner = scope.inner()
            for each in group.inside:
                is_asked = self.visit.is_asked(each, inner)
                place = f"{at}.{number}.{each.name}"
                self.take(item, each, fields.part(each.name), place, inner, is_asked=is_asked)
                inner[each.name] = self.visit.value(each, item.get(each.name), inner) if is_asked else None
            made.append(item)
        wrong, self.mistakes = self.mistakes, others
        return made or None, wrong

    def single(self, question: Question, sent: Fields, at: str, before: Json) -> tuple[Json, list[Mistake]]:
        """One answer."""
        read = question.answer.read(sent)
        if question.kind == "files" and read.value is not None:
            read = Files.resolved(read.value, self.uploads)
        wrong = [mistake(question, at, read.wrong)] if read.wrong else []
        return self.with_signature(question, read.value, before), wrong

    def with_signature(self, question: Question, found: Json, before: Json) -> Json:
        """A signature stays while the person who signed is the same."""
        if question.kind != "signature" or not isinstance(found, dict) or not isinstance(before, dict):
            return found
        same = all(found.get(each) == before.get(each) for each in ("name", "email"))
        return found | {"signed_at": before["signed_at"]} if same and "signed_at" in before else found
