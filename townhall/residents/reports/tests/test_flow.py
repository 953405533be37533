import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.registries import ON_BEHALF
from townhall.kernel.documents.models import Document
from townhall.residents.reports.models import Draft, Report
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db
HERE = f"{factories.HERE.easting},{factories.HERE.northing}"


@pytest.fixture
def people(council):
    factories.categories()
    return council


def step(client, draft, name, data=None, **more):
    address = reverse(f"reports:{name}", args=[draft.pk])
    return client.get(address) if data is None else client.post(address, data, **more)


def begin(client, text="Mattress and bags dumped behind Hope Street", **data):
    client.post(reverse("reports:start"), {"text": text, **data})
    return Draft.objects.latest("created_at")


def photo(name="bags.jpg"):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), (120, 90, 60)).save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), "image/jpeg")


def filled(client, **contact):
    """A draft that only has to be sent."""
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"size": "van", "danger": "no"})
    step(client, draft, "photos", {"do": "continue"})
    step(client, draft, "contact", contact or {"how": "anonymous"})
    draft.refresh_from_db()
    return draft


def test_a_resident_reports_without_script(people, client):
    draft = begin(client)
    response = step(client, draft, "category")
    assert "Fly-tipping" in response.content.decode()
    step(client, draft, "category", {"category": "fly_tipping"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    assert step(client, draft, "questions", {"size": "van"}).status_code == 422
    step(client, draft, "questions", {"size": "van", "danger": "no"})
    step(client, draft, "photos", {"photos": [photo(), photo("b.jpg")], "do": "add"})
    step(client, draft, "photos", {"do": "continue"})
    details = {"how": "details", "name": "Sam Hill", "email": "sam@example.org", "phone": ""}
    assert step(client, draft, "contact", details).headers["Location"].endswith("/check/")
    check = step(client, draft, "check").content.decode()
    assert "A van load" in check
    assert "2 photos" in check
    step(client, draft, "check", {})
    report = Report.objects.get()
    sent = step(client, draft, "sent").content.decode()
    assert report.case.reference in sent
    assert "Street Scene has it" in sent
    assert report.case.reporter.name == "Sam Hill"
    assert report.case.reporter.email_verified_at is None
    assert Document.objects.filter(case=report.case, is_public=True).count() == 2


def test_sending_a_report_takes_at_most_fifteen_statements(people, client, django_assert_max_num_queries):
    details = {"how": "details", "name": "Sam Hill", "email": "sam@example.org", "phone": ""}
    first, second = filled(client, **details), filled(client, **details)
    step(client, first, "check", {})
    step(client, second, "nearby", {"do": "continue"})
    with django_assert_max_num_queries(15):
        step(client, second, "check", {})
    assert Report.objects.count() == 2


def test_sending_twice_makes_one_report(people, client):
    draft = filled(client)
    step(client, draft, "check", {})
    step(client, draft, "check", {})
    assert (Report.objects.count(), Case.objects.count()) == (1, 1)


def test_somebody_elses_draft_cannot_be_opened(people, client):
    draft = filled(client)
    client.cookies.clear()
    assert step(client, draft, "check").status_code == 404
    client.cookies["report_drafts"] = "guessed"
    assert step(client, draft, "check").status_code == 404
    assert step(client, draft, "photos", {"photos": photo()}).status_code == 404


def test_a_signed_in_writer_finds_the_draft_on_another_device(people, client):
    client.force_login(people.resident)
    draft = begin(client)
    client.cookies.pop("report_drafts")
    assert step(client, draft, "category").status_code == 200


def test_two_tabs_keep_their_own_answers(people, client):
    first, second = begin(client, text="A pothole"), begin(client, text="Graffiti on the wall")
    step(client, first, "category", {"category": "pothole"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.answers["category"] == "pothole"
    assert "category" not in second.answers


def test_a_page_too_early_leads_to_the_one_that_is_due(people, client):
    draft = begin(client)
    assert step(client, draft, "check").headers["Location"].endswith("/category/")


def test_saving_for_later_keeps_what_is_half_done(people, client):
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    response = step(client, draft, "questions", {"size": "van", "do": "save"})
    assert response.headers["Location"].endswith("/kept/")
    draft.refresh_from_db()
    assert draft.answers["questions"] == {"size": "van"}
    assert "Mattress" in client.get(reverse("reports:start")).content.decode()


def test_words_of_danger_bring_help_before_anything_else(people, client):
    response = client.post(reverse("reports:start"), {"text": "I want to kill myself"}, follow=True)
    body = response.content.decode()
    assert "116 123" in body
    assert "0808 2000 247" in body
    assert "0800 1111" in body


def test_a_press_on_the_picture_chooses_the_place_without_script(people, client):
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    view = f"{factories.HERE.easting},{factories.HERE.northing},640,640,0.5"
    step(client, draft, "where", {"where.x": "330", "where.y": "320", "where_view": view})
    draft.refresh_from_db()
    assert draft.answers["pick"] == {"easting": factories.HERE.easting + 5, "northing": factories.HERE.northing}
    step(client, draft, "where", {"do": "continue"})
    draft.refresh_from_db()
    assert draft.answers["where"]["easting"] == factories.HERE.easting + 5


def test_no_place_says_what_to_do(people, client):
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    response = step(client, draft, "where", {"do": "continue"})
    assert response.status_code == 422
    assert "Tap the map, or choose a place from the list" in response.content.decode()


def test_the_same_thing_nearby_is_offered_and_joined_instead_of_sent_again(people, client):
    earlier = factories.report(at=timezone.now())
    client.force_login(people.neighbour)
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"size": "van", "danger": "no"})
    response = step(client, draft, "photos", {"do": "continue"})
    assert response.headers["Location"].endswith("/nearby/")
    assert earlier.case.title in step(client, draft, "nearby").content.decode()
    step(client, draft, "nearby", {"same": earlier.case.reference})
    step(client, draft, "nearby", {"same": earlier.case.reference})
    earlier.case.refresh_from_db()
    assert (Report.objects.count(), earlier.case.followers) == (1, 1)


def test_a_file_that_is_no_photo_is_refused_in_words(people, client):
    draft = begin(client)
    step(client, draft, "category", {"category": "graffiti"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"offensive": "no", "surface": "wall"})
    response = step(client, draft, "photos", {"photos": SimpleUploadedFile("a.jpg", b"not a photo"), "do": "add"})
    assert response.status_code == 422
    assert "a.jpg" in response.content.decode()


def test_a_photo_can_be_taken_away_again(people, client):
    draft = begin(client)
    step(client, draft, "category", {"category": "graffiti"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"offensive": "no", "surface": "wall"})
    step(client, draft, "photos", {"photos": photo(), "do": "add"})
    draft.refresh_from_db()
    client.post(reverse("reports:remove_photo", args=[draft.pk, draft.photos[0]]))
    draft.refresh_from_db()
    assert draft.photos == []
    assert not Document.objects.exists()


def test_contact_details_are_asked_for_where_anonymity_is_not_allowed(people, client):
    draft = begin(client, text="Barking dog", category="noise")
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"kind": "dog", "now": "no"})
    step(client, draft, "photos", {"do": "continue"})
    assert step(client, draft, "contact", {"how": "anonymous"}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "email": "a@example.org"}, "Enter your name"),
        ({"name": "Sam", "email": ""}, "Enter an email address or a phone number"),
        ({"name": "Sam", "email": "nonsense"}, "Enter an email address like name@example.com"),
        ({"name": "Sam", "phone": "12"}, "Enter a UK phone number"),
    ],
)
def test_a_contact_that_will_not_do_says_what_to_do(people, client, typed, words):
    draft = filled(client)
    response = step(client, draft, "contact", {"how": "details"} | typed)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_an_officer_reports_for_a_caller(people, client):
    client.force_login(people.call_handler)
    session = client.session
    session[ON_BEHALF] = str(people.resident.pk)
    session.save()
    draft = begin(client)
    step(client, draft, "category", {"category": "fly_tipping"})
    step(client, draft, "where", {"found": HERE, "do": "continue"})
    step(client, draft, "questions", {"size": "van", "danger": "no"})
    step(client, draft, "photos", {"do": "continue"})
    step(client, draft, "contact", {"how": "details"})
    step(client, draft, "check", {})
    case = Case.objects.get()
    assert (case.reporter, case.channel) == (people.resident, "phone")
    assert Entry.objects.get(case=case, kind="received").actor == people.call_handler


def test_a_resident_cannot_report_in_anothers_name(people, client):
    client.force_login(people.neighbour)
    session = client.session
    session[ON_BEHALF] = str(people.resident.pk)
    session.save()
    assert begin(client).taken_by is None


def test_something_else_at_the_same_place_needs_no_second_search(people, client):
    draft = filled(client)
    step(client, draft, "check", {})
    again = begin(client, text="Graffiti on the wall", again=str(draft.pk))
    assert again.answers["where"]["easting"] == factories.HERE.easting


def test_every_page_speaks_welsh(people, client):
    draft = filled(client)
    for name in ("what", "category", "where", "questions", "photos", "contact", "check"):
        response = client.get(reverse(f"reports:{name}", args=[draft.pk]), headers={"accept-language": "cy"})
        assert 'lang="cy"' in response.content.decode()
