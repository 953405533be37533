"""What the process of an application asks of colleagues now, and the forms that they fill in for it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.forms.engine import Checked, Upload, asked, checked, submitted
from townhall.kernel.catalogue.forms.model import Answers, Form, Mistake, Question
from townhall.kernel.catalogue.processes.model import Node
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.rules import Field, Typed, anchor, fields_on, told_of
from townhall.residents.services.selectors.applications import facts, facts_in_json, upload_of
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import language

BRINGS = {"payment": ("reference",), "booking": ("on", "time", "reference")}
"""What somebody who does a service's work by hand must say came of it."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A task that waits: the case's task, the state of the process that asks for it, and the name of the form
    for its result.
    """

    application: Application
    task: Task
    node: Node
    kind: str
    form_name: str
    given: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        return self.node.title.said(language()) if self.kind == "task" else self.task.name(language())

    @property
    def form(self) -> Form | None:
        """The form for its result, where it has one."""
        return package(self.application.version).forms.get(self.form_name)

    @property
    def can_fail(self) -> bool:
        """Whether the process says what comes when it cannot be done."""
        return any("failed" in each.on for each in self.node.line())

    @property
    def brings(self) -> tuple[str, ...]:
        """What else must be said of it."""
        return BRINGS.get(self.kind, ())

    def with_known(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """The result with what the process itself has said of it: the amount of a payment."""
        known = {"amount_pence": self.given["amount_pence"]} if "amount_pence" in self.given else {}
        return known | dict(result)


def doings(application: Application) -> list[Doing]:
    """What is asked of colleagues now, the oldest first."""
    course = Course.objects.filter(application=application).first()
    if course is None or not course.tasks:
        return []
    held, found = package(application.version), []
    for task in Task.objects.filter(pk__in=list(course.tasks), done_at=None).select_related("team", "assignee"):
        about = course.tasks[str(task.pk)]
        node = held.process.nodes.get(about["key"].partition("#")[0])
        if node is not None:
            form = node.task.form if node.task else ""
            found.append(Doing(application, task, node, about["kind"], form, about["with"]))
    return found


def questions_of(form: Form | None) -> list[Question]:
    """What the form of a task or a message asks."""
    return [question for page in form.pages.values() for question in page.questions] if form else []


def result_of(form: Form | None, typed: Typed, at: datetime, uploads: Mapping[str, Upload] = {}) -> Checked:
    """What came of a task, or came with a message, with what is wrong with it."""
    if form is None:
        return Checked({}, ())
    answers, told, unread = Answers(), facts(at), list[Mistake]()
    for page in form.pages:
        found = checked(form, page, typed, answers, facts=told, uploads=uploads)
        answers, unread = dict(found.answers), [*unread, *found.mistakes]
    whole = submitted(form, answers, facts=told)
    known = {each.question for each in unread}
    return Checked(whole.answers, (*unread, *(each for each in whole.mistakes if each.question not in known)))


def result_fields(
    form: Form | None, typed: Typed, mistakes: Sequence[Mistake], at: datetime, uploads: Mapping[str, Upload] = {}
) -> tuple[Field, ...]:  # fmt: skip
    """The fields of the form of a task or a message, all on one page, with those that a condition has put away."""
    now = asked_now(form, typed, at, uploads) if form else frozenset[str]()
    return tuple(
        field
        for page in (form.pages.values() if form else ())
        for field in fields_on(page.questions, typed, mistakes, now, is_open=page.when is None)
    )


def in_page(
    version: Version, name: str, typed: Typed, mistakes: Sequence[Mistake], at: datetime, *,
    files: Mapping[str, Mapping[str, Any]] = {},
) -> dict[str, Any]:  # fmt: skip
    """What a page shows of the form of a task or a message, and what brings its questions out while it is filled in;
    without a name there is none. `files` are those that wait for it.
    """
    form = package(version).forms.get(name)
    return {
        "fields": result_fields(form, typed, mistakes, at, upload_of(files)),
        "extra": {"found": {}, "points": {}, "files": files, "known": ()}, "facts": facts_in_json(facts(at)),
        "sheet_url": f"{reverse('services:sheet', args=[version.pk])}?{urlencode({'of': name})}",
    }  # fmt: skip


def come_up(
    form: Form | None, typed: Typed, seen: Set[str], at: datetime, uploads: Mapping[str, Upload] = {}
) -> dict[str, str] | None:  # fmt: skip
    """What the page says where questions are asked now that it has not shown."""
    now = asked_now(form, typed, at, uploads) if form else frozenset[str]()
    new = [each.name for each in questions_of(form) if each.name in now - seen]
    return {"text": _("Answer what is asked now"), "href": f"#{new[0]}"} if new else None


def asked_now(form: Form, typed: Typed, at: datetime, uploads: Mapping[str, Upload] = {}) -> frozenset[str]:
    """The questions of the form of a task or a message that are asked with what stands in it."""
    answers, told = Answers(), facts(at)
    for page in form.pages:
        answers = dict(checked(form, page, typed, answers, facts=told, uploads=uploads).answers)
    return frozenset(one.name for each in asked(form, answers, told).pages for one in each.questions)


def told_mistakes(form: Form | None, mistakes: Sequence[Mistake]) -> list[dict[str, str]]:
    """What is wrong with the form of a task or a message, as the page's summary tells it."""
    questions = form.questions if form else {}
    return [
        {"text": told_of(each, language()), "href": "#" + anchor(each, questions[each.question.rpartition(".")[2]])}
        for each in mistakes
    ]
