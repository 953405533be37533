"""Taking in what other systems send: requests with photos, and updates. The same thing sent twice is taken in once."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import connection, transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.rules import Refused as PhotoRefused
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import LonLat, NotInBritain, Point, to_bng
from townhall.kernel.identity.actions import find_or_make_person
from townhall.kernel.identity.models import Person
from townhall.kernel.modules.rows import Maker
from townhall.residents.open311 import rules
from townhall.residents.open311.actions.writing import write_update
from townhall.residents.open311.models import ApiKey, Forwarded, Receipt, RemotePhoto
from townhall.residents.open311.rules import refuse
from townhall.residents.open311.selectors.services import category_for
from townhall.residents.reports import actions as reports
from townhall.residents.reports import rules as report_rules

PHOTO = "report_photo"
new_receipt = Maker(Receipt)
SAME_BODY = timedelta(minutes=10)
"""How long the same body from the same key counts as sent twice by accident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How something was sent: by which key, under which word of the sender's (may be empty), and its body's hash."""

    by: ApiKey
    key: str
    body: str
    at: datetime

    def word(self, *, is_update: bool) -> str:
        """What tells this sending from others; the same for one that is sent again."""
        return f"{self.by.pk}:{is_update}:{self.key or self.body}"

    def must_be_same(self, body: str) -> None:
        """Raise Refused where this came before under the sender's own word, but with another body than `body`."""
        if self.key and body != self.body:
            raise refuse(400, "this Idempotency-Key came before with another body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A request as it will be taken in: rows that are not saved yet."""

    received: reports.Received
    receipt: Receipt
    remote_photos: list[RemotePhoto]


def receive(*, sending: Sending, sent: rules.Sent, photos: Sequence[File], language: str = "en") -> Receipt:
    """Take in a request as a report. Raises Refused."""
    with transaction.atomic():
        if known := _known(sending, is_update=False):
            return known
        category = category_for(sending.by, sent.service_code)
        must_be_answered(category, sent)
        kept = [_keep(photo, at=sending.at) for photo in photos]
        made = taken(
            sending=sending, sent=sent, category=category, reporter=_reporter(sending, sent, language),
            where=_place(sent), photos=kept, standing=reports.standing(), language=language,
        )  # fmt: skip
        reports.save_received(made.received)
        RemotePhoto.objects.bulk_create(made.remote_photos)
        made.receipt.save(force_insert=True)
        return made.receipt


def taken(
    *, sending: Sending, sent: rules.Sent, category: Any, reporter: Person | None, where: LonLat | Point,
    standing: reports.Standing, language: str, photos: Sequence[UUID] = (),
) -> Taken:  # fmt: skip
    """The request as it will be taken in; nothing is read or written. Raises Refused."""
    answers = {code: ", ".join(values) for code, values in sent.attributes.items()}
    try:
        made = reports.received(
            standing=standing, kind=category, point=to_bng(where) if isinstance(where, LonLat) else where,
            reporter=reporter, description=sent.description, answers=answers, photos=photos, channel="open311",
            at=sending.at, language=language, source=sending.by.source, title=sent.title,
            is_anonymous=reporter is None,
        )  # fmt: skip
    except NotInBritain as problem:
        raise refuse(400, "lat and long are not in Britain") from problem
    except report_rules.OutsideCouncil as problem:
        raise refuse(400, "the place is outside the area of this council") from problem
    except report_rules.NotAccepted as problem:
        raise refuse(400, "this service needs an email or phone, or is not taken here") from problem
    case = made.opening.case
    remote = [RemotePhoto(case=case, address=url, next_at=sending.at) for url in dict.fromkeys(sent.media_urls)]
    receipt = _receipt(sending, case, {"service_request_id": case.reference})
    return Taken(received=made, receipt=receipt, remote_photos=remote)


def _known(sending: Sending, *, is_update: bool) -> Receipt | None:
    """The receipt of an earlier, same sending. Another of the same word or body waits here until this one is done."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 311))", [sending.word(is_update=is_update)])
    mine = Receipt.objects.filter(api_key=sending.by, is_update=is_update)
    if not sending.key:
        return mine.filter(key="", body=sending.body, created_at__gt=sending.at - SAME_BODY).first()
    known = mine.filter(key=sending.key).first()
    if known:
        sending.must_be_same(known.body)
    return known


def _receipt(sending: Sending, case: Case, answer: dict[str, Any], *, is_update: bool = False) -> Receipt:
    return new_receipt(
        api_key_id=sending.by.pk, key=sending.key, body=sending.body, is_update=is_update, case_id=case.pk,
        answer=answer, created_at=sending.at,
    )  # fmt: skip


def _place(sent: rules.Sent) -> LonLat | Point:
    """Where it is: degrees, else the address that was named. Raises Refused."""
    if sent.where:
        return sent.where
    found = geo.search(sent.address_id or sent.address_string, limit=1)
    if not found:
        raise refuse(400, "the address was not found; provide lat and long")
    return found[0].point


def _keep(photo: File, *, at: datetime) -> UUID:
    try:
        return documents.keep(file=photo, purpose=PHOTO, by=None, at=at).pk
    except PhotoRefused as refused:
        raise refuse(400, f"media was not accepted: {refused.reason}") from refused


def must_be_answered(category: Any, sent: rules.Sent) -> None:
    """Raise Refused with everything that is wrong with the answers, where anything is."""
    faults: list[rules.Fault] = []
    for question in category.asked:
        try:
            report_rules.check_answer(question, ", ".join(sent.attributes.get(question.code, ())))
        except report_rules.BadAnswer as problem:
            faults.append(rules.Fault(400, f"attribute[{problem.code}]: {problem.reason}"))
    if faults:
        raise rules.Refused(*faults)


def _reporter(sending: Sending, sent: rules.Sent, language: str) -> Person | None:
    """Whoever sent it. A council that passes on a report stands for its reporter, and hears of it by fetching."""
    if other := authority.by_code(sending.by.authority_gss):
        same = Person.objects.filter(membership=None, name=other.name, email=None, phone=None)
        return same.order_by("created_at").first() or find_or_make_person(name=other.name, at=sending.at)
    if not sent.email and not sent.phone:
        return None
    return find_or_make_person(name=sent.name, email=sent.email, phone=sent.phone, language=language, at=sending.at)


def receive_update(*, sending: Sending, sent: rules.SentUpdate) -> Receipt:
    """Take in an update: from whoever deals with a case of ours, or from whoever sent us the request. Raises Refused.

    The first changes the case as if we had fetched it. The second is kept for an officer and not shown in public.
    """
    with transaction.atomic():
        if known := _known(sending, is_update=True):
            return known
        case = Case.objects.filter(reference=sent.service_request_id.upper()).first()
        forwarded = _with_sender(sending.by, sent.service_request_id)
        if forwarded is not None:
            case = forwarded.case
            write_update(forwarded, update_id=sent.update_id, status=sent.status, text=sent.description,
                         told_at=sent.at, at=sending.at)  # fmt: skip
        elif case is None or not Receipt.objects.filter(api_key=sending.by, is_update=False, case=case).exists():
            raise refuse(404, "service_request_id was not found among the requests of this api_key")
        else:
            says = {"fixed": "fixed", "received": "still_there"}.get(rules.ours(sent.status), "update")
            cases.add_update(case_id=case.pk, says=says, text=sent.description, is_public=False, at=sending.at,
                             data={"from": sending.by.name})  # fmt: skip
        receipt = _receipt(sending, case, {"update_id": sent.update_id}, is_update=True)
        receipt.save(force_insert=True)
        return receipt


def _with_sender(key: ApiKey, service_request_id: str) -> Forwarded | None:
    """The case of ours that the sender's authority deals with: by its own id there, or by our reference."""
    if not key.authority_gss:
        return None
    theirs = Forwarded.objects.filter(gss_code=key.authority_gss).select_related("case")
    return (
        theirs.filter(their_id=service_request_id).first()
        or theirs.filter(case__reference=service_request_id.upper()).first()
    )
