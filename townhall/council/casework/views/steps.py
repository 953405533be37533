"""The steps an officer can take on a case: each has a form, does one thing, and is told in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from townhall.council.casework import forms
from townhall.council.casework.selectors import names
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.rules import SHUTS
from townhall.kernel.identity.models import Person, Team

Data = dict[str, Any]
Act = Callable[[Case, Data, Person, datetime, int | None], Entry]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `told` is said when it is done, of `%(number)s` cases; `permission` is asked for each case."""

    code: str
    words: Any
    told: Any
    form: type[forms.StepForm]
    act: Act
    key: str = ""
    undoable: bool = True
    permission: str = "cases.work_case"
    for_several: bool = False


def _reply(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    told = {"text": data["text"], "is_public": data["is_public"], "template": data["template"]}
    return cases.reply(case_id=case.pk, by=by, at=at, expected=expected, **told)


def _note(case: Case, data: Data, by: Person, at: datetime, _expected: int | None) -> Entry:
    return cases.add_note(case_id=case.pk, text=data["text"], by=by, at=at)


def _assign(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    return cases.assign(case_id=case.pk, to=data["to"], by=by, at=at, expected=expected)


def _pass(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    where, _colon, code = data["to"].partition(":")
    if where == "team":
        team = Team.objects.get(code=code)
        return cases.pass_to_team(case_id=case.pk, team=team, reason=data["reason"], by=by, at=at, expected=expected)
    other = authority.directory()[code]
    return cases.pass_to_authority(case_id=case.pk, gss_code=code, name=other.name, by=by, at=at, text=data["reason"])


def _resolve(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    return cases.resolve(
        case_id=case.pk, outcome=data["outcome"], text=data["text"], text_cy=data.get("text_cy", ""), by=by, at=at,
        expected=expected,
    )  # fmt: skip


def _status(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    with transaction.atomic():
        entry = cases.change_status(
            case_id=case.pk, status=data["status"], text=data["text"], by=by, at=at, expected=expected
        )
        if day := data["due_on"]:
            due = datetime.combine(day, SHUTS, timezone.get_default_timezone())
            entry = cases.tell_date(case_id=case.pk, due_at=due, by=by, at=at)
    return entry


def _pause(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    return cases.pause(case_id=case.pk, reason=data["reason"], by=by, at=at, expected=expected)


def _resume(case: Case, _data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    return cases.resume(case_id=case.pk, by=by, at=at, expected=expected)


def _category(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    choice = names.categories(case.kind)[data["category"]]
    return cases.change_category(
        case_id=case.pk, category=choice.code, target_days=choice.target_days, by=by, at=at, expected=expected
    )


def _reopen(case: Case, data: Data, by: Person, at: datetime, expected: int | None) -> Entry:
    return cases.reopen(case_id=case.pk, text=data["text"], by=by, at=at, expected=expected)


STEPS = {
    step.code: step
    for step in (
        Step("reply", _("Reply"), _("Reply sent."), forms.ReplyForm, _reply, "R", undoable=False, for_several=True),
        Step(
            "note", _("Note"), _("Note kept."), forms.NoteForm, _note, "T", undoable=False, permission="cases.note_case"
        ),
        Step("pass", _("Pass"), _("Passed on."), forms.PassForm, _pass, "S", for_several=True),
        Step(
            "resolve",
            _("Resolve"),
            _("Resolved. Letters wait 30 seconds."),
            forms.ResolveForm,
            _resolve,
            "E",
            for_several=True,
        ),
        Step("status", _("Status"), _("Status changed."), forms.StatusForm, _status, "B"),
        Step("assign", _("Assign"), _("Given over."), forms.AssignForm, _assign, "A", for_several=True),
        Step("pause", _("Pause"), _("Clock paused."), forms.PauseForm, _pause, "P", for_several=True),
        Step("resume", _("Let the clock run"), _("The clock runs again."), forms.NothingForm, _resume),
        Step("category", _("Change category"), _("Category changed."), forms.CategoryForm, _category),
        Step("reopen", _("Open again"), _("Open again."), forms.ReopenForm, _reopen, undoable=False),
    )
}
SEVERAL = [STEPS[code] for code in ("assign", "reply", "pause", "resolve", "pass")]
"""The steps that can be taken on several cases at once, in the order of their buttons."""
