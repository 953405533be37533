"""Officers of a service see where residents leave its form, and which page does not take what they type."""

import csv
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases.tests.factories import Council
from townhall.residents.editor.tests.factories import browser, draft, files, published, words_of
from townhall.residents.services.tests.factories import begin, send_page

pytestmark = pytest.mark.django_db
HERE = "/work/services/of/skips/fares/"
SHEET = "/work/services/of/skips/fares.csv"


@pytest.fixture
def skips(council: Council) -> Any:
    """A small service of Street Scene, in whose form somebody could not go on."""
    version = published(timezone.now())
    resident = Client()
    application = begin(resident, "skips")
    for _ in range(2):
        send_page(resident, application, "question", question="")
    return version


def test_only_who_may_write_the_service_sees_how_it_fares(skips: Any, council: Council) -> None:
    for person, status in (
        (council.officer, 200), (council.manager, 200), (council.other_officer, 403), (council.resident, 403),
        (council.call_handler, 403),
    ):  # fmt: skip
        for path in (HERE, SHEET):
            assert browser(person).get(path).status_code == status, (person, path)
    assert browser(council.manager).get("/work/services/of/nothing/fares/").status_code == 404
    link = f'href="{HERE}"'
    assert link in browser(council.officer).get("/work/services/of/skips/").content.decode()
    assert link not in browser(council.other_officer).get("/work/services/of/skips/").content.decode()


def test_the_page_says_how_many_came_and_which_mistake_stopped_them(skips: Any, council: Council) -> None:
    page = words_of(browser(council.officer).get(HERE))
    assert "0% of the forms begun since" in page
    assert re.search(r"1\s+Enter your question", page)
    assert "Check your answers" in page
    found = draft(council.officer)
    page = browser(council.officer).get(HERE).content.decode()
    assert f"/work/services/{found.pk}/form/?page=question" in page
    welsh = words_of(browser(council.officer).get(HERE, headers={"accept-language": "cy"}))
    assert "Gwiriwch eich atebion" in welsh
    assert "Rhowch eich cwestiwn" in welsh


def test_an_older_version_and_a_version_that_nobody_used_are_told_apart(skips: Any, council: Council) -> None:
    readme = files()["README.md"] + "\nAnother line.\n"
    newer = published(timezone.now(), **{"README.md": readme})
    officer = browser(council.officer)
    assert "Nobody has begun this version" in words_of(officer.get(HERE))
    assert "0% of the forms begun since" in words_of(officer.get(f"{HERE}?version={skips.hash}&days=7"))
    assert "Nobody has begun this version" in words_of(officer.get(f"{HERE}?version={newer.hash}&days=x"))


def test_the_sheet_has_the_pages_and_their_mistakes_and_no_formula(council: Council) -> None:
    form = files()["form.yaml"].replace("{en: About you, cy: Amdanoch chi}", '{en: "=SUM(A1)", cy: "=SUM(A1)"}')
    published(timezone.now(), **{"form.yaml": form})
    resident = Client()
    application = begin(resident, "skips")
    send_page(resident, application, "question", question="")
    send_page(resident, application, "question", question="Why?")
    answer = browser(council.officer).get(SHEET)
    told = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert answer["Content-Disposition"].startswith('attachment; filename="skips-')
    assert told[0] == ["Page", "Reached", "Went on", "Refused", "Left here", "Mistake", "Forms"]
    assert told[1][1:] == ["1", "1", "1", "0", "", ""]
    assert told[2][5:] == ["Enter your question", "1"]
    assert told[3] == ["'=SUM(A1)", "1", "0", "0", "0", "", ""]
