"""Somebody asks what we hold: all of it is found, nobody else's is, and what is about others is taken out."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.identity.models import Change, Code, Person
from townhall.kernel.identity.permissions import PROVED
from townhall.kernel.privacy import actions, selectors
from townhall.kernel.privacy.actions.disclosures import start
from townhall.kernel.privacy.models import Disclosure, Look, Part
from townhall.kernel.privacy.registries import File, Holding, Record, Retention, holdings

pytestmark = pytest.mark.django_db
MARK = "Zebrafinch"


def signed_in(person: Person) -> Client:
    """A browser in which the person has just shown who they are."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[PROVED] = {"at": timezone.now().timestamp(), "how": "test"}
    session.save()
    return client


@pytest.fixture
def notes() -> Iterator[dict[Any, list[str]]]:
    """A holding of notes, by person, each with a file."""
    kept: dict[Any, list[str]] = {}

    def find(person: Person) -> list[Record]:
        return [
            Record("Note", None, {"Text": text}, (File("../note é.txt", text),)) for text in kept.get(person.pk, [])
        ]

    entry = Holding("test.notes", "Notes", "UK GDPR", Retention(None, "for ever"), (), find, lambda key: key.encode())
    holdings.add(entry.key, entry)
    yield kept
    del holdings._entries[entry.key]


def collected(person: Person, by: Person, at: datetime) -> Disclosure:
    """A disclosure of the person's, ready to be reviewed."""
    made = Disclosure.objects.create(person=person, asked_by=by, made_at=at)
    actions.collect(made, at=at)
    made.refresh_from_db()
    return made


def plant(person: Person, by: Person, mark: str, at: datetime) -> None:
    """Put a mark into everything that this part of the house holds about a person."""
    person.name, person.address, person.email = f"{mark} Name", f"{mark} Street", f"{mark.lower()}@example.org"
    person.email_verified_at = at
    person.save()
    Code.objects.create(purpose="sign_in", channel="email", address=person.email, made_at=at, expires_at=at)
    Client(HTTP_USER_AGENT=f"{mark} browser").force_login(person)
    client = Client(HTTP_USER_AGENT=f"{mark} browser")
    client.force_login(person)
    client.get("/identity/security/")
    actions.note_look(person.pk, by, None, at)


def test_a_planted_person_is_found_whole_and_nobody_else_is(council: Any, at: datetime) -> None:
    plant(council.resident, council.officer, MARK, at)
    plant(council.neighbour, council.officer, "Wallcreeper", at)
    text = str(
        [[part.title, part.values] for part in collected(council.resident, council.administrator, at).parts.all()]
    )
    for planted in (
        "Zebrafinch Name",
        "Zebrafinch Street",
        "zebrafinch@example.org",
        "Zebrafinch browser",
        "Dev Patel",
    ):
        assert planted in text
    assert "wallcreeper" not in text.lower()


def test_a_code_that_somebody_else_had_sent_to_a_typed_address_is_not_the_records(council: Any, at: datetime) -> None:
    stray = Person.objects.create_person(name="Stray", email="asha@example.org")
    Code.objects.create(purpose="sign_in", channel="email", address="asha@example.org", made_at=at, expires_at=at)
    assert "asha@example.org" not in str(
        [part.values for part in collected(stray, council.administrator, at).parts.filter(title="Code")]
    )


def test_collecting_again_begins_again_until_it_is_reviewed(
    council: Any, at: datetime, notes: dict[Any, list[str]]
) -> None:
    made = Disclosure.objects.create(person=council.resident, asked_by=council.administrator, made_at=at)
    actions.collect(made, at=at)
    count = made.parts.count()
    notes[council.resident.pk] = ["later"]
    actions.collect(made, at=at)
    assert made.parts.count() == count


def test_an_officer_reviews_takes_out_and_hands_over(council: Any, at: datetime, notes: dict[Any, list[str]]) -> None:
    notes[council.resident.pk] = ["Mrs Jones next door complained", "a note about safeguarding"]
    made = collected(council.resident, council.administrator, at)
    client = signed_in(council.administrator)
    first, second = made.parts.filter(holding="test.notes")
    where = f"/privacy/requests/{made.pk}"
    assert client.post(f"{where}/parts/{first.number}/", {"removed": "Mrs Jnoes"}).status_code == 422
    assert client.post(f"{where}/parts/{first.number}/", {"removed": "mrs jones"}).status_code == 302
    client.post(f"{where}/parts/{second.number}/", {"left_out": "it would do harm"})
    assert client.get(f"{where}/copy.json").status_code == 404, "not before the review is done"
    assert client.post(f"{where}/finish/").status_code == 302
    page, data = client.get(f"{where}/copy.html").content.decode(), client.get(f"{where}/copy.json").content.decode()
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{where}/copy.zip").content))
    files = [name for name in archive.namelist() if name.startswith("files/")]
    for text in (page, data, archive.read("what-we-hold.json").decode()):
        assert "[…] next door complained" in text
        assert "Jones" not in text
        assert "safeguarding" not in text
    assert len(files) == 1
    assert ".." not in files[0].removeprefix("files/").split("/")
    assert json.loads(data)["holdings"]
    taken = [change.after.get("copy taken") for change in Change.objects.filter(what__startswith="subject access")]
    assert sorted(filter(None, taken)) == ["html", "json", "zip"]


