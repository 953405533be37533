"""What casework holds about people: calls and visits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from townhall.council.casework.models import Contact
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.registries import still_wanted
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding

YEARS_2 = 730


def _find(person: Person) -> list[Record]:
    return [
        Record(
            title=gettext("Call or visit"),
            at=contact.at,
            values={
                gettext("About"): str(Contact.About(contact.about).label),
                gettext("Note"): contact.text,
                gettext("Minutes"): contact.minutes,
                gettext("Answered in one call?"): contact.is_answered,
                gettext("Answers were checked"): contact.is_verified,
                gettext("Taken by"): contact.by.name,
                gettext("Case"): contact.case.reference if contact.case else "",
            },
            is_internal=True,
        )
        for contact in Contact.objects.filter(person=person).select_related("by", "case")
    ]


def _old(moment: datetime) -> QuerySet[Any]:
    return Contact.objects.filter(at__lt=moment)


def _forget(keys: Sequence[Any]) -> int:
    return Contact.objects.filter(pk__in=keys).delete()[0]


@still_wanted.register("casework")
def callers(moment: datetime) -> Q:
    """Whoever rang or came after a moment."""
    return Q(contacts__at__gte=moment)


holding(
    Holding(
        key="casework.contacts",
        title=_("Calls and visits"),
        lawful_basis=_("Public task: answering residents (UK GDPR, article 6(1)(e))"),
        retention=Retention(days=YEARS_2, after=_("the call or visit"), old=_old, forget=_forget),
        models=("casework.Contact",),
        find=_find,
    )
)
