"""Which questions are used: nobody is asked for what no rule, letter, condition or officer looks at.

Source: UK GDPR, article 5(1)(c), data minimisation. A question that officers only read says what for (`for`).
"""

import re
from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.feel.nodes import Name, Node, Path, walk
from townhall.kernel.catalogue.decisions.model import Decision, Knowledge
from townhall.kernel.catalogue.decisions.within import texts_in
from townhall.kernel.catalogue.forms.model import Form, Question
from townhall.kernel.catalogue.packages.draft import Draft, feels

BY_THEMSELVES = {"declaration", "signature", "calculated"}
"""What is used by being there: it binds somebody, or is shown to whoever fills the form in."""
OFFERED = {"yes_no", "radios", "select", "checkboxes"}
"""Whose answers the form offers itself: a rule that takes some of them alone decides who can go on, which is a use.
A rule about nothing but what somebody typed makes sure that it is no slip, and uses it for nothing."""
CURE = (
    "Use it in a condition, letter, decision or a rule about more than itself, say under 'for' what officers read it "
    "for, or leave it out."
)
WORD = re.compile(r"[a-z][a-z0-9_]*")


def check_used(draft: Draft) -> None:
    """Whether every question of every form is used."""
    outside = named_outside(draft)
    for form in [draft.form, *draft.forms.values()]:
        if form is None:
            continue
        used = outside | set(named_inside(form))
        for question in form.questions.values():
            if not is_used(form, question, used):
                about = f"Nothing uses the question {question.name!r}."
                draft.problems.report(question.place, about, CURE)


def is_used(form: Form, question: Question, used: set[str]) -> bool:
    """Whether a question is: by name, by what stands inside it, or because it or what it stands in says what for."""
    if question.kind in BY_THEMSELVES or question.reason is not None or question.name in used:
        return True
    around = form.questions.get(question.group)
    while around is not None:
        if around.reason is not None:
            return True
        around = form.questions.get(around.group)
    return any(is_used(form, each, used) for each in question.inside)


def named_inside(form: Form) -> Iterator[str]:
    """What the expressions of a form speak of; a rule about what was typed alone is no use of it."""
    for page in form.pages.values():
        for must in page.musts:
            names = set(names_in(must.holds.node))
            alone = len(names & form.questions.keys()) == 1
            yield from (each for each in names if not (alone and is_typed(form, each)))
        yield from names_in(page.when.node) if page.when else ()
        for question in page.all():
            for each in (question.when, question.value):
                yield from names_in(each.node) if each else ()
            named = {name for must in question.musts for name in names_in(must.holds.node)}
            yield from (each for each in named if each != question.name or not is_typed(form, each))


def is_typed(form: Form, name: str) -> bool:
    """Whether it is a question that is not answered by choosing one of what the form offers."""
    return name in form.questions and form.questions[name].kind not in OFFERED


def named_outside(draft: Draft) -> set[str]:
    """What process, letters, decisions and the service's sheet speak of."""
    used: set[str] = set(draft.sheet.applicant.values()) if draft.sheet else set()
    for text in draft.texts():
        used |= text.wording.used
    for node in draft.nodes():
        used |= {name for feel in feels(node) for name in names_in(feel.expression.node)}
    for engine in draft.decisions.values():
        for element in engine.model.elements.values():
            box = element.box if isinstance(element, Decision) else None
            box = element.function if isinstance(element, Knowledge) else box
            used |= {word for text, _ in texts_in(box) for word in WORD.findall(text)}
    return used | {service.to for kind in ("letter", "document") for service in draft.orders(kind)}


def names_in(node: Node) -> Iterator[str]:
    """The names in an expression, those after a dot too."""
    for each in walk(node):
        if isinstance(each, Name | Path):
            yield each.name
