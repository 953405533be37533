"""Applications: whose they are, what is known before and beside the answers, and the answers in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.forms.engine import Row, Upload, summary
from townhall.kernel.catalogue.packages.calendars import facts_on
from townhall.kernel.identity.models import Person
from townhall.kernel.notify.selectors import address_of
from townhall.residents.services.models import Application
from townhall.residents.services.rules import Contact
from townhall.residents.services.selectors.shelf import package


def facts(at: datetime) -> dict[str, Any]:
    """What every form is told: today's date here, the nation and its bank holidays."""
    return facts_on(timezone.localtime(at).date(), authority.ours().nation)


def facts_in_json(held: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts for a browser: days as texts."""
    return {name: [str(one) for one in each] if isinstance(each, list) else str(each) for name, each in held.items()}


def contact_known(person: Person) -> Contact:
    """What the account says of somebody. Addresses count once they are proved."""
    where = address_of(person)
    return Contact(
        name=person.name, email=(person.email or "") if person.email_verified_at else "",
        phone=(person.phone or "") if person.phone_verified_at else "", lines=where.lines,
    )  # fmt: skip


def upload_of(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Upload]:
    """The documents of an application, as the form's engine takes them."""
    return {key: Upload(one["name"], one["size"], one["type"]) for key, one in files.items()}


def in_the_making(device: str, person: Any) -> list[Application]:
    """Applications that this browser, or this person, has begun and not sent; newest first."""
    mine = Q(owner=device) | Q(devices__contains=[device]) if device else Q(pk__in=[])
    if getattr(person, "is_authenticated", False):
        mine |= Q(person_id=person.pk)
    found = Application.objects.unsent().filter(mine, taken_by=None).select_related("version")
    return list(found.defer("version__files").order_by("-updated_at")[:10])


def applications_of(person: Person) -> list[Application]:
    """What somebody has applied for, newest first."""
    found = Application.objects.filter(case__reporter=person, sent_at__isnull=False)
    return list(found.select_related("version", "case").defer("version__files").order_by("-sent_at"))


def of_case(case_id: UUID) -> Application | None:
    """The application that opened a case."""
    found = Application.objects.filter(case_id=case_id, sent_at__isnull=False)
    return found.select_related("version", "case__team", "case__reporter").defer("version__files").first()


def of_reference(reference: str) -> Application | None:
    """The application that opened the case with a reference, with who sent it where a program did."""
    found = Application.objects.filter(case__reference=reference, sent_at__isnull=False)
    return found.select_related("version", "case__team", "submission").defer("version__files").first()


def rows_of(application: Application, at: datetime) -> list[Row]:
    """Every answer that counts, in the order asked, in words of both languages."""
    form = package(application.version).form
    return summary(form, application.answers, facts=facts(application.sent_at or at))


def whole_of(application: Application) -> dict[str, str]:
    """The answers that pages show in part, whole, for whoever must act on them: bank accounts."""
    questions, found = package(application.version).form.questions, dict[str, str]()
    for name, answer in application.answers.items():
        question = questions.get(name)
        if question is not None and question.kind == "bank_details" and isinstance(answer, dict):
            parts = ("account_name", "sort_code", "account_number", "roll_number")
            found[name] = "\n".join(str(answer[part]) for part in parts if answer.get(part))
    return found
