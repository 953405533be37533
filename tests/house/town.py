"""One of everything, for tests that open every page: a council with a report, its letter, its photo and the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client, override_settings

from townhall.council.rota import actions as rota
from townhall.council.rota.models import Change, Skill
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Routing, SavedList, Task
from townhall.kernel.cases.tests import factories
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.tests.factories import as_bytes, picture, upload
from townhall.kernel.identity.models import Organisation, Person
from townhall.kernel.identity.permissions import PROVED
from townhall.kernel.jobs.models import Progress
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.models import Batch, Letter
from townhall.kernel.outbox.relay import relay_all
from townhall.kernel.privacy import actions as privacy
from townhall.kernel.privacy.models import Disclosure
from townhall.residents.bookings import actions as bookings
from townhall.residents.bookings.models import Resource, Wish
from townhall.residents.editor.models import Draft as ServiceDraft
from townhall.residents.editor.tests.factories import draft as draft_of_service
from townhall.residents.open311.actions.keys import make_key
from townhall.residents.open311.models import ApiKey
from townhall.residents.payments import actions as payments
from townhall.residents.payments.models import Payment, SandboxCharge
from townhall.residents.reports import actions as reports
from townhall.residents.reports.models import Draft, DraftLink, Follower, Note, Report
from townhall.residents.reports.tests.factories import categories, report
from townhall.residents.services import actions as services
from townhall.residents.services.models import Application, ApplicationLink, DocumentOrder, Signing
from townhall.residents.services.tests.factories import grant, whole_answers
from townhall.residents.webhooks.actions import make_hook, make_system, test_system
from townhall.residents.webhooks.models import Hook, System

BACKEND = "django.contrib.auth.backends.ModelBackend"
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
ROLES = ("nobody", "resident", "neighbour", "officer", "elsewhere", "partner", "desk", "manager", "administrator")
"""`resident` made the report, `neighbour` did not; the case is with the team of `officer`, `elsewhere` has another."""
LINK_SECRET = "of-a-mailed-link"
"""What the letter to go on with the draft has in its link."""
WORDS = "A mattress and six black bags lie in the back lane behind Hope Street."


@dataclass
class Town:
    """What `everything` made."""

    council: factories.Council
    report: Report
    held: Report
    unsent: Any
    letter: Letter
    photo: Any
    draft: Draft
    follower: Follower
    note: Note
    task: Task
    rule: Routing
    saved: SavedList
    key: ApiKey
    hook: Hook
    system: System
    disclosure: Disclosure
    batch: Batch
    progress: Progress
    organisation: Organisation
    application: Application
    asked: Task
    signing: Signing
    paper: DocumentOrder
    payment: Payment
    charge: SandboxCharge
    wish: Wish
    resource: Resource
    service_draft: ServiceDraft
    skill: Skill
    away: Change

    def person(self, role: str) -> Person | None:
        """Who plays a role; None for nobody."""
        renamed = {"elsewhere": "other_officer", "desk": "call_handler"}.get(role, role)
        return None if role == "nobody" else getattr(self.council, renamed)

    def browser(self, role: str, **options: Any) -> Client:
        """A browser in which the person of a role signed in just now. A fault of ours is an answer of 500 there."""
        client = Client(raise_request_exception=False, **options)
        person = self.person(role)
        if person is not None:
            client.force_login(Person.objects.get(pk=person.pk), backend=BACKEND)
            session = client.session
            session[PROVED] = {"at": datetime.now(UTC).timestamp(), "how": "password"}
            session.save()
        return client


@contextmanager
def everything() -> Iterator[Town]:
    """A town with one of everything. The caller's transaction takes it back."""
    with override_settings(PASSWORD_HASHERS=[QUICK]):
        council = factories.council()
    at = datetime.now(UTC) - timedelta(hours=2)
    try:
        yield _town(council, at)
    finally:
        authority.forget()