def test_after_the_review_nothing_is_changed(council: Any, at: datetime) -> None:
    made = collected(council.resident, council.administrator, at)
    client = signed_in(council.administrator)
    client.post(f"/privacy/requests/{made.pk}/finish/")
    part = made.parts.first()
    assert part is not None
    assert client.post(f"/privacy/requests/{made.pk}/parts/{part.number}/", {"left_out": "x"}).status_code == 404
    assert client.post(f"/privacy/requests/{made.pk}/finish/").status_code == 404


def test_an_administrator_finds_the_person_and_starts(council: Any) -> None:
    client = signed_in(council.administrator)
    assert "Asha Begum" in client.get("/privacy/requests/", {"q": "asha begum"}).content.decode()
    answer = client.post(f"/privacy/requests/start/{council.resident.pk}/")
    made = Disclosure.objects.get()
    assert answer.headers["Location"] == f"/privacy/requests/{made.pk}/"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert made.progress is not None
    assert Change.objects.filter(what=f"subject access: {made.pk}", after={"state": "collecting"}).exists()


@pytest.mark.parametrize("who", ["resident", "partner", "officer", "call_handler", "manager", None])
def test_only_administrators_see_disclosures(council: Any, at: datetime, who: str | None) -> None:
    made = collected(council.resident, council.administrator, at)
    client = signed_in(getattr(council, who)) if who else Client()
    for address in ("", f"{made.pk}/", f"{made.pk}/copy.html", f"{made.pk}/copy.zip"):
        assert client.get(f"/privacy/requests/{address}").status_code == (403 if who else 302)
    for address in (f"start/{council.resident.pk}/", f"{made.pk}/finish/", f"{made.pk}/parts/0/"):
        assert client.post(f"/privacy/requests/{address}").status_code in ({403} if who else {302})
    assert Part.objects.filter(left_out="").count() == Part.objects.count()


def test_it_asks_again_before_anything_is_shown(council: Any, at: datetime) -> None:
    client = Client()
    client.force_login(council.administrator)
    assert client.get("/privacy/requests/").headers["Location"] == "/identity/security/again/"


def test_a_resident_reads_what_we_hold_and_who_looked(council: Any, at: datetime) -> None:
    actions.note_look(council.resident.pk, council.officer, uuid4(), at)
    actions.note_look(council.neighbour.pk, council.manager, None, at)
    client = Client()
    client.force_login(council.resident)
    page = client.get("/privacy/mine/").content.decode()
    assert "Dev Patel" in page
    assert "asha@example.org" in page
    assert "Ruth Okafor" not in page
    assert "tom@example.org" not in page
    assert Client().get("/privacy/mine/").status_code == 302


def test_one_look_in_a_quarter_of_an_hour_is_kept_once(council: Any, at: datetime) -> None:
    for minutes in (0, 5, 14, 16, 17):
        actions.note_look(council.resident.pk, council.officer, None, at + timedelta(minutes=minutes))
    actions.note_look(council.officer.pk, council.officer, None, at)
    assert Look.objects.count() == 2


def test_what_is_old_is_counted_and_then_forgotten(
    council: Any, at: datetime, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for days in (1, 729, 731, 800):
        Look.objects.create(person=council.resident, by=council.officer, at=at - timedelta(days=days))
    trial = {each.key: each.count for each in actions.forget_what_is_old(at=at, is_trial=True)}
    assert trial["privacy.looks"] == 2
    assert Look.objects.count() == 4
    done = {each.key: each.count for each in actions.forget_what_is_old(at=at)}
    assert done["privacy.looks"] == 2
    assert Look.objects.count() == 2
    assert {each.key: each.count for each in actions.forget_what_is_old(at=at)}["privacy.looks"] == 0


def test_much_that_is_old_goes_in_batches(council: Any, at: datetime) -> None:
    Look.objects.bulk_create(
        Look(person=council.resident, by=council.officer, at=at - timedelta(days=900)) for _ in range(1201)
    )
    done = {each.key: each.count for each in actions.forget_what_is_old(at=at)}
    assert done["privacy.looks"] == 1201


def test_another_period_is_kept_and_listed(council: Any, at: datetime) -> None:
    Look.objects.create(person=council.resident, by=council.officer, at=at - timedelta(days=40))
    client = signed_in(council.administrator)
    assert client.post("/privacy/retention/", {"key": "privacy.looks", "days": "0"}).status_code == 422
    assert client.post("/privacy/retention/", {"key": "no.such", "days": "9"}).status_code == 422
    assert client.post("/privacy/retention/", {"key": "privacy.looks", "days": "30"}).status_code == 302
    assert {each.key: each.count for each in actions.forget_what_is_old(at=at, is_trial=True)}["privacy.looks"] == 1
    assert Change.objects.filter(what="retention: privacy.looks", before={"days": 730}, after={"days": 30}).exists()
    assert any(each.days == 30 for each in selectors.register() if each.holding.key == "privacy.looks")


def test_a_disclosure_is_forgotten_with_its_copies(council: Any, at: datetime) -> None:
    made = start(person=council.resident, by=council.administrator, title="x", at=at)
    actions.collect(made, at=at)
    actions.forget_what_is_old(at=at + timedelta(days=29))
    assert Disclosure.objects.exists()
    actions.forget_what_is_old(at=at + timedelta(days=31))
    assert not Part.objects.exists()
    assert not Disclosure.objects.exists()


def test_the_register_is_open_to_everybody_in_both_languages(client: Client, council: Any) -> None:
    for language in ("en", "cy"):
        client.cookies["language"] = language
        assert client.get("/privacy/").status_code == 200
        for address in ("/privacy/retention/", "/privacy/requests/", "/privacy/mine/"):
            browser = signed_in(council.administrator)
            browser.cookies["language"] = language
            assert browser.get(address).status_code == 200
