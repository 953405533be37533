"""Something comes in for a process: from whoever applied, with text and files, or told by a colleague; or it is put
elsewhere by hand.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from townhall.kernel.cases.models import Entry
from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.documents import selectors as documents
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Course
from townhall.residents.services.tests.movers import ANSWERS, contents

PROCESS = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
variables: {meant: string}
messages:
  clarified: {en: It was made clear, cy: Eglurwyd, form: clarified}
  withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}
on: {withdrawn: stopped}
states:
  unclear:
    name: {en: Waiting for the applicant, cy: Yn aros am yr ymgeisydd}
    after: {name: forgotten, days: 20, to: stopped}
    on: {clarified: {set: {meant: result.meant}, to: look}}
  look:
    name: {en: Look at it, cy: Edrych arno}
    task: {who: contact, due: {working days: 5}}
    on: {done: answered}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
  stopped: {name: {en: Stopped, cy: Stopiwyd}, final: true}
"""
FORM = b"""
name: {en: Make it clear, cy: Ei egluro}
pages:
  more:
    title: {en: What you mean, cy: Yr hyn a olygwch}
    questions:
      meant:
        type: long_text
        max: 500
        for: {en: to search for it, cy: i chwilio amdano}
        label: {en: "What do you mean?", cy: "Beth ydych yn ei olygu?"}
      papers:
        type: files
        required: false
        types: [pdf, png]
        for: {en: to read them, cy: i'w darllen}
        label: {en: Papers, cy: Papurau}
"""
BUTTONS = b"buttons: {clarified: {en: Make it clear, cy: Ei egluro}}\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000146a6ed4e0000000049454e44ae426082"
)


@pytest.fixture
def sent(council: Any, at: datetime) -> Application:
    """Somebody's application, whose process waits for them to make it clear."""
    files = contents(PROCESS, **{"forms/clarified": FORM})
    files["service.yaml"] = files["service.yaml"].replace(b"\nbasis:", b"\n" + BUTTONS + b"basis:")
    files.pop("decisions/fee.yaml")
    version = actions.publish(package=read_files("asking", files), at=at)
    begun = actions.start_application(
        version=version, secret="of an applicant", language="en", at=at, answers=ANSWERS, person=council.resident
    )
    made = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=made.pk, at=at)
    return made


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


@pytest.mark.django_db
def test_the_applicant_says_what_was_asked_with_a_file_and_the_process_goes_on(
    sent: Application, council: Any
) -> None:
    client = signed_in(council.resident)
    assert "Make it clear" in client.get(address(sent, "sent")).content.decode()
    page = client.get(address(sent, "do/clarified")).content.decode()
    assert "What do you mean?" in page
    assert 'name="_file.papers"' in page
    typed = {"meant": "The letters of 2025", "_shown": ["meant", "papers"]}
    file = SimpleUploadedFile("letter.png", PNG, content_type="image/png")
    assert client.post(address(sent, "do/clarified"), typed | {"_file.papers": file}).status_code == 302
    assert states(sent) == {"look"}
    assert Course.objects.get(application=sent).state["values"][""]["meant"] == "The letters of 2025"
    (kept,) = documents.of_case(sent.pk)
    assert kept.name == "letter.png"
    again = client.post(address(sent, "do/clarified"), typed)
    assert again.status_code == 302
    assert len(documents.of_case(sent.pk)) == 1
    assert Entry.objects.filter(case_id=sent.pk, data__did="message").count() == 1


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_what_was_typed_stays(sent: Application, council: Any) -> None:
    client = signed_in(council.resident)
    file = SimpleUploadedFile("letter.exe", b"MZ\x90", content_type="image/png")
    refused = client.post(address(sent, "do/clarified"), {"meant": "This", "_file.papers": file, "_shown": ["meant"]})
    assert refused.status_code == 422
    assert "This</textarea>" in refused.content.decode()
    empty = client.post(address(sent, "do/clarified"), {"_shown": ["meant"], "meant": ""})
    assert empty.status_code == 422
    assert "There is a problem" in empty.content.decode()
    own = SimpleUploadedFile("letter.png", PNG, content_type="image/png")
    both = client.post(address(sent, "do/clarified"), {"meant": "", "_file.papers": own, "_shown": ["meant"]})
    assert "Choose the files again" in both.content.decode()
    stranger = {"meant": "This", "papers": str(UUID(int=5)), "_shown": ["meant"]}
    client.post(address(sent, "do/clarified"), stranger)
    assert documents.of_case(sent.pk) == []
    assert states(sent) == {"look"}


