"""Keeping a report for later on any device: a letter with a link to the draft, and another before it is forgotten."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.rules import Address
from townhall.residents.reports.actions.drafting import owner_of
from townhall.residents.reports.models import Draft, DraftLink
from townhall.residents.reports.selectors.promises import day_of

MOST_LINKS = 5
MOST_DEVICES = 10


class CannotMail(RuntimeError):
    """No letter goes by e-mail here, or not to this address."""


class TooManyLinks(RuntimeError):
    """A draft whose link was mailed as often as it may be."""


def mail_link(*, draft: Draft, email: str, language: str, at: datetime) -> DraftLink:
    """Write to an address with a link that opens this draft, and no other, on any device.

    The letter goes in the same transaction and by no event, because events hold no secrets. It says nothing of what
    was typed: the address may be somebody else's. Raises TooManyLinks, CannotMail.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.links.filter(is_reminder=False).count() >= MOST_LINKS:  # pyright: ignore[reportAttributeAccessIssue]
            raise TooManyLinks
        return _write(row, email.strip().lower(), language, at)


def _write(draft: Draft, email: str, language: str, at: datetime, *, is_reminder: bool = False) -> DraftLink:
    secret = secrets.token_urlsafe(24)
    link = DraftLink.objects.create(
        draft=draft, secret_hash=owner_of(secret), email=email, language=language, is_reminder=is_reminder, made_at=at
    )
    with translation.override(language):
        values = {
            "begun": day_of(draft.created_at),
            "until": day_of(draft.gone_at),
            "link": reverse("reports:open_saved", args=[secret]),
        }
        letter = notify.write(
            kind="report_saved_reminder" if is_reminder else "report_saved", key=f"report_saved:{link.pk}",
            values=values, at=at, address=Address(email=email), language=language, is_secret=True,
        )  # fmt: skip
    if letter is None:
        raise CannotMail
    return link


def draft_of_link(secret: str) -> Draft | None:
    """The draft that a mailed link opens; None where it has been forgotten."""
    link = DraftLink.objects.select_related("draft__report__case").filter(secret_hash=owner_of(secret)).first()
    return link.draft if link else None


def open_on(*, draft: Draft, secret: str) -> None:
    """Let a browser open the draft from now on; those that could before still can."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        device = owner_of(secret)
        if device != row.owner and device not in row.devices:
            row.devices = [*row.devices, device][-MOST_DEVICES:]
            row.save(update_fields=["devices"])


def remind_of_drafts(at: datetime, most: int = 500) -> int:
    """Write once more, a week before a draft is forgotten, to whoever had its link mailed; how many drafts."""
    keys: list[UUID] = list(Draft.objects.to_remind(at).values_list("pk", flat=True)[:most])
    return sum(_remind(key, at) for key in keys)


def _remind(key: UUID, at: datetime) -> bool:
    """Write to each address that has a link to the draft; False where another worker has, or it was sent meanwhile."""
    with transaction.atomic():
        draft = Draft.objects.to_remind(at).select_for_update(of=("self",)).filter(pk=key).first()
        if draft is None:
            return False
        known = DraftLink.objects.filter(draft=draft).order_by("made_at").values_list("email", "language")
        for email, language in dict(known).items():
            _write(draft, email, language, at, is_reminder=True)
    return True
