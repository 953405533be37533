"""The editor's pages, as officers send them."""

import html
import json
from datetime import date

import pytest
from django.utils import translation

from townhall.kernel.cases.tests.factories import Council
from townhall.residents.editor import selectors
from townhall.residents.editor.forms import DayForm
from townhall.residents.editor.models import Draft
from townhall.residents.editor.rules import parts, table_changes
from townhall.residents.editor.rules.parts import Part
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
SAID, PRESSED = Part("process.yaml", ("messages", "given_up")), Part("service.yaml", ("buttons", "given_up"))
PAGES = (
    "service", "form", "tables", "process", "bookings", "letters", "examples", "try", "files", "history", "review",
    "bring", "messages",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_draft_opens(council: Council, name: str) -> None:
    published()
    answer = browser(council.officer).get(address(name, draft(council.officer)))
    assert answer.status_code == 200


def test_pages_of_a_draft_are_told_apart_by_their_titles(council: Council) -> None:
    found = draft(council.officer)
    pages = [browser(council.officer).get(address(name, found)).content.decode() for name in PAGES]
    assert len({page[page.index("<title>") : page.index("</title>")] for page in pages}) == len(PAGES)


def test_what_we_have_is_not_offered_on_the_shelf() -> None:
    offered = [slug for slug, _name in selectors.shelf(slug for slug in ("missed_bin", "blue_badge"))]
    assert "pest_control" in offered
    assert not {"missed_bin", "blue_badge"} & set(offered)


@pytest.mark.parametrize("typed", ["3/4/2026", "03/04/26", "2026-04-03"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_day_is_read_with_the_day_first(typed: str, language: str) -> None:
    with translation.override(language):
        form = DayForm({"publish_on": typed}, today=date(2026, 4, 1))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["publish_on"] == date(2026, 4, 3)


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


def test_what_whoever_applied_is_told_of_a_rule_is_typed_beside_it_in_both_languages(council: Council) -> None:
    table, client = {"decisions/fee.yaml": table_changes.begun("fee")}, browser(council.officer)
    found = draft(council.officer, NOON, "skips", **table)
    page, to = address("tables", found) + "?file=decisions/fee.yaml&decision=Fee", address("table", found)
    typed = {"told.0.en": "You said yes.", "told.0.cy": "Fe ddywedoch ie.", "_do": "save"}
    assert send(client, page, to, **{**typed, "told.0.cy": ""}).status_code == 422
    assert send(client, page, to, **typed).status_code == 302
    kept = draft_of(found).files["decisions/fee.yaml"]
    assert "told: {en: You said yes., cy: Fe ddywedoch ie.}" in kept


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


def offered(council: Council) -> Draft:
    """A draft in which a van can be booked."""
    found = draft(council.officer)
    client, page = browser(council.officer), address("bookings", found)
    assert send(client, page, address("add_booking", found), title_en="Van", title_cy="Fan").status_code == 302
    return draft_of(found)


def draft_of(found: Draft) -> Draft:
    """The draft as it stands now."""
    return Draft.objects.get(pk=found.pk)


def test_what_can_be_booked_is_said_by_clicking_and_a_step_then_names_it(council: Council) -> None:
    found = offered(council)
    client, page = browser(council.officer), address("bookings", found)
    told = {"tuesday": "07.00-12.00, 13:00-16:00", "monday": "", "capacity": "20"}
    assert send(client, page, page, **told).status_code == 302
    sheet = draft_of(found).files["service.yaml"]
    assert "van:\n    name: {en: Van, cy: Fan}" in sheet
    assert 'tuesday: ["07:00-12:00", "13:00-16:00"]' in sheet
    assert "monday" not in sheet
    assert "capacity: 20" in sheet
    step = {"name_en": "Choose a day", "kind": "booking"}
    assert send(client, address("process", found), address("add_step", found), **step).status_code == 302
    assert "booking: van" in draft_of(found).files["process.yaml"]


def test_values_are_of_the_event_beside_which_they_are_typed(council: Council) -> None:
    process = files()["process.yaml"].replace("on: {done: answered}", "on: {done: answered, failed: answered}")
    found = draft(council.officer, NOON, **{"process.yaml": process})
    client, place = browser(council.officer), address("try", found)
    told = {"answers": {"question": "Why?", "full_name": "Sam Rees", "email": "sam@example.com"}, "happens": []}
    sent = {"_trial": json.dumps(told), "_page": "_end", "_do": "happen:done:answer"}
    answer = client.post(place, sent | {"_data.done.answer": "size = 3", "_data.failed.answer": ""})
    assert "size = 3" in html.unescape(answer.content.decode())


def test_what_is_told_and_its_button_are_written_by_clicking_as_a_person_would_write_them(council: Council) -> None:
    sheet = f"{files()['service.yaml']}buttons: # ours\n  other: {{en: Other, cy: Arall}}\n"
    process = files()["process.yaml"].replace("states:", "messages:\n  other: {en: Other, cy: Arall} # kept\nstates:")
    found = draft(council.officer, NOON, "skips", **{"service.yaml": sheet, "process.yaml": process})
    client, page = browser(council.officer), address("messages", found)
    assert send(client, page, address("add_message", found), title_en="Given up").status_code == 302
    one = f"{page}?one=given_up"
    mark = draft_of(found)
    told = {"_one": "given_up", "_do": "save", "title_en": "Given up", "title_cy": "Ildiwyd", "form": "why"}
    assert client.post(page, told | {"_seen": parts.mark(mark.files, SAID)}).status_code == 302
    pressed = {"_one": "given_up", "_do": "button", "words_en": "Give it up", "words_cy": "Ei ildio"}
    assert client.post(page, pressed | {"_seen": parts.mark(mark.files, PRESSED)}).status_code == 302
    kept = draft_of(found).files
    before = "  other: {en: Other, cy: Arall}"
    assert f"{before} # kept\n  given_up: {{en: Given up, cy: Ildiwyd, form: why}}\n" in kept["process.yaml"]
    button = "  given_up: {en: Give it up, cy: Ei ildio}\n"
    assert kept["service.yaml"].endswith(f"buttons: # ours\n{before}\n{button}")
    assert client.post(page, told | {"_seen": "older"}).status_code == 409
    gone = {"_do": "remove", "_seen": parts.mark(kept, SAID)}
    stale = send(client, one, page, **gone, _pressed=parts.mark(mark.files, PRESSED))
    assert (stale.status_code, draft_of(found).files) == (422, kept)
    assert "changed its button meanwhile" in words_of(stale)
    assert send(client, one, page, **gone, _pressed=parts.mark(kept, PRESSED)).status_code == 302
    again = draft_of(found).files
    assert (again["service.yaml"], again["process.yaml"]) == (sheet, process)
    Draft.objects.filter(pk=found.pk).update(files={"process.yaml": process})
    last = {"_one": "other", "_do": "remove", "_seen": parts.mark(again, Part("process.yaml", ("messages", "other")))}
    assert client.post(page, last).status_code == 302
    assert "messages" not in draft_of(found).files["process.yaml"]


def test_a_document_is_begun_beside_letters_without_a_subject(council: Council) -> None:
    found = draft(council.officer)
    client, page = browser(council.officer), address("letters", found)
    typed = {"title_en": "Permit", "title_cy": "Trwydded", "kind": "document"}
    assert send(client, page, address("add_letter", found), **typed).status_code == 302
    kept = draft_of(found).files["documents/permit.md"]
    assert "subject" not in kept
    empty = client.post(address("add_letter", found), {"title_en": "", "kind": "document"})
    assert "what the document tells" in words_of(empty)
    one = f"{page}?file=documents/permit.md"
    assert send(client, one, one, body_en="Hello ((name)), you may.", _do="save").status_code == 302
    assert "you may." in draft_of(found).files["documents/permit.md"]
    assert "Changed a document" in words_of(client.get(address("history", found)))
    assert 'name="subject_en"' not in client.get(one).content.decode()


def test_hours_that_are_none_are_told_beside_what_can_be_booked(council: Council) -> None:
    found = offered(council)
    client, page = browser(council.officer), address("bookings", found)
    assert send(client, page, page, friday="12:00-09:00").status_code == 302
    assert "'12:00-09:00' is no time of a day" in words_of(client.get(page))


def test_what_nobody_books_any_more_is_taken_out_again(council: Council) -> None:
    found = offered(council)
    client, page = browser(council.officer), address("bookings", found)
    before = files()["service.yaml"]
    assert send(client, page, page, _do="remove").status_code == 302
    assert draft_of(found).files["service.yaml"] == before


def test_two_who_say_what_can_be_booked_are_told_of_each_other(council: Council) -> None:
    found = offered(council)
    one, other, page = browser(council.officer), browser(council.manager), address("bookings", found)
    theirs = forms_of(other, page)[page] | {"capacity": "3"}
    assert send(one, page, page, capacity="2").status_code == 302
    assert other.post(page, theirs).status_code == 409
    assert "capacity: 2" in draft_of(found).files["service.yaml"]