@pytest.mark.django_db
def test_nobody_elses_application_is_told_anything(sent: Application, council: Any) -> None:
    assert signed_in(council.neighbour).post(address(sent, "do/clarified"), {"meant": "x"}).status_code == 404
    for word in ("tell/clarified", "jump"):
        assert signed_in(council.resident).post(address(sent, word)).status_code == 403
    assert states(sent) == {"unclear"}


@pytest.mark.django_db
def test_a_colleague_tells_what_came_by_post_and_the_case_says_who(
    sent: Application, council: Any
) -> None:
    client = signed_in(council.call_handler)
    case_page = f"/work/cases/{sent.case.reference}/" if sent.case else ""
    assert "If something else happens" not in client.get(case_page).content.decode()
    client = signed_in(council.administrator)
    told = client.get(case_page).content.decode()
    assert address(sent, "tell/clarified") in told
    assert address(sent, "tell/withdrawn") in told
    wrong = client.post(address(sent, "tell/clarified"), {"meant": "", "_shown": "meant"})
    assert wrong.status_code == 422
    assert client.post(address(sent, "tell/clarified"), {"meant": "All", "_shown": "meant"}).status_code == 302
    assert states(sent) == {"look"}
    entry = Entry.objects.get(case_id=sent.pk, data__did="message")
    assert entry.actor_id == council.administrator.pk
    assert client.post(address(sent, "tell/clarified"), {"meant": "All"}).status_code == 302, "it waits for it no more"


@pytest.mark.django_db
def test_a_colleague_puts_it_elsewhere_with_a_reason_after_seeing_what_comes_of_it(
    sent: Application, council: Any, at: datetime
) -> None:
    client = signed_in(council.administrator)
    page = client.get(address(sent, "jump")).content.decode()
    assert [each.words for each in selectors.targets(sent, at)] == [
        "Waiting for the applicant", "Look at it", "Answered", "Stopped",
    ]  # fmt: skip
    assert "Look at it" in page
    assert client.post(address(sent, "jump"), {"state": "look", "reason": " "}).status_code == 422
    assert client.post(address(sent, "jump"), {"state": "nowhere", "reason": "x"}).status_code == 422
    looked = client.post(address(sent, "jump"), {"state": "answered", "reason": "They rang"})
    assert looked.status_code == 200
    assert "the case is finished" in looked.content.decode()
    assert states(sent) == {"unclear"}, "it is only looked at"
    done = client.post(address(sent, "jump"), {"state": "look", "reason": "They rang", "_do": "jump"})
    assert done.status_code == 302
    assert states(sent) == {"look"}
    entry = Entry.objects.get(case_id=sent.pk, data__did="jump")
    assert (entry.actor_id, entry.data["note"]) == (council.administrator.pk, "They rang")
    assert [each.node.path for each in selectors.doings(sent)] == ["look"]


@pytest.mark.django_db
def test_what_has_ended_is_told_nothing_more(sent: Application, council: Any, at: datetime) -> None:
    later = at + timedelta(days=1)
    assert actions.send_message(application=sent, message="withdrawn", said={}, files={}, at=later)
    assert not actions.send_message(application=sent, message="clarified", said={}, files={}, at=later)
    client = signed_in(council.administrator)
    for word in ("jump", "tell/clarified"):
        assert client.post(address(sent, word), {"state": "look", "reason": "x", "_do": "jump"}).status_code == 302
    assert states(sent) == {"stopped"}