def _town(council: factories.Council, at: datetime) -> Town:
    categories()
    photo = documents.keep(file=upload(as_bytes(picture())), purpose="report_photo", by=council.resident, at=at)
    made = report(reporter=council.resident, at=at, description=WORDS, photos=[photo.pk])
    held = report(reporter=council.resident, at=at, description="The man next door is hitting his wife.")
    unsent = documents.keep(file=upload(as_bytes(picture(80, 60))), purpose="report_photo", by=council.resident, at=at)
    draft = reports.start_draft(secret="kept in a cookie", answers={"text": WORDS}, at=at, person=council.resident)
    DraftLink.objects.create(
        draft=draft, secret_hash=reports.owner_of(LINK_SECRET), email="asha@example.org", made_at=at
    )
    relay_all(at=at)
    case_id = made.case.pk
    task = cases.add_task(case_id=case_id, title="Look at the lane", by=council.officer, at=at)
    key, _secret = make_key(
        name="Northmere app", scopes=["read", "write"], per_minute=60, by=council.administrator, at=at
    )
    hook = make_hook(name="Dashboard", address="https://hooks.example/", by=council.administrator, at=at)
    disclosure = privacy.start(person=council.resident, by=council.administrator, title="Copy of what we hold", at=at)
    privacy.collect(disclosure, at=at)
    return Town(
        council=council, report=made, held=held, unsent=unsent, photo=photo, draft=draft, task=task, key=key, hook=hook,
        system=_system(council, at),
        disclosure=disclosure,
        letter=_letter(council, case_id, at), batch=Batch.objects.create(by=council.manager, made_at=at),
        follower=reports.follow(report=made, at=at, email="follower@example.org"),
        note=reports.add_note(report=made, text="It has grown.", at=at), rule=Routing.objects.order_by("order")[0],
        saved=SavedList.objects.create(person=council.officer, name="Late ones", query="late=1"),
        progress=Progress.objects.create(job="privacy.forget", title="Forgetting", owner=council.manager),
        organisation=Organisation.objects.get(kind="contractor"), application=_application(council, at),
        asked=(asked := _asked(council, at)), signing=_signing(asked, at), paper=_paper(asked, at),
        payment=(payment := _payment(asked, at)), charge=_charge(payment),
        resource=(resource := _resource(council, at)), wish=_wish(asked, resource, at),
        service_draft=draft_of_service(council.manager, at), skill=rota.save_skill(
            code="lifting", name="Lifting", name_cy="Codi", weight=1, by=council.manager, at=at
        ), away=_away(council, at),
    )  # fmt: skip


def _application(council: factories.Council, at: datetime) -> Application:
    """A form that the resident has begun, with a mailed link to it."""
    begun = services.start_application(
        version=grant(at), secret="kept in a cookie", language="en", at=at, answers={}, person=council.resident
    )
    ApplicationLink.objects.create(
        application=begun, secret_hash=services.owner_of(LINK_SECRET), email="asha@example.org", made_at=at
    )
    return begun


def _asked(council: factories.Council, at: datetime) -> Task:
    """The task that the process of a sent application asks for; its case is with the officer's team."""
    sent = services.start_application(
        version=grant(at), secret="sent", language="en", at=at, answers=whole_answers(), person=council.resident
    )
    services.send_application(application=sent, at=at, signed_in=None)
    relay_all(at=at)
    Case.objects.filter(pk=sent.pk).update(team=council.street_scene)
    return Task.objects.get(case_id=sent.pk)


def _away(council: factories.Council, at: datetime) -> Change:
    """The officer is on the rota, and on leave next month."""
    week = [[day, "00:00", "00:00"] for day in range(7)]
    worker = rota.set_worker(council.officer, skills=["lifting"], week=week, by=council.manager, at=at)
    first = (at + timedelta(days=30)).date()
    return rota.call_away(worker, kind="leave", since=first, until=first, by=council.manager, at=at)


def _signing(asked: Task, at: datetime) -> Signing:
    """Somebody who is to sign the sent application too."""
    return Signing.objects.create(
        application_id=asked.case_id, question="landlord", name="Mair Evans", email="mair@example.org", asked_at=at,
        secret_hash=services.owner_of(LINK_SECRET), until=at + timedelta(days=14),
    )  # fmt: skip


def _system(council: factories.Council, at: datetime) -> System:
    """A system that services call, with a call that waits."""
    system = make_system(name="desk", address="https://desk.example/", by=council.administrator, at=at)
    test_system(system=system, at=at)
    return system


def _paper(asked: Task, at: datetime) -> DocumentOrder:
    """A document that was made for the sent application."""
    ordered = DocumentOrder.objects.create(
        application_id=asked.case_id, key="paper", number=1, name="permit", language="en", title="Permit",
        title_cy="Trwydded", blocks=[["paragraph", [["words", "They may."]]]], ordered_at=at, next_at=at,
    )  # fmt: skip
    assert services.make_documents(at) == 1
    return ordered


def _payment(asked: Task, at: datetime) -> Payment:
    """What the resident is asked to pay for the sent application."""
    return payments.ask(
        case_id=asked.case_id, key="pay#1", amount_pence=3_700, about="Shop front grant", about_cy="Grant", at=at
    )


def _resource(council: factories.Council, at: datetime) -> Resource:
    """A van that can be booked on every day."""
    week = [[day, "07:00", "12:00"] for day in range(7)]
    values = {"code": "van", "name": "The van", "openings": week}
    return bookings.make_resource(values=values, by=council.administrator, at=at)


def _wish(asked: Task, resource: Resource, at: datetime) -> Wish:
    """The resident is to choose a day for the sent application."""
    return bookings.wish(
        case_id=asked.case_id, key="book#1", code=resource.code, about="Shop front grant", about_cy="Grant", at=at
    )


def _charge(payment: Payment) -> SandboxCharge:
    """A payment on the sandbox's side."""
    return SandboxCharge.objects.create(
        key="of-the-town", amount_pence=3_700, reference=payment.reference, about=payment.about, return_url="/"
    )


def _letter(council: factories.Council, case_id: Any, at: datetime) -> Letter:
    found = Letter.objects.filter(person=council.resident, case_id=case_id).first()
    assert found is not None, "the reporter is told that the report has come"
    notify.send_due(at + timedelta(hours=1))
    return Letter.objects.get(pk=found.pk)
