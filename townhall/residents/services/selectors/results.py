"""What people did for the process of an application, and what they answered in the forms of their tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from townhall.kernel.cases.models import Entry
from townhall.kernel.catalogue.forms.engine import summary
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.model import Broken, Package
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.selectors.applications import facts
from townhall.residents.services.selectors.shelf import earlier_package, package
from townhall.residents.services.selectors.words import language

TOLD = ("done", "failed", "message")


@dataclass(frozen=True, slots=True)
class Result:
    """A task that somebody finished, or a message that came: when, by which colleague if any, and what was answered."""

    at: datetime
    title: str
    by: str
    has_failed: bool
    reason: str
    rows: tuple[tuple[str, str], ...]


def results_of(application: Application) -> list[Result]:
    """What came of tasks and what messages brought, the oldest first; not what nobody did and nobody answered."""
    course = Course.objects.filter(application=application).only("told").first()
    told = [each for each in course.told if each["kind"] in TOLD] if course else []
    if not told:
        return []
    steps = Entry.objects.filter(case_id=application.pk, kind="step", data__did__in=TOLD).select_related("actor")
    lines = {(each.data.get("event"), each.at): each for each in steps}
    found = [_result(application, each, lines) for each in told]
    return [each for each in found if each.by or each.rows]


def _result(application: Application, told: Mapping[str, Any], lines: Mapping[tuple[str, datetime], Entry]) -> Result:
    spoken, at, data = language(), datetime.fromisoformat(told["at"]), told.get("data", {})
    line = lines.get((told["name"], at))
    title = (line.text_cy if spoken == "cy" else "") or line.text if line else ""
    form = _form(_held(application, told.get("version", "")), told["kind"], told["name"])
    if form is not None:
        rows = summary(form, data, facts=facts(at))
        answers = [(one.label.said(spoken), one.answer.said(spoken)) for one in rows if one.answer is not None]
    else:
        answers = [(label, str(data[name])) for name, label in _by_hand() if data.get(name)]
    return Result(
        at=at, title=title, by=line.actor.name if line and line.actor else "", has_failed=told["kind"] == "failed",
        reason=told.get("reason", ""), rows=tuple(answers),
    )  # fmt: skip


def _held(application: Application, content: str) -> Package:
    """The version that the case had then; the one that it has now where that cannot be read any more."""
    try:
        return earlier_package(application.version, content)
    except (Broken, Version.DoesNotExist):
        return package(application.version)


def _form(held: Package, kind: str, name: str) -> Form | None:
    if kind == "message":
        message = held.process.messages.get(name)
        return held.forms.get(message.form) if message else None
    node = held.process.nodes.get(name.partition("#")[0])
    return held.forms.get(node.task.form) if node and node.task and node.task.form else None


def _by_hand() -> list[tuple[str, str]]:
    """What somebody says of what they did by hand, who has no form for it."""
    return [("reference", _("Reference")), ("on", _("Day")), ("time", _("Time")), ("why", _("Why not"))]
