"""One resident is planted through every module by its doors, with another who is much like her.

Whoever answers "what do you hold about me?" finds everything of the first, and nothing of the second.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from townhall.council.casework import actions as casework
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Task
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.tests.factories import phone_photo, upload
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.rules import Contact
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.models import Letter
from townhall.kernel.privacy import actions as privacy
from townhall.kernel.privacy import selectors
from townhall.kernel.privacy.models import Disclosure
from townhall.kernel.privacy.registries import holdings
from townhall.residents.bookings import actions as bookings
from townhall.residents.open311.models import Forwarded
from townhall.residents.payments import actions as payments
from townhall.residents.reports import actions as reports
from townhall.residents.reports.tests import factories
from townhall.residents.services import actions as services
from townhall.residents.services.rules import Choosing
from townhall.residents.services.tests import factories as grants
from townhall.residents.services.tests import papers
from townhall.residents.services.tests.movers import ANSWERS
from townhall.residents.webhooks import actions as webhooks
from townhall.residents.webhooks.models import System
from townhall.residents.webhooks.tests import receiving as calling

pytestmark = pytest.mark.django_db
POTHOLE = {"size": "plate", "depth": "deep"}
NOT_PLANTED = {
    "identity.changes", "cases.work", "notify.work", "jobs.work", "rota.shifts", "rota.given_back",  # of staff
    "privacy.disclosures",  # planted by asking
    "identity.codes", "identity.sessions", "identity.devices", "identity.tries", "identity.lockouts", "identity.logins",
    "identity.unproved",  # nobody in particular
    "notify.codes",  # found by identity.signing_in, or secret
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Who was planted, and the words that only their records have. `word` makes each of them."""

    person: Person
    word: str
    words: frozenset[str]
    files: frozenset[str]


