import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.selectors import preference
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db
STANDING = ("accessibility", "privacy", "open_data", "contact")


@pytest.fixture
def people(council):
    factories.categories()
    return council


def test_the_front_page_offers_what_is_asked_for_most(people, client):
    body = client.get("/").content.decode()
    assert "What do you need today?" in body
    assert "Missed bin or recycling" in body


def test_the_front_page_takes_few_statements(people, client):
    client.get("/?near=")
    with CaptureQueriesContext(connection) as few:
        client.get("/?near=")
    assert len(few) <= 16, "\n".join(query["sql"][:120] for query in few)


def test_the_front_page_is_kept_for_whoever_is_not_known(people, client, django_assert_num_queries):
    first = client.get("/").content
    with django_assert_num_queries(0):
        kept = client.get("/")
    assert kept.content == first
    assert kept.headers["Cache-Control"] == "private, no-cache"
    assert "Expires" not in kept.headers
    assert "Beth sydd ei angen arnoch heddiw?" in client.get("/", headers={"Accept-Language": "cy"}).content.decode()
    client.force_login(people.resident, backend="django.contrib.auth.backends.ModelBackend")
    assert people.resident.name in client.get("/").content.decode()
    client.logout()
    assert people.resident.name not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("typed", "name", "thing"),
    [("A pothole", "Merrowshire", "Pothole"), ("mattress dumped", "Northmere", "Fly-tipping")],
)
def test_which_council_deals_with_it(people, client, typed, name, thing):
    for address in (reverse("portal:which"), "/"):
        body = client.get(address, {"what": typed}).content.decode()
        assert f"<b>{name}</b> deals with this: {thing}" in body


def test_what_nobody_knows_can_be_reported_all_the_same(people, client):
    assert "We are not sure" in client.get(reverse("portal:which"), {"what": "zzz"}).content.decode()


@pytest.mark.parametrize("typed", ["bin", "recycling", "recyc"])
def test_one_word_of_a_name_finds_it(people, client, typed):
    body = client.get(reverse("portal:search"), {"q": typed}).content.decode()
    assert "Missed bin or recycling" in body


def test_search_finds_reports_services_and_what_to_report(people, client):
    factories.report(at=timezone.now())
    body = client.get(reverse("portal:search"), {"q": "mattress"}).content.decode()
    assert "Fly-tipping" in body
    assert "Mattress and bags dumped" in body
    assert "My account" in client.get(reverse("portal:search"), {"q": "log in"}).content.decode()


def test_a_reference_leads_to_its_report(people, client):
    report = factories.report()
    response = client.get(reverse("portal:search"), {"q": report.case.reference.lower()})
    assert response.headers["Location"] == reverse("reports:report", args=[report.case.reference])


def test_a_reference_of_a_private_report_leads_nowhere(people, client):
    report = factories.report(description="I want to die")
    assert client.get(reverse("portal:search"), {"q": report.case.reference}).status_code == 200


def test_words_that_are_code_are_shown_as_words(people, client):
    body = client.get(reverse("portal:search"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in body


def test_the_account_is_for_whoever_is_signed_in(people, client):
    for name in ("account", "everything", "preferences", "details"):
        assert client.get(reverse(f"portal:{name}")).status_code == 302


def test_the_account_shows_ones_own_reports_and_messages_and_nobody_elses(people, client, relay):
    mine = factories.report(reporter=people.resident, title="My mattress")
    theirs = factories.report(reporter=people.neighbour, title="Their sofa")
    relay()
    client.force_login(people.resident)
    body = client.get(reverse("portal:account")).content.decode()
    assert "Hello, Asha" in body
    assert "My mattress" in body
    assert "Their sofa" not in body
    letter = Letter.objects.get(case=mine.case)
    assert mine.case.reference in client.get(reverse("portal:message", args=[letter.pk])).content.decode()
    other = Letter.objects.get(case=theirs.case)
    assert client.get(reverse("portal:message", args=[other.pk])).status_code == 404


def test_the_account_takes_as_many_statements_for_many_reports_as_for_few(people, client):
    client.force_login(people.resident)
    for _ in range(9):
        factories.report(reporter=people.resident)
    client.get(reverse("portal:account"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("portal:account"))
    assert len(few) <= 16, "\n".join(query["sql"][:120] for query in few)


def test_preferences_are_kept(people, client):
    client.force_login(people.resident)
    client.post(reverse("portal:preferences"), {"channel": "sms", "language": "cy", "large_print": "on"})
    kept = preference(people.resident)
    people.resident.refresh_from_db()
    assert kept is not None
    assert (kept.channel, kept.large_print, people.resident.language) == ("sms", True, "cy")


def test_a_postcode_that_is_none_says_what_to_do(people, client):
    client.force_login(people.resident)
    response = client.post(reverse("portal:details"), {"name": "Asha Begum", "postcode": "nonsense"})
    assert response.status_code == 422
    assert "Enter a full postcode" in response.content.decode()
    client.post(reverse("portal:details"), {"name": "Asha Begum", "address": "14 Hope Street", "postcode": "nm26rd"})
    people.resident.refresh_from_db()
    assert people.resident.postcode == "NM2 6RD"


@pytest.mark.parametrize("name", STANDING)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_standing_pages_open_in_both_languages(people, client, name, language):
    response = client.get(reverse(f"portal:{name}"), headers={"accept-language": language})
    assert response.status_code == 200
    assert "01632 960 100" in response.content.decode()
