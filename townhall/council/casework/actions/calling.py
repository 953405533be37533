"""Keeping what was said on the telephone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from townhall.council.casework.models import Contact
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person


def log_call(
    *,
    person: Person | None,
    case: Case | None,
    about: str,
    text: str,
    minutes: int,
    is_answered: bool,
    is_verified: bool,
    by: Person,
    at: datetime,
    channel: str = "phone",
) -> Contact:
    """Keep a call or a visit; where it was about a case, also on its timeline, with a task where somebody must act."""
    with transaction.atomic():
        contact = Contact.objects.create(
            person=person, case=case, by=by, at=at, channel=channel, about=about, text=text, minutes=minutes,
            is_answered=is_answered, is_verified=is_verified,
        )  # fmt: skip
        if case is not None:
            data = {"channel": channel, "about": about, "minutes": minutes, "answered": is_answered}
            data |= {"caller": str(person.pk)} if person else {}
            cases.log_contact(case_id=case.pk, text=text, by=by, at=at, data=data)
        if case is not None and not is_answered and case.is_open:
            cases.add_task(case_id=case.pk, title=_("Answer the caller"), by=by, at=at)
    return contact