class Planter:
    """Puts a word of its own into every place that can hold something about one person."""

    def __init__(self, council: Any, word: str, at: datetime) -> None:
        self.council, self.word, self.at = council, word, at
        self.grant = grants.grant(at)
        self.words: set[str] = set()
        self.files: set[str] = set()
        self.email = f"asha.{word.lower()}@example.org"

    def mark(self, where: str) -> str:
        """A sentence for one place, that must be found again."""
        self.words.add(f"{self.word}-{where}")
        return f"{self.word}-{where}"

    def photo(self, where: str, by: Person | None) -> Any:
        """A kept photo."""
        self.files.add(f"{self.word}-{where}.jpg")
        file = upload(phone_photo(), f"{self.word}-{where}.jpg")
        return documents.keep(file=file, purpose="report_photo", by=by, at=self.at).pk

    def plant(self, relay: Callable[[], Any]) -> Planted:
        """Everything, before and after the person has proved who they are; letters follow from events."""
        self.before_proof()
        relay()
        person = identity.prove(Contact("email", self.email), language="en", at=self.at)
        self.account(person)
        self.reported(person)
        self.around_a_case(person)
        self.rang(person)
        self.applied(person)
        self.paid(person)
        self.ordered(person)
        relay()
        return Planted(Person.objects.get(pk=person.pk), self.word, frozenset(self.words), frozenset(self.files))

    def before_proof(self) -> None:
        """A report, a call and a look on a record that nobody has proved yet."""
        name = f"Asha {self.mark('name')}"
        unproved = identity.find_or_make_person(name=name, email=self.email, at=self.at)
        report = factories.report(reporter=unproved, description=self.mark("before"), at=self.at)
        reports.add_note(report=report, text=self.mark("before-note"), by=unproved, at=self.at)
        self.call(unproved, self.mark("before-call"))
        privacy.note_look(unproved.pk, self.council.manager, None, self.at)

    def account(self, person: Person) -> None:
        """Who they are, how they sign in, and how they wish to hear from us."""
        person.address, person.postcode = self.mark("address"), "NM2 6RD"
        person.save()
        notify.set_preference(person=person, channel="post", large_print=True, at=self.at)
        client = Client(HTTP_USER_AGENT=self.mark("browser"))
        client.force_login(person)
        client.get("/identity/security/")
        privacy.note_look(person.pk, self.council.officer, None, self.at)

    def reported(self, person: Person) -> None:
        """Reports in public, held, and passed on to the other council; photos, notes, and what is not sent yet."""
        report = factories.report(
            reporter=person, at=self.at, description=self.mark("public"), photos=[self.photo("report", None)]
        )
        reports.add_note(
            report=report, text=self.mark("note"), by=person, at=self.at, photos=[self.photo("note", person)]
        )
        held = f"{self.mark('held')}. He hits his children."
        factories.report(reporter=person, at=self.at, description=held)
        passed = factories.report(
            reporter=person, at=self.at, description=self.mark("passed"), category="pothole", answers=POTHOLE
        )
        Forwarded.objects.create(
            case=passed.case, gss_code=COUNTY, state="sent", their_id=self.mark("their-number"), sent_at=self.at
        )
        answers = {"text": self.mark("draft"), "contact": {"how": "email", "email": self.email}}
        reports.start_draft(secret=self.word, answers=answers, at=self.at, person=person)

    def around_a_case(self, person: Person) -> None:
        """What officers said and are to do on a case of theirs; another's case that they follow and wrote on."""
        case = factories.report(reporter=person, at=self.at, description=self.mark("case")).case
        officer = self.council.officer
        cases.reply(case_id=case.pk, text=self.mark("reply"), text_cy=self.mark("ateb"), by=officer, at=self.at)
        cases.add_note(case_id=case.pk, text=self.mark("staff-note"), by=officer, at=self.at)
        cases.add_task(case_id=case.pk, title=self.mark("task"), by=officer, at=self.at, assignee=officer)
        cases.resolve(case_id=case.pk, outcome="fixed", by=officer, at=self.at, text=self.mark("outcome"))
        elsewhere = factories.report(reporter=self.council.neighbour, at=self.at)
        reports.follow(report=elsewhere, person=person, at=self.at)
        self.words.add(elsewhere.case.reference)
        reports.add_note(report=elsewhere, text=self.mark("on-another"), by=person, at=self.at)

    def rang(self, person: Person) -> None:
        """Calls about their own case, about somebody else's, and a visit to the desk that the front desk typed."""
        self.call(person, self.mark("call"), case=factories.report(reporter=person, at=self.at).case)
        self.call(person, self.mark("question"))
        answers = {"text": self.mark("typed-at-desk"), "contact": {"how": "phone", "phone": "07700 900142"}}
        reports.start_draft(
            secret=f"{self.word} desk", answers=answers, at=self.at, person=person, taken_by=self.council.call_handler
        )

    def call(self, person: Person, text: str, case: Any = None) -> None:
        """Something said on the telephone."""
        casework.log_call(
            person=person, case=case, about="question", text=text, minutes=4, is_answered=False, is_verified=True,
            by=self.council.call_handler, at=self.at,
        )  # fmt: skip

    def applied(self, person: Person) -> None:
        """A grant applied for, with a quote in a repeating group and a signature; one that is begun and not sent."""
        begun = self.begin(person, "begun", {"full_name": self.mark("begun-name")})
        services.mail_link(application=begun, email=self.email, language="en", at=self.at)
        sent = self.begin(person, "sent", grants.whole_answers())
        self.files.add(f"{self.word}-quote.jpg")
        file = upload(phone_photo(), f"{self.word}-quote.jpg")
        key = services.keep_file(application=sent, file=file, place="files", by=person, at=self.at)
        known = sent.files[key]
        quote = {"file": key, "name": known["name"], "size": known["size"], "type": known["type"]}
        with services.changing(sent, self.at) as row:
            row.answers["jobs"] = [{**row.answers["jobs"][0], "what": self.mark("job"), "quote": [quote]}]
            row.answers["landlord"] = {"name": self.mark("signer"), "email": self.email}
        services.send_application(application=sent, at=self.at, signed_in=person)
        services.ask_signatures(application_id=sent.pk, at=self.at)
        self.files.add(f"{self.word}-waits.jpg")
        services.keep_waiting(
            choosing=Choosing(sent.pk, "message:more", str(person.pk)), place="papers", by=person, at=self.at,
            file=upload(phone_photo(), f"{self.word}-waits.jpg"),
        )  # fmt: skip
        services.begin_course(application_id=sent.pk, at=self.at)
        services.finish_task(
            application_id=sent.pk, task_id=Task.objects.get(case_id=sent.pk).pk, outcome="done",
            result={"agreed": True}, by=self.council.officer, at=self.at, reason=self.mark("looked"),
        )  # fmt: skip

    def begin(self, person: Person, secret: str, answers: Any) -> Any:
        """A form with answers in it."""
        return services.start_application(
            version=self.grant, secret=self.word + secret, language="en", at=self.at, person=person, answers=answers
        )

    def ordered(self, person: Person) -> None:
        """Cases whose processes have ordered a document, and handed something to another system."""
        if not System.objects.exists():
            webhooks.make_system(
                name="desk", address="https://desk.example/in", by=self.council.administrator, at=self.at
            )
        for version, about in ((papers.published(self.at), "paper"), (calling.published(self.at), "handed-over")):
            begun = services.start_application(
                version=version, secret=self.word + about, language="en", at=self.at, person=person,
                answers=ANSWERS | {"question": self.mark(about), "email": self.email},
            )  # fmt: skip
            sent = services.send_application(application=begun, at=self.at, signed_in=None)
            services.begin_course(application_id=sent.pk, at=self.at)
        while services.make_documents(self.at):
            """The second is ordered once the first is made."""
        self.files |= {"Permit_to_ask.pdf", "Notes_for_the_police.pdf"}

    def paid(self, person: Person) -> None:
        """Something that they are asked to pay, and to choose a day for."""
        case = factories.report(reporter=person, at=self.at).case
        payments.ask(
            case_id=case.pk, key="pay#1", amount_pence=3_700, about=self.mark("payment"), about_cy="", at=self.at
        )
        bookings.wish(case_id=case.pk, key="book#1", code="van", about=self.mark("booking"), about_cy="", at=self.at)

    def rang_about(self, person: Person, case: Any) -> None:
        """A call about somebody else's case: it is the caller's, not the reporter's."""
        self.call(person, self.mark("about-another"), case=case)


