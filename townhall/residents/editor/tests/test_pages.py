"""The editor's pages, as officers send them."""

import pytest

from townhall.kernel.cases.tests.factories import Council
from townhall.residents.editor.tests.factories import NOON, address, browser, draft, files, published

pytestmark = pytest.mark.django_db
PAGES = ("service", "form", "tables", "process", "letters", "examples", "try", "files", "history", "review")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_draft_opens(council: Council, name: str) -> None:
    published()
    answer = browser(council.officer).get(address(name, draft(council.officer)))
    assert answer.status_code == 200


def test_what_is_typed_stays_text_in_the_drawing_and_in_the_look_of_a_letter(council: Council) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    process = files()["process.yaml"].replace("Answer the question", bad)
    letter = files()["letters/received.md"].replace("We have your question.", bad)
    found = draft(council.officer, NOON, **{"process.yaml": process, "letters/received.md": letter})
    for name, begins in (("process", '<div class="th-scroll"'), ("letters", '<article class="ed-look"')):
        page = browser(council.officer).get(address(name, found)).content.decode()
        shown = page[page.index(begins) :]
        assert "&lt;script&gt;alert(1)" in shown, name
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
