"""What people outside say of a report: still there, it is fixed, a note, whether it was put right, hide my name."""
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.selectors import of_case
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.reports import rules
from townhall.residents.reports.events import ReportReleased
from townhall.residents.reports.models import Category, Note, Report

SALT = "reports.reporter"
REOPENS_FOR_DAYS = 90


def say(*, report: Report, says: str, at: datetime, by: Person | None = None) -> Entry:
    """Keep "still there" or "it is fixed" (`says`: `still_there`, `fixed`) on the report, in public.

    "Still there" within 90 days of its closing opens it again: at once when the reporter says so, or a second person.
    """
    entry = cases.add_update(case_id=report.case_id, says=says, by=by, at=at, is_public=True)
    case = Case.objects.get(pk=report.case_id)
    if says == "still_there" and case.closed_at and (at - case.closed_at).days < REOPENS_FOR_DAYS:
        said = Entry.objects.filter(case=case, kind="update", at__gt=case.closed_at, data__says="still_there").count()
        if said > 1 or (by is not None and by.pk == case.reporter_id):
            cases.reopen(case_id=case.pk, by=by, at=at, text="", is_public=True)
    return entry


def add_note(
    *, report: Report, text: str, at: datetime, by: Person | None = None, photos: Sequence[UUID] = ()
) -> Note:
    """Add words or photos. A signed-in person's words show at once, redacted; photos, and anyone else's words, wait.

    Words of danger always wait, and only staff see them.
    """
    is_shown = by is not None and not photos and not rules.danger_in(text) and report.case.is_public
    with transaction.atomic():
        shown = rules.redact(text) if is_shown else text
        entry = cases.add_update(
            case_id=report.case_id, says="update", by=by, at=at, text=shown, is_public=is_shown,
            data={"held": not is_shown},
        )  # fmt: skip
        if photos:
            documents.attach(list(photos), report.case_id, is_public=False)
        return Note.objects.create(
            report=report, person=by, number=entry.number, text=text, photos=[str(photo) for photo in photos], at=at,
            state=Note.State.SHOWN if is_shown else Note.State.HELD,
        )  # fmt: skip


def look_at_note(*, note: Note, is_shown: bool, by: Person, at: datetime) -> None:
    """An officer lets the public see a held note, redacted, or refuses it. The first decision stands."""
    with transaction.atomic():
        state = Note.State.SHOWN if is_shown else Note.State.REFUSED
        changed = Note.objects.filter(pk=note.pk, state=Note.State.HELD).update(state=state, looked_at=at)
        if changed and is_shown:
            case_id = note.report.case_id
            case = locked(case_id)
            data = {"says": "update", "of": note.number, "photos": len(note.photos), "shown_by": str(by.pk)}
            append(case, "update", at=at, by=note.person, text=rules.redact(note.text), is_public=True, data=data)
            for photo in note.photos:
                documents.set_public(UUID(photo), case.is_public)


def release(*, report: Report, by: Person, at: datetime) -> None:
    """An officer has looked at a held report: the public may see it where its category is public."""
    with transaction.atomic():
        changed = Report.objects.filter(pk=report.pk, is_held=True).update(is_held=False)
        if not changed:
            return
        case = locked(report.case_id)
        shown = Category.objects.filter(code=case.category, is_public=True).exists()
        Case.objects.filter(pk=case.pk).update(is_public=shown)
        title = rules.title_of(report.description, report.language) or case.title
        entry = append(case, "released", at=at, by=by, title=title)
        if shown:
            for document in of_case(case.pk):
                documents.set_public(document.pk, is_public=True)
        outbox.publish(ReportReleased(at=at, case_id=case.pk, number=entry.number, report_id=report.pk))


def answer(*, report: Report, is_satisfied: bool, at: datetime, by: Person | None = None) -> None:
    """The reporter says whether it was put right; "no" opens a closed report again."""
    cases.give_satisfaction(case_id=report.case_id, is_satisfied=is_satisfied, at=at, by=by)
    case = Case.objects.get(pk=report.case_id)
    if not is_satisfied and not case.is_open:
        cases.reopen(case_id=case.pk, by=by, at=at, text="", is_public=True)


def hide_name(*, report: Report) -> None:
    """Stop showing the reporter's name, from now on and on everything shown before."""
    Report.objects.filter(pk=report.pk).update(shows_name=False)


def reporter_key(report: Report) -> str:
    """The signed key with which the reporter's letters open and answer the report."""
    return signing.dumps(str(report.pk), salt=SALT)


def report_of_key(key: str) -> Report | None:
    """The report of a signed key; None where it is not one."""
    try:
        pk = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    return Report.objects.select_related("case__team", "case__reporter").filter(pk=pk).first()
