"""What letters hold about people: what we wrote to them, and how they wish to hear from us."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity.models import Person
from townhall.kernel.notify import selectors
from townhall.kernel.notify.models import UNSENT, Batch, ChangedWording, Letter, State
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding

PUBLIC_TASK = gettext_lazy("Public task (UK GDPR, Article 6(1)(e))")


def find_letters(person: Person) -> list[Record]:
    """Letters to the person's account, and to addresses that the person has proved; codes are left out."""
    theirs = Q(person=person)
    if person.email and person.email_verified_at:
        theirs |= Q(person__isnull=True, address__email__iexact=person.email)
    if person.phone and person.phone_verified_at:
        theirs |= Q(person__isnull=True, address__phone=person.phone)
    return [
        Record(
            title=_("Letter to you"),
            at=letter.created_at,
            values={
                _("Subject"): letter.subject,
                _("Text"): selectors.as_text(letter),
                _("Sent to"): letter.where.to(letter.channel),
                _("Sent"): letter.sent_at,
            },
        )
        for letter in Letter.objects.filter(theirs, is_secret=False)
    ]


def find_preference(person: Person) -> list[Record]:
    """How the person wishes to hear from us."""
    chosen = selectors.preference(person)
    if chosen is None:
        return []
    values = {_("Channel"): chosen.channel, _("Large print"): chosen.large_print}
    return [Record(_("How you wish to hear from us"), chosen.changed_at, values)]


def find_work(person: Person) -> list[Record]:
    """Wordings that the person wrote and batches that the person made, as staff."""
    wordings = ChangedWording.objects.filter(by=person)
    written = [Record(_("Wording that you wrote"), each.changed_at, {_("Letter"): each.kind}) for each in wordings]
    batches = Batch.objects.filter(by=person)
    return written + [Record(_("Letters that you handed to print"), each.made_at) for each in batches]


def old_letters(moment: datetime) -> "QuerySet[Letter]":
    """Letters from before a time that are not on their way any more."""
    return Letter.objects.filter(created_at__lt=moment).exclude(state__in=(*UNSENT, State.SENDING))


def old_codes(moment: datetime) -> "QuerySet[Letter]":
    """Codes that were kept for the post or the demo."""
    return Letter.objects.filter(is_secret=True, created_at__lt=moment)


holding(
    Holding(
        key="notify.letters",
        title=gettext_lazy("Letters, e-mails and texts to you"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(730, gettext_lazy("we wrote them"), old_letters),
        models=("notify.Letter",),
        find=find_letters,
    )
)
holding(
    Holding(
        key="notify.codes",
        title=gettext_lazy("Sign-in codes on paper"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(15, gettext_lazy("we wrote them"), old_codes),
        models=(),
        find=lambda _person: [],
    )
)
holding(
    Holding(
        key="notify.preferences",
        title=gettext_lazy("How you wish to hear from us"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(None, gettext_lazy("As long as we hold anything else about you")),
        models=("notify.Preference",),
        find=find_preference,
    )
)
holding(
    Holding(
        key="notify.work",
        title=gettext_lazy("Wordings you wrote and letters you printed, at work"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(None, gettext_lazy("Kept for good: it shows who set up what")),
        models=("notify.ChangedWording", "notify.Batch"),
        find=find_work,
    )
)
