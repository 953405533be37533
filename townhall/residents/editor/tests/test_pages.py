"""The editor's pages, as officers send them."""

import pytest

from townhall.kernel.cases.tests.factories import Council
from townhall.residents.editor.models import Draft
from townhall.residents.editor.tests.factories import (
    NOON,
    address,
    browser,
    draft,
    files,
    forms_of,
    published,
    send,
    words_of,
)

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


def test_two_tabs_on_one_question_never_overwrite_each_other_unseen(council: Council) -> None:
    found = draft(council.officer)
    one, other = browser(council.officer), browser(council.manager)
    page, to = address("form", found) + "?question=question", address("question", found)
    theirs = forms_of(other, page)[to] | {"label_en": "What now?"}
    assert send(one, page, to, label_en="What is it?").status_code == 302
    answer = other.post(to, theirs)
    assert answer.status_code == 409
    assert council.officer.name in words_of(answer)
    assert "What now?" in words_of(answer)
    assert "What is it?" in Draft.objects.get(pk=found.pk).files["form.yaml"]
    assert send(other, page, to, label_en="What now?").status_code == 302
    assert "What now?" in Draft.objects.get(pk=found.pk).files["form.yaml"]


def test_a_page_kept_as_it_is_changes_nothing(council: Council) -> None:
    found = draft(council.officer)
    client = browser(council.officer)
    for name, to in (("service", "service"), ("form", "question"), ("process", "step"), ("letters", "letters")):
        assert send(client, address(name, found), address(to, found)).status_code == 302
    assert Draft.objects.get(pk=found.pk).files == found.files


def test_hostile_text_is_kept_as_a_draft_and_every_page_still_opens(council: Council) -> None:
    found = draft(council.officer)
    client = browser(council.officer)
    place = address("files", found)
    for text in (
        "a: &x [*x]",
        "a: !!python/object:os.system {}",
        "[" * 5000,
        "pages: 1",
        "pages: {a: {questions: [1]}}",
    ):
        page = f"{place}?file=form.yaml"
        assert send(client, page, page, text=text).status_code == 302
        for name in PAGES:
            assert client.get(address(name, found)).status_code == 200, (name, text)
        assert client.post(address("decide", found), {"_do": "ask"}).status_code == 409
