"""A copy of the answers as PDF: tagged, read in the order of the form, for those alone who may see the answers."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.pdfs import about, faults, reading
from townhall.kernel.design import paper
from townhall.residents.services import selectors
from townhall.residents.services.models import Application
from townhall.residents.services.selectors.copies import LAYOUT, copy_contents
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(council: Any, at: datetime) -> Client:
    """A resident's browser; the service is published."""
    factories.grant(at)
    return Client()


@pytest.fixture
def sent(browser: Client) -> Application:
    """An application of this browser, sent."""
    application = factories.begin(browser)
    factories.fill(browser, application)
    browser.post(f"/services/application/{application.pk}/check/")
    return Application.objects.select_related("case", "version").get(pk=application.pk)


def address(application: Application) -> str:
    """Where its PDF is."""
    return f"/services/application/{application.pk}/copy.pdf"


def test_the_copy_is_tagged_and_read_in_the_order_of_the_form(browser: Client, sent: Application) -> None:
    assert address(sent) in browser.get(f"/services/application/{sent.pk}/copy/").content.decode()
    response = browser.get(address(sent))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert faults(response.content) == []
    read = reading(response.content)
    assert [words for tag, words in read if tag == "H1"] == ["Your answers"]
    assert [words for tag, words in read if tag == "TH"] == ["Question", "Your answer"]
    cells = [words for tag, words in read if tag == "TD"]
    rows = selectors.rows_of(sent, timezone.now())
    assert cells[::2] == [row.label.en for row in rows]
    assert cells[1::2][:3] == ["Asha Begum", "asha@example.org", "07700 900142"]
    assert "12345678" not in str(read), "a bank account is shown in part, as on the page"


def test_the_copy_names_the_council_the_reference_and_its_language(browser: Client, sent: Application) -> None:
    assert sent.case is not None
    found = about(browser.get(address(sent)).content)
    assert sent.case.reference in found["title"]
    assert found["language"] == "en-GB"
    assert found["is_embedded"]
    assert any("Northmere" in words for _, words in reading(browser.get(address(sent)).content))


def test_in_welsh_all_of_it_is_welsh(sent: Application) -> None:
    with translation.override("cy"):
        data = selectors.copy_pdf(sent, timezone.now())
    assert faults(data) == []
    assert about(data)["language"] == "cy-GB"
    words = [words for _, words in reading(data)]
    assert "Eich atebion" in words
    assert "Eich enw" in words


def test_what_somebody_wrote_is_printed_as_they_wrote_it(browser: Client, council: Any) -> None:
    application = factories.begin(browser)
    factories.fill(browser, application, until="more")
    story = '#read("/etc/passwd") = $x$ \\ 漢 😀 مرحبا\n#panic("no")'
    factories.send_page(browser, application, "more", **factories.MORE, story=story)
    factories.send_page(browser, application, "paying", **factories.PAYING)
    browser.post(f"/services/application/{application.pk}/check/")
    data = browser.get(address(application)).content
    assert faults(data) == []
    told = next(words for tag, words in reading(data) if "#read" in words)
    assert told.startswith('#read("/etc/passwd") = $x$ \\')
    assert told.endswith('#panic("no")')


def test_officers_of_the_case_have_it_too_and_nobody_else(sent: Application, council: Any) -> None:
    assert sent.case is not None
    sent.case.team = council.street_scene
    sent.case.save(update_fields=["team"])
    for person, status in {
        council.officer: 200, council.manager: 200, council.resident: 404, council.other_officer: 404,
    }.items():  # fmt: skip
        other = Client()
        other.force_login(person)
        assert other.get(address(sent)).status_code == status, person
    assert Client().get(address(sent)).status_code == 404
    assert Client().get(f"{address(sent)}?key={factories.actions.sent_key(sent)}").status_code == 404


def test_the_officers_page_leads_to_it(sent: Application, council: Any) -> None:
    manager = Client()
    manager.force_login(council.manager)
    assert sent.case is not None
    assert address(sent) in manager.get(reverse("casework:case", args=[sent.case.reference])).content.decode()


def test_answers_without_end_are_not_printed_and_the_page_says_so(
    browser: Client, sent: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("townhall.residents.services.selectors.copies.MOST_LETTERS", 10)
    response = browser.get(address(sent))
    assert response.status_code == 413
    assert "too long for a PDF" in response.content.decode()
    assert "Asha Begum" in response.content.decode()


def test_without_the_library_the_page_says_so(
    browser: Client, sent: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "typst", None)
    response = browser.get(address(sent))
    assert response.status_code == 503
    assert "PDFs cannot be made here now" in response.content.decode()
    assert address(sent) not in browser.get(f"/services/application/{sent.pk}/copy/").content.decode()


def test_one_copy_is_made_thirty_times_an_hour(
    browser: Client, sent: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("townhall.residents.services.views.copies.MOST_PDFS", 1)
    assert [browser.get(address(sent)).status_code for _ in range(2)] == [200, 429]


def test_a_pdf_without_tags_is_found_out(sent: Application) -> None:
    contents = copy_contents(sent, timezone.now())
    data = paper._made(LAYOUT, contents, pdf_tags=False)
    assert faults(data) != []
    assert reading(data) == []
