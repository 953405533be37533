"""Something comes in for a process: from whoever applied, with text and files, or told by a colleague; or it is put
elsewhere by hand.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.documents import selectors as documents
from townhall.kernel.documents.models import Document
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions, holdings, selectors
from townhall.residents.services.models import Application, Course
from townhall.residents.services.tests.askers import asking
from townhall.residents.services.tests.factories import inputs

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000146a6ed4e0000000049454e44ae426082"
)


LETTER = "The letters of 2025"


@pytest.fixture
def sent(council: Any, at: datetime) -> Application:
    """Somebody's application, whose process waits for them to make it clear."""
    return asking(at, council.resident)


def signed_in(person: Any) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(person)
    return client


def states(application: Application) -> set[str]:
    """Where its process is."""
    return set(Course.objects.get(application=application).state["active"])


def address(application: Application, word: str) -> str:
    """A page of the application."""
    return f"/services/application/{application.pk}/{word}/"


def opened(client: Client, path: str) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    return inputs(client.get(path))


def png(name: str = "letter.png") -> SimpleUploadedFile:
    """A picture."""
    return SimpleUploadedFile(name, PNG, content_type="image/png")


@pytest.mark.django_db
def test_the_applicant_says_what_was_asked_with_a_file_and_the_process_goes_on(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    assert "Make it clear" in client.get(address(sent, "sent")).content.decode()
    typed = opened(client, path) | {"meant": LETTER, "_file.papers": png()}
    assert client.post(path, typed).status_code == 302
    assert states(sent) == {"look"}
    assert Course.objects.get(application=sent).state["values"][""]["meant"] == LETTER
    (kept,) = documents.of_case(sent.pk)
    assert (kept.name, kept.by) == ("letter.png", council.resident)
    (found,) = selectors.results_of(sent)
    assert found.title == "It was made clear"
    assert found.rows[0] == ("What do you mean?", LETTER)
    assert "letter.png" in found.rows[1][1]
    assert client.post(path, typed | {"_file.papers": png()}).status_code == 302, "the same again changes nothing"
    assert [each.name for each in Document.objects.filter(purpose="service_answer")] == ["letter.png"]
    assert Entry.objects.filter(case_id=sent.pk, data__did="message").count() == 1
    late = client.post(path, typed | {"meant": "Something else", "_file.papers": png()})
    assert late.status_code == 422
    assert "We no longer wait for this" in late.content.decode()
    assert len(documents.of_case(sent.pk)) == 1


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_what_was_typed_stays_with_its_files(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    form = opened(client, path)
    exe = SimpleUploadedFile("letter.exe", b"MZ\x90", content_type="image/png")
    for typed, says in [
        ({"meant": "This", "_file.papers": exe}, "letter.exe: "),
        ({"meant": "", "_file.papers": png()}, "govuk-error-message"),
        ({"meant": "x" * 200_001, "_file.papers": png()}, "more than can be sent"),
        ({"meant": "This", "_number": "77", "_file.papers": png()}, "Something else has happened meanwhile"),
        ({"meant": "This", "_number": "", "_file.papers": png()}, "Something else has happened meanwhile"),
    ]:  # fmt: skip
        response = client.post(path, form | typed)
        told = response.content.decode()
        assert response.status_code == 422, says
        assert "There is a problem" in told
        assert says in told
        assert typed["meant"] != "This" or "This</textarea>" in told
        assert ("Remove" in told) == (says != "letter.exe: ")
    assert states(sent) == {"unclear"}
    assert documents.of_case(sent.pk) == []
    assert Document.objects.count() == 1, "the same file waits once"
    unknown = client.post(path, form | {"meant": "This", "papers": str(UUID(int=5))})
    assert "Upload the file again" in unknown.content.decode()


@pytest.mark.django_db
def test_more_than_can_be_sent_is_said_whatever_else_is_pressed_or_wrong(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    form, exe = opened(client, path), SimpleUploadedFile("letter.exe", b"MZ\x90", content_type="image/png")
    key = inputs(client.post(path, form | {"meant": "", "_file.papers": png()}))["papers"]
    long = "x" * 200_001
    for typed in [
        {"meant": long, "_file.papers": exe}, {"meant": long, "_do": "drop:papers.none"}, {"papers": [key, long]},
    ]:  # fmt: skip
        response = client.post(path, form | typed)
        assert response.status_code == 422
        assert "more than can be sent" in response.content.decode()
        assert long not in response.content.decode()


@pytest.mark.django_db
def test_one_file_more_than_are_taken_at_once_is_said(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    files = [png(f"{number}.png") for number in range(13)]
    response = client.post(path, opened(client, path) | {"meant": "This", "_file.papers": files})
    assert response.status_code == 422
    assert "12.png: There are as many files already as this may have" in response.content.decode()


@pytest.mark.django_db
def test_what_the_process_cannot_keep_is_said_and_not_lost(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    response = client.post(path, opened(client, path) | {"meant": "y" * 2_100})
    assert response.status_code == 422
    assert "The process does not take that" in response.content.decode()
    assert "y" * 2_100 in response.content.decode()
    assert states(sent) == {"unclear"}


@pytest.mark.django_db
def test_nobody_elses_application_is_told_anything(sent: Application, council: Any) -> None:
    assert signed_in(council.neighbour).post(address(sent, "do/clarified"), {"meant": "x"}).status_code == 404
    for word in ("tell/clarified", "jump"):
        assert signed_in(council.resident).post(address(sent, word)).status_code == 403
    for path in ("partner", "partner/objection"):
        for key in ("", actions.sent_key(sent), "x" * 40, actions.partner_key(sent, "nobody")):
            assert Client().get(f"{address(sent, path)}?key={key}").status_code == 404
    assert states(sent) == {"unclear"}


@pytest.mark.django_db
def test_a_colleague_tells_what_came_by_post_and_the_case_says_who(sent: Application, council: Any) -> None:
    case_page = f"/work/cases/{sent.case.reference}/" if sent.case else ""
    assert "If something else happens" not in signed_in(council.call_handler).get(case_page).content.decode()
    client, path = signed_in(council.administrator), address(sent, "tell/clarified")
    told = client.get(case_page).content.decode()
    assert path in told
    assert address(sent, "tell/withdrawn") in told
    form = opened(client, path)
    assert client.post(path, form | {"meant": ""}).status_code == 422
    assert client.post(path, form | {"meant": "All"}).status_code == 302
    assert states(sent) == {"look"}
    entry = Entry.objects.get(case_id=sent.pk, data__did="message")
    assert entry.actor_id == council.administrator.pk
    assert client.get(path).status_code == 302, "it waits for it no more"


@pytest.mark.django_db
def test_a_message_that_leaves_the_process_where_it_is_counts_once(sent: Application, council: Any) -> None:
    client, path = signed_in(council.administrator), address(sent, "tell/noted")
    form = opened(client, path)
    assert client.post(path, form).status_code == 302
    assert client.post(path, form).status_code == 302, "the same request again"
    assert Entry.objects.filter(case_id=sent.pk, data__did="message").count() == 1


@pytest.mark.django_db
def test_a_colleague_puts_it_elsewhere_with_a_reason_after_seeing_what_comes_of_it(
    sent: Application, council: Any, at: datetime
) -> None:
    client, path = signed_in(council.administrator), address(sent, "jump")
    assert [each.words for each in selectors.targets(sent, at)] == [
        "Waiting for the applicant", "Look at it", "Answered", "Stopped",
    ]  # fmt: skip
    form = opened(client, path)
    assert client.post(path, form | {"state": "look", "reason": " "}).status_code == 422
    assert client.post(path, form | {"state": "nowhere", "reason": "x"}).status_code == 422
    looked = client.post(path, form | {"state": "answered", "reason": "They rang"})
    assert looked.status_code == 200
    assert "the case is finished" in looked.content.decode()
    assert states(sent) == {"unclear"}, "it is only looked at"
    sure = form | {"state": "look", "reason": "They rang", "_do": "jump"}
    assert client.post(path, sure).status_code == 302
    assert states(sent) == {"look"}
    entry = Entry.objects.get(case_id=sent.pk, data__did="jump")
    assert (entry.actor_id, entry.data["note"]) == (council.administrator.pk, "They rang")
    assert [each.node.path for each in selectors.doings(sent)] == ["look"]
    again = client.post(path, sure)
    assert again.status_code == 422
    assert "Something else has happened meanwhile" in again.content.decode()
    assert Entry.objects.filter(case_id=sent.pk, data__did="jump").count() == 1


@pytest.mark.django_db
def test_what_has_ended_is_told_nothing_more(sent: Application, council: Any, at: datetime) -> None:
    later = at + timedelta(days=1)
    actions.send_message(application=sent, message="withdrawn", said={}, at=later)
    with pytest.raises(actions.Refused):
        actions.send_message(application=sent, message="clarified", said={}, at=later)
    client = signed_in(council.administrator)
    assert client.post(address(sent, "jump"), {"state": "look", "reason": "x", "_do": "jump"}).status_code == 302
    assert client.post(address(sent, "tell/clarified"), {"meant": "x", "_shown": ["meant"]}).status_code == 422
    assert states(sent) == {"stopped"}


@pytest.mark.django_db
def test_a_partner_is_written_to_by_a_colleague_until_an_address_is_set_up_and_then_objects_by_the_letters_link(
    sent: Application, council: Any, at: datetime
) -> None:
    assert [each.title for each in Task.objects.filter(case_id=sent.pk)] == ["Write to: The police"]
    admin, path = signed_in(council.administrator), "/services/set-up/partners/asking/police/"
    assert "A colleague writes" in admin.get("/services/set-up/partners/").content.decode()
    assert admin.post(path, {"email": "not one", "language": "en"}).status_code == 422
    assert admin.post(path, {"email": "licensing@police.example", "language": "cy"}).status_code == 302
    actions.jump(application=sent, path="unclear", reason="again", by=council.administrator, at=at, seen=None)
    actions.send_message(application=sent, message="objection", said={"ground": "noise"}, at=at)
    letter = Letter.objects.get(kind="asking/told")
    assert (letter.language, letter.person_id) == ("cy", None)
    link = next(word for word in str(letter.blocks).split() if "/partner/" in word)
    partner, page = Client(), "/services/" + link.partition("/services/")[2].strip("'\",}]).")
    told = partner.get(page).content.decode()
    assert "Asha Begum" not in told, "nothing of the answers is shown"
    form_page = page.replace("/partner/", "/partner/objection/")
    form = opened(partner, form_page)
    more = partner.post(form_page, form | {"is_sure": "yes"})
    assert more.status_code == 422
    assert "Answer what is asked now" in more.content.decode()
    assert partner.post(form_page, inputs(more) | {"is_sure": "yes", "ground": "Noise at night"}).status_code == 302
    assert Course.objects.get(application=sent).state["values"][""]["ground"] == "Noise at night"
    assert Entry.objects.filter(case_id=sent.pk, data__note="The police").count() == 1
    assert partner.get(page.replace("/partner/", "/partner/clarified/")).status_code == 302, "that is not theirs to say"
    assert admin.post(path, {"email": "", "language": "en"}).status_code == 302
    assert "A colleague writes" in admin.get("/services/set-up/partners/").content.decode()


@pytest.mark.django_db
def test_the_words_that_a_process_keeps_go_with_the_answers(sent: Application, at: datetime) -> None:
    actions.send_message(application=sent, message="clarified", said={"meant": LETTER}, at=at)
    holdings.empty_applications([sent.pk])
    course = Course.objects.get(application=sent)
    assert LETTER not in str(course.state)
    assert LETTER not in str(course.told)
