"""Keeping an application for later on any device: a letter with a link to it, and another before it is forgotten."""

import secrets
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.rules import Address
from townhall.residents.services.actions.filling import owner_of
from townhall.residents.services.models import Application, ApplicationLink
from townhall.residents.services.selectors import day_of

MOST_LINKS = 5
MOST_DEVICES = 10


class CannotMail(RuntimeError):
    """No letter goes by e-mail here, or not to this address."""


class TooManyLinks(RuntimeError):
    """An application whose link was mailed as often as it may be."""


def mail_link(*, application: Application, email: str, language: str, at: datetime) -> ApplicationLink:
    """Write to an address with a link that opens this application, and no other, on any device.

    The letter goes in the same transaction and by no event, because events hold no secrets. It says nothing of what
    was typed: the address may be somebody else's. Raises TooManyLinks, CannotMail.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        if ApplicationLink.objects.filter(application=row, is_reminder=False).count() >= MOST_LINKS:
            raise TooManyLinks
        return _write(row, email.strip().lower(), language, at)


def _write(row: Application, email: str, language: str, at: datetime, *, is_reminder: bool = False) -> ApplicationLink:
    secret = secrets.token_urlsafe(24)
    link = ApplicationLink.objects.create(
        application=row, secret_hash=owner_of(secret), email=email, language=language, is_reminder=is_reminder,
        made_at=at,
    )  # fmt: skip
    with translation.override(language):
        values = {
            "service": row.version.title(language), "begun": day_of(row.created_at), "until": day_of(row.gone_at),
            "link": reverse("services:open_saved", args=[secret]),
        }  # fmt: skip
        letter = notify.write(
            kind="application_saved_reminder" if is_reminder else "application_saved",
            key=f"application_saved:{link.pk}", values=values, at=at, address=Address(email=email), language=language,
            is_secret=True,
        )  # fmt: skip
    if letter is None:
        raise CannotMail
    return link


def application_of_link(secret: str) -> Application | None:
    """The application that a mailed link opens; None where it has been forgotten."""
    links = ApplicationLink.objects.select_related("application__version", "application__case")
    link = links.filter(secret_hash=owner_of(secret)).first()
    return link.application if link else None


def open_on(*, application: Application, secret: str) -> None:
    """Let a browser open the application from now on; those that could before still can."""
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        device = owner_of(secret)
        if device != row.owner and device not in row.devices:
            row.devices = [*row.devices, device][-MOST_DEVICES:]
            row.save(update_fields=["devices"])


def remind_of_applications(at: datetime, most: int = 500) -> int:
    """Write once more, a week before an application is forgotten, to whoever can go on with it; how many."""
    keys: list[UUID] = list(Application.objects.to_remind(at).values_list("pk", flat=True)[:most])
    return sum(_remind(key, at) for key in keys)


def _remind(key: UUID, at: datetime) -> bool:
    """Write once to each address; False where another worker has, it was sent meanwhile, or no letter can go."""
    with suppress(CannotMail), transaction.atomic():
        found = Application.objects.to_remind(at).select_for_update(of=("self",))
        row = found.select_related("version", "person").filter(pk=key).first()
        if row is None:
            return False
        for email, language in _addresses(row).items():
            _write(row, email, language, at, is_reminder=True)
        return True
    return False


def _addresses(row: Application) -> dict[str, str]:
    """Who is written to, each with a language: those with a link, and in the form's whoever has it in an account."""
    known = ApplicationLink.objects.filter(application=row).order_by("made_at").values_list("email", "language")
    person = row.person if row.taken_by_id is None and row.number else None
    if person is None or not (person.is_active and person.email and person.email_verified_at):
        return dict(known)
    return dict(known) | {person.email.strip().lower(): row.language}
