"""Takes answers that another system sends all at once: what is not asked, and what is not its to say, is named."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from townhall.kernel.catalogue.forms.checking import UNKNOWN, Checked, submitted
from townhall.kernel.catalogue.forms.kinds.base import Uploads, Wrong
from townhall.kernel.catalogue.forms.kinds.files import files_in
from townhall.kernel.catalogue.forms.model import Form, Json, Mistake, Question
from townhall.kernel.catalogue.forms.visiting import Facts
from townhall.kernel.catalogue.forms.wording import mistake
from townhall.kernel.catalogue.words import Text

UNASKED = Text(
    "This is not asked with these answers: leave it out", "Ni ofynnir hyn gyda’r atebion hyn: gadewch ef allan"
)


class Answer(NamedTuple):
    """An answer to a question, and its place: `works.0.cost`."""

    question: Question
    at: str
    value: Json

    @property
    def around(self) -> str:
        """The place of the group that it is in; empty for none."""
        return ".".join(self.at.split(".")[:-2])


def arrived(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None, uploads: Uploads) -> Checked:
    """The answers that count, as `submitted` has them, and beside its mistakes each answer that would be left out in
    silence: of what is computed here, and where nothing else is wrong, to what is not asked. `uploads` are the
    documents that the sender may name.

    Raises LimitReached for conditions that cost too much.
    """
    found = submitted(form, answers, facts=facts)
    counting = {"", *(each.at for each in every_answer(form, found.answers))}
    more = [one for each in every_answer(form, answers) for one in mistakes_of(each, counting, uploads)]
    wrong = [each for each in (*found.mistakes, *more) if each.rule != "unasked"]
    return Checked(found.answers, tuple(wrong or more))


def every_answer(form: Form, answers: Mapping[str, Json]) -> Iterator[Answer]:
    """Each answer to a question of the form, those inside groups too, however odd the rest is."""
    for name, value in answers.items():
        question = form.questions.get(name)
        if question is not None and not question.group:
            yield from _answers(question, name, value)


def _answers(question: Question, at: str, value: Json) -> Iterator[Answer]:
    yield Answer(question, at, value)
    inside = {each.name: each for each in question.inside}
    for number, item in enumerate(value if inside and isinstance(value, list) else []):
        for name, each in item.items() if isinstance(item, dict) else ():
            if name in inside:
                yield from _answers(inside[name], f"{at}.{number}.{name}", each)


def mistakes_of(answer: Answer, counting: Set[str], uploads: Uploads) -> Iterator[Mistake]:
    """What is wrong with an answer beside what `submitted` says; nothing inside a group that is wrong itself."""
    question, at, value = answer
    if answer.around not in counting:
        return
    if question.is_computed:
        yield from [Mistake(at, at, "unknown", UNKNOWN)] if question.group else []
    elif value is None:
        yield mistake(question, at, Wrong("shape"))
    elif at not in counting:
        yield Mistake(at, at, "unasked", UNASKED)
    else:
        yield from (mistake(question, at, each) for each in question.answer.foreign(value, uploads))


def files_named(form: Form, answers: Mapping[str, Json]) -> list[str]:
    """The references of the files among answers, as they were sent."""
    found = [each for each in every_answer(form, answers) if each.question.kind == "files"]
    return [one["file"] for each in found for one in files_in(each.value)]
