"""What the lowest part of the house holds about people: who they are, how they sign in, who looked, what changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity import rules
from townhall.kernel.identity.models import Change, Code, Person, PersonKey
from townhall.kernel.identity.registries import still_wanted
from townhall.kernel.privacy.models import Disclosure, Look
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal

PUBLIC_TASK = gettext_lazy("Public task (UK GDPR, Article 6(1)(e))")
LEGAL_DUTY = gettext_lazy("Legal obligation (UK GDPR, Article 6(1)(c))")


def find_person(person: Person) -> list[Record]:
    """Who the person is to us, and their places in teams."""
    places = [f"{place.team.name}: {place.get_role_display()}" for place in person.memberships]  # pyright: ignore
    values: dict[str, Any] = {
        _("Name"): person.name,
        _("Email"): person.email,
        _("Email proved"): person.email_verified_at,
        _("Telephone"): rules.national(person.phone or ""),
        _("Telephone proved"): person.phone_verified_at,
        _("Address"): person.address,
        _("Postcode"): person.postcode,
        _("Property number (UPRN)"): person.uprn,
        _("Year of birth"): person.year_of_birth,
        _("Language"): person.get_language_display(),  # pyright: ignore[reportAttributeAccessIssue]
        _("Teams and roles"): "; ".join(places),
    }
    return [Record(_("Who you are"), person.created_at, values)]


def find_signing_in(person: Person) -> list[Record]:
    """Sessions, passkeys, apps, codes, and tries to sign in with the person's address."""
    found = [
        Record(_("Signed in"), each.last_seen_at, {_("From"): each.ip, _("Browser"): each.user_agent})
        for each in UserSession.objects.filter(user=person)
    ]
    found += [
        Record(
            _("Passkey, app or recovery codes"),
            each.created_at,
            {_("Kind"): each.type, _("Name"): each.data.get("name")},
        )
        for each in Authenticator.objects.filter(user=person)
    ]
    found += [
        Record(_("Code"), each.made_at, {_("Sent to"): each.address, _("By"): each.channel, _("Used"): each.used_at})
        for each in Code.objects.filter(_codes_of(person))
    ]
    found += [
        Record(_("API key"), each.created_at, {_("Name"): each.name, _("Used"): each.last_used_at})
        for each in PersonKey.objects.filter(person=person)
    ]
    return found + _tries(person)


def find_looks(person: Person) -> list[Record]:
    """Who opened the person's pages, and whose pages the person opened."""
    at_them = Look.objects.filter(person=person).select_related("by")
    found = [Record(_("Somebody looked at your record"), each.at, {_("Who"): each.by.name}) for each in at_them]
    count = Look.objects.filter(by=person).count()
    return [*found, Record(_("Records that you opened at work"), None, {_("Count"): count})] if count else found


def find_changes(person: Person) -> list[Record]:
    """What the person changed on set-up pages, and changes of the person's own roles and details."""
    rows = (
        Change.objects.filter(Q(by=person) | Q(what=f"person: {person.name}"))
        if person.roles
        else Change.objects.none()
    )
    return [Record(_("Change on a set-up page"), each.at, {_("What"): each.what}) for each in rows]


def find_disclosures(person: Person) -> list[Record]:
    """That the person asked what we hold; what they were given is the rest of what we hold."""
    return [
        Record(_("You asked what we hold"), each.made_at, {_("Handed over"): each.ready_at})
        for each in Disclosure.objects.filter(person=person)
    ]


def find_work(person: Person) -> list[Record]:
    """Background work that the person started."""
    return [
        Record(_("Background work that you started"), each.created_at, {_("What"): each.title})
        for each in person.progress_set.all()  # pyright: ignore[reportAttributeAccessIssue]
    ]


def _codes_of(person: Person) -> Q:
    """Codes that the person asked for, or that went to an address that they have proved."""
    mine = Q(person=person)
    if person.email and person.email_verified_at:
        mine |= Q(channel="email", address__iexact=person.email)
    if person.phone and person.phone_verified_at:
        mine |= Q(channel="sms", address=person.phone)
    return mine


def _tries(person: Person) -> list[Record]:
    if not person.email or not (person.email_verified_at or person.roles):
        return []
    kinds = (
        (_("Wrong passwords, counted"), AccessAttempt),
        (_("Wrong password"), AccessFailureLog),
        (_("Signed in, in the past"), AccessLog),
    )
    return [
        Record(title, each.attempt_time, {_("From"): each.ip_address, _("Browser"): each.user_agent})
        for title, kind in kinds
        for each in kind.objects.filter(username__iexact=person.email)
    ]


def _old_codes(moment: datetime) -> QuerySet[Any]:
    return Code.objects.filter(expires_at__lt=moment)


def _old_disclosures(moment: datetime) -> QuerySet[Any]:
    return Disclosure.objects.annotate(since=Coalesce("ready_at", "made_at")).filter(since__lt=moment)


def _old_work(moment: datetime) -> QuerySet[Any]:
    return apps.get_model("jobs.Progress").objects.filter(created_at__lt=moment)


