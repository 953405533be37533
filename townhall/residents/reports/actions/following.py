"""Following a report, and saying "it is this one" instead of reporting it again."""
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import F

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.reports.events import FollowAsked
from townhall.residents.reports.models import Follower, Report

SALT = "reports.follower"
MAX_WAITING = 200
"""How many addresses may wait for an answer on one report, so that nobody can use us to write to a crowd."""


def follow(
    *, report: Report, at: datetime, person: Person | None = None, email: str = "", language: str = "en"
) -> Follower:
    """Follow a report: a signed-in person at once; an address once it answers the letter that we send it.

    Following again changes nothing; an address that has not answered is written to again at most once a day.
    """
    with transaction.atomic():
        if person is not None:
            return _follow_as(person, report, at=at, language=language)
        follower, is_new = Follower.objects.get_or_create(
            report=report, email=email.strip().lower(), defaults={"asked_at": at, "language": language}
        )
        is_stale = follower.confirmed_at is None and (at - follower.asked_at).days >= 1
        waiting = Follower.objects.filter(report=report, confirmed_at=None).count()
        if (is_new or is_stale) and waiting <= MAX_WAITING:
            Follower.objects.filter(pk=follower.pk).update(asked_at=at, language=language)
            outbox.publish(FollowAsked(at=at, report_id=report.pk, follower_id=follower.pk))
    return follower


def _follow_as(person: Person, report: Report, *, at: datetime, language: str, is_supporter: bool = False) -> Follower:
    follower, is_new = Follower.objects.get_or_create(
        report=report, person=person,
        defaults={"asked_at": at, "confirmed_at": at, "language": language, "is_supporter": is_supporter},
    )  # fmt: skip
    if is_new:
        _count(report, 1)
    elif is_supporter and not follower.is_supporter:
        Follower.objects.filter(pk=follower.pk).update(is_supporter=True)
    return follower


def support(*, report: Report, at: datetime, person: Person | None = None, language: str = "en") -> None:
    """Add somebody who met the same problem: it counts, they follow it where we know them, a done one opens again."""
    with transaction.atomic():
        if person is not None:
            _follow_as(person, report, at=at, language=language, is_supporter=True)
        else:
            _count(report, 1)
        data = {"supports": True}
        cases.add_update(case_id=report.case_id, says="still_there", by=person, at=at, is_public=True, data=data)
        if not Case.objects.get(pk=report.case_id).is_open:
            cases.reopen(case_id=report.case_id, by=person, at=at)


def confirm(*, follower: Follower, at: datetime) -> None:
    """The address answered our letter: it follows from now on. Once is enough."""
    with transaction.atomic():
        changed = Follower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=at)
        if changed:
            _count(follower.report, 1)


def unfollow(*, follower: Follower) -> None:
    """Stop following; what is left of the follower is nothing."""
    with transaction.atomic():
        deleted, _ = Follower.objects.filter(pk=follower.pk).delete()
        if deleted and follower.confirmed_at:
            _count(follower.report, -1)


def _count(report: Report, change: int) -> None:
    Case.objects.filter(pk=report.case_id).update(followers=F("followers") + change)


def follower_key(follower: Follower) -> str:
    """The signed key of a follower, for links in letters."""
    return signing.dumps(str(follower.pk), salt=SALT)


def follower_of_key(key: str) -> Follower | None:
    """The follower of a signed key; None where it is not one or they have stopped."""
    try:
        pk = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    return Follower.objects.select_related("report__case").filter(pk=pk).first()
