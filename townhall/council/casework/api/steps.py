"""Steps on a case in the name of whoever holds the key. Each asks whether that person may work on this case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.responses import Status

from townhall.council.casework.api import shapes
from townhall.council.casework.api.reading import router
from townhall.council.casework.selectors import names
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.rules import ChangedMeanwhile, StatusRefused
from townhall.kernel.identity.bearers import Colleague
from townhall.kernel.identity.models import Person, PersonKey
from townhall.kernel.identity.permissions import check
from townhall.kernel.modules.openapi import Problem, Refused, Text

WORK = Colleague(PersonKey.Scope.WORK)
ANSWERS = {201: shapes.TakenOut, 409: Problem}
Step = Callable[[Case, Person, datetime], Entry]


@router.post("/{reference}/notes", response=ANSWERS, auth=WORK, url_name="case_notes")
def note(request: HttpRequest, reference: Text, sent: shapes.NoteIn) -> Any:
    """Write a note that only staff see."""
    return _take(request, reference, "cases.note_case", lambda case, by, at: cases.add_note(
        case_id=case.pk, text=sent.text, by=by, at=at))  # fmt: skip


@router.post("/{reference}/replies", response=ANSWERS, auth=WORK, url_name="case_replies")
def reply(request: HttpRequest, reference: Text, sent: shapes.ReplyIn) -> Any:
    """Write to whoever reported it; where it is public, followers get it too and it stands on the public page."""
    return _take(request, reference, "cases.work_case", lambda case, by, at: cases.reply(
        case_id=case.pk, text=sent.text, is_public=sent.is_public, by=by, at=at, expected=sent.version))  # fmt: skip


@router.post("/{reference}/status", response=ANSWERS, auth=WORK, url_name="case_status")
def status(request: HttpRequest, reference: Text, sent: shapes.StatusIn) -> Any:
    """Say where the case stands. It is finished by a resolution."""
    return _take(request, reference, "cases.work_case", lambda case, by, at: cases.change_status(
        case_id=case.pk, status=sent.status, text=sent.text or "", by=by, at=at, expected=sent.version))  # fmt: skip


@router.post("/{reference}/assignment", response=ANSWERS, auth=WORK, url_name="case_assignment")
def assign(request: HttpRequest, reference: Text, sent: shapes.AssignmentIn) -> Any:
    """Give the case to a colleague of its team, to yourself, or to nobody."""

    def give(case: Case, by: Person, at: datetime) -> Entry:
        known = {each.pk: each for each in [*names.colleagues(case.team, by), by]}
        if sent.to is not None and sent.to not in known:
            raise Refused(422, "to is nobody of the case's team.")
        return cases.assign(
            case_id=case.pk, to=known[sent.to] if sent.to else None, by=by, at=at, expected=sent.version
        )

    return _take(request, reference, "cases.work_case", give)


@router.post("/{reference}/resolution", response=ANSWERS, auth=WORK, url_name="case_resolution")
def resolve(request: HttpRequest, reference: Text, sent: shapes.ResolutionIn) -> Any:
    """Finish the case, in words for everybody. Letters wait 30 seconds, in which it can be undone on its page."""
    return _take(request, reference, "cases.work_case", lambda case, by, at: cases.resolve(
        case_id=case.pk, outcome=sent.outcome, text=sent.text, by=by, at=at, expected=sent.version))  # fmt: skip


def _take(request: HttpRequest, reference: str, permission: str, step: Step) -> Status:
    """Take a step on a case that the caller may take it on."""
    case, person = shapes.found(request, reference), shapes.caller(request)
    check(person, permission, case)
    try:
        entry = step(case, person, timezone.now())
    except ChangedMeanwhile as problem:
        raise Refused(409, "The case has changed since that version. Read it again.") from problem
    except StatusRefused as problem:
        raise Refused(409, "The case cannot take this step as it stands now.") from problem
    case.refresh_from_db(fields=["status"])
    return Status(201, {"reference": case.reference, "number": entry.number, "status": case.status})
