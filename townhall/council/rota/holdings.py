"""What the rota holds about people: the council's own staff, when they work and what they can do."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.council.rota.models import Change, GaveBack, Worker
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal

KEPT_DAYS = 365
BASIS = gettext_lazy("Contract of employment (UK GDPR, Article 6(1)(b)); absence: Article 9(2)(b)")


def find_shifts(person: Person) -> list[Record]:
    """What somebody can do, their week, and the changes of it."""
    worker = Worker.objects.filter(person=person).first()
    if worker is None:
        return []
    week = ", ".join(f"{int(day) + 1}: {begins}-{ends}" for day, begins, ends in worker.week)
    known = {_("Skills"): ", ".join(worker.skills), _("Week"): week, _("Most open work"): worker.capacity}
    changes = [Record(_("Change of your week"), None, _days(each)) for each in Change.objects.filter(worker=worker)]
    return [Record(_("Your shifts"), None, known), *changes]


def _days(change: Change) -> dict[str, Any]:
    until = change.until.isoformat() if change.until else ""
    return {str(change.Kind(change.kind).label): change.since.isoformat(), _("Until"): until}


def find_given_back(person: Person) -> list[Record]:
    """Tasks that somebody gave back, with why."""
    found = GaveBack.objects.filter(person=person).select_related("task__case").order_by("at")
    return [Record(_("Task that you gave back"), each.at, {each.task.case.reference: each.reason}) for each in found]


def old_changes(moment: datetime) -> QuerySet[Any]:
    """Changes of weeks that were over before a moment."""
    return Change.objects.filter(until__lt=moment.date())


def old_reasons(moment: datetime) -> QuerySet[Any]:
    """What was given back before a moment and is done."""
    return GaveBack.objects.filter(at__lt=moment, task__done_at__isnull=False)


holding(Holding(
    key="rota.shifts", title=gettext_lazy("Your shifts, skills and absences, for staff"), lawful_basis=BASIS,
    retention=Retention(KEPT_DAYS, gettext_lazy("the absence was over"), old_changes),
    models=("rota.Worker", "rota.Change"), find=find_shifts,
))  # fmt: skip
holding(Holding(
    key="rota.given_back", title=gettext_lazy("Tasks that you gave back, for staff"), lawful_basis=BASIS,
    retention=Retention(KEPT_DAYS, gettext_lazy("you gave it back"), old_reasons),
    models=("rota.GaveBack",), find=find_given_back,
))  # fmt: skip
not_personal.add("rota.Skill", "names of what a task can need")