@pytest.fixture
def two(council: Any, relay: Callable[[], Any], at: datetime, settings: Any, tmp_path: Path) -> tuple[Planted, Planted]:
    """Asha of one word and Asha of another, each of whom has rung about a case of the other's."""
    settings.TOWNHALL_DEMO, settings.TOWNHALL_HOME = True, tmp_path
    factories.categories()
    both = [Planter(council, word, at) for word in ("Zebrafinch", "Wallcreeper")]
    planted = [planter.plant(relay) for planter in both]
    for planter, this, other in ((both[0], *planted), (both[1], *reversed(planted))):
        planter.rang_about(this.person, Case.objects.filter(reporter=other.person).earliest("opened_at"))
    first, second = (replace(each, words=frozenset(by.words)) for each, by in zip(planted, both, strict=True))
    return first, second


def handed_over(person: Person, by: Person, at: datetime) -> tuple[str, zipfile.ZipFile, Disclosure]:
    """What the person is given in the end: all the text of it, and the archive."""
    made = privacy.start(person=person, by=by, title="Collecting", at=at)
    privacy.collect(made, at=at)
    privacy.finish(made, by=by, at=at)
    made.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(selectors.as_zip(made, "page")))
    return archive.read("what-we-hold.json").decode(), archive, made


def test_everything_of_one_person_is_found_and_nothing_of_another(
    two: tuple[Planted, Planted], council: Any, at: datetime
) -> None:
    for this, other in (two, two[::-1]):
        given, archive, _made = handed_over(this.person, council.administrator, at)
        assert sorted(word for word in this.words if word not in given) == []
        assert [line for line in given.splitlines() if other.word.lower() in line.lower()] == []
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert len(files) == len(this.files)
        assert all(any(name.endswith(kept) for name in files) for kept in this.files)
        assert all(archive.read(name).startswith((b"\xff\xd8", b"%PDF")) for name in files)


def test_every_letter_is_found_also_those_from_before_the_proof(two: tuple[Planted, Planted]) -> None:
    first = two[0]
    sent = Letter.objects.filter(address__email=f"asha.{first.word.lower()}@example.org", is_secret=False).count()
    found = [record for holding, records in selectors.held_about(first.person) for record in records
             if holding.key == "notify.letters"]  # fmt: skip
    assert len(found) == sent > 3


def test_who_looked_and_that_somebody_asked_is_found(two: tuple[Planted, Planted], council: Any, at: datetime) -> None:
    handed_over(two[0].person, council.administrator, at)
    given, _archive, made = handed_over(two[0].person, council.administrator, at)
    kept = {part.holding for part in made.parts.all()}
    assert {"privacy.looks", "privacy.disclosures"} <= kept
    assert council.officer.name in given
    assert council.manager.name in given, "who looked at the record before it was theirs"


def test_every_kind_of_holding_about_residents_was_planted(two: tuple[Planted, Planted]) -> None:
    found = {entry.key for entry, _records in selectors.held_about(two[0].person)}
    assert {entry.key for entry in holdings if entry.key not in found} == NOT_PLANTED


def test_ones_own_page_shows_nothing_of_another_with_the_same_name(two: tuple[Planted, Planted]) -> None:
    client = Client()
    client.force_login(two[1].person)
    page = client.get("/privacy/mine/").content.decode()
    assert two[1].word in page
    assert two[0].word not in page


def test_ones_own_page_leaves_what_staff_wrote_among_themselves_to_the_review(two: tuple[Planted, Planted]) -> None:
    first = two[0]
    client = Client()
    client.force_login(first.person)
    page = client.get("/privacy/mine/").content.decode()
    shown = str(selectors.shown_to(first.person))
    for where in ("public", "held", "note", "draft", "reply", "outcome", "their-number", "address"):
        assert f"{first.word}-{where}" in shown, where
    for where in ("staff-note", "task", "looked", "call", "question", "before-call"):
        assert f"{first.word}-{where}" not in page + shown, where
    assert "safeguarding" not in page.lower()
    assert "Words of danger" not in page
