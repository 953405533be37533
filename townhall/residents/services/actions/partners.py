"""Setting up where partners of services are written to. Each change is kept in the list of changes."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.services.models import PartnerAddress


def set_partner_address(*, slug: str, name: str, email: str, language: str, by: Person, at: datetime) -> None:
    """Write to a partner at this address from now on, in this language; without an address a colleague does."""
    with transaction.atomic():
        before = PartnerAddress.objects.select_for_update().filter(slug=slug, name=name).first()
        old = {"email": before.email, "language": before.language} if before else {}
        new = {"email": email, "language": language} if email else {}
        if email:
            PartnerAddress.objects.update_or_create(slug=slug, name=name, defaults=new)
        elif before:
            before.delete()
        note_change(by, f"partner: {slug}, {name}", old or {"email": ""}, new or {"email": ""}, at)