holding(
    Holding(
        key="identity.people",
        title=gettext_lazy("Who you are and how to reach you"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(None, gettext_lazy("As long as we hold anything else about you")),
        models=("identity.Person", "identity.Membership"),
        find=find_person,
    )
)
def _unproved(moment: datetime) -> QuerySet[Any]:
    """Records of people who never proved an address, older than a moment, whom nobody has dealt with since."""
    people = Person.objects.residents().filter(email_verified_at=None, phone_verified_at=None, created_at__lt=moment)
    for wanted in still_wanted:
        people = people.exclude(pk__in=Person.objects.filter(wanted(moment)).values("pk"))
    return people.exclude(**EMPTY)


EMPTY: dict[str, Any] = {
    "name": "", "email": None, "phone": None, "address": "", "postcode": "", "uprn": None, "year_of_birth": None
}  # fmt: skip
"""What is left of a person whom something still points at, as a finished case does: a key without a name."""


def _forget_people(keys: Sequence[Any]) -> int:
    """Remove people, each with what goes with them; whom something still points at is emptied."""
    for key in keys:
        try:
            with transaction.atomic():
                Person.objects.filter(pk=key).delete()
        except ProtectedError:
            Person.objects.filter(pk=key).update(**EMPTY)
    return len(keys)


holding(
    Holding(
        key="identity.unproved",
        title=gettext_lazy("Names and addresses that nobody proved to be theirs"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(
            730, gettext_lazy("they were typed, or the last matter or call was finished"), _unproved, _forget_people
        ),
        models=(),
        find=lambda _person: [],
    )
)
holding(
    Holding(
        key="identity.signing_in",
        title=gettext_lazy("How and where you sign in"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(None, gettext_lazy("Until you sign out everywhere, or remove it")),
        models=("usersessions.UserSession", "mfa.Authenticator", "sessions.Session", "identity.PersonKey"),
        find=find_signing_in,
    )
)


def _ends(key: str, title: Any, retention: Retention, *models: str) -> None:
    """Declare what goes by itself after some days. `find_signing_in` finds it for a person."""
    holding(Holding(key, title, PUBLIC_TASK, retention, models, lambda _person: []))


END, TYPED = gettext_lazy("they end"), gettext_lazy("they were typed")
_ends("identity.codes", gettext_lazy("Codes that we sent you"), Retention(1, END, _old_codes), "identity.Code")
_ends(
    "identity.sessions",
    gettext_lazy("Sessions that have ended"),
    Retention(1, END, lambda moment: Session.objects.filter(expire_date__lt=moment)),
)
_ends(
    "identity.devices",
    gettext_lazy("Devices that you signed in with"),
    Retention(
        30, gettext_lazy("you last used them"), lambda moment: UserSession.objects.filter(last_seen_at__lt=moment)
    ),
)
_ends(
    "identity.tries",
    gettext_lazy("Wrong passwords"),
    Retention(90, TYPED, lambda moment: AccessFailureLog.objects.filter(attempt_time__lt=moment)),
    "axes.AccessFailureLog",
)
_ends(
    "identity.lockouts",
    gettext_lazy("Counts of wrong passwords"),
    Retention(30, TYPED, lambda moment: AccessAttempt.objects.filter(attempt_time__lt=moment)),
    "axes.AccessAttempt",
    "axes.AccessAttemptExpiration",
)
_ends(
    "identity.logins",
    gettext_lazy("When and where you signed in"),
    Retention(365, gettext_lazy("you signed in"), lambda moment: AccessLog.objects.filter(attempt_time__lt=moment)),
    "axes.AccessLog",
)
holding(
    Holding(
        key="identity.changes",
        title=gettext_lazy("What you changed at work"),
        lawful_basis=LEGAL_DUTY,
        retention=Retention(None, gettext_lazy("Kept for good: it shows who set up what")),
        models=("identity.Change",),
        find=find_changes,
    )
)
holding(
    Holding(
        key="privacy.looks",
        title=gettext_lazy("Who looked at your record"),
        lawful_basis=LEGAL_DUTY,
        retention=Retention(730, gettext_lazy("they looked"), lambda moment: Look.objects.filter(at__lt=moment)),
        models=("privacy.Look",),
        find=find_looks,
    )
)
holding(
    Holding(
        key="privacy.disclosures",
        title=gettext_lazy("When you asked what we hold"),
        lawful_basis=LEGAL_DUTY,
        retention=Retention(30, gettext_lazy("we handed it over"), _old_disclosures),
        models=("privacy.Disclosure", "privacy.Part"),
        find=find_disclosures,
    )
)
holding(
    Holding(
        key="jobs.work",
        title=gettext_lazy("Background work that you started"),
        lawful_basis=PUBLIC_TASK,
        retention=Retention(90, gettext_lazy("it was started"), _old_work),
        models=("jobs.Progress",),
        find=find_work,
    )
)

for label, reason in {
    "identity.Organisation": "names of organisations",
    "identity.Team": "names of teams, and addresses and numbers that a team shares",
    "identity.Tally": "hashes of what was tried, without a way back, for an hour",
    "authority.Authority": "names, addresses and numbers of councils",
    "account.EmailAddress": "never written: addresses are kept on the person",
    "account.EmailConfirmation": "never written: codes prove addresses",
    "socialaccount.SocialAccount": "never written: staff are matched at each sign-in",
    "socialaccount.SocialApp": "never written: the provider comes from the settings",
    "socialaccount.SocialToken": "never written: tokens are dropped once read",
    "auth.Group": "never written: roles are memberships",
    "auth.Permission": "names of permissions",
    "contenttypes.ContentType": "names of tables",
    "jobs.TimerRun": "names of timers",
    "procrastinate.ProcrastinateJob": "names of work; its arguments are keys",
    "procrastinate.ProcrastinatePeriodicDefer": "names of work",
}.items():
    not_personal.add(label, reason)
