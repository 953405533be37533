"""Two real installations: what belongs to the county goes there once, and what the county does is told here once."""
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Task
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.documents import actions as documents
from townhall.residents.open311.actions.calling import Unreachable, call
from townhall.residents.open311.actions.fetching import fetch_all
from townhall.residents.open311.actions.forwarding import send_due
from townhall.residents.open311.models import Fetched, Forwarded, Told
from townhall.residents.open311.selectors.forwarded import standing
from townhall.residents.open311.tests.county import County
from townhall.residents.reports.tests import factories as reports

pytestmark = pytest.mark.django_db
Relay = Callable[[], list[Any]]


def now() -> datetime:
    return datetime.now(UTC)


def pothole(**fields: Any) -> Case:
    questions = {"where": "road", "depth": "deep"}
    return reports.report(category="pothole", description="A deep pothole outside the school", at=now(),
                          answers=answers_for("pothole") | questions, **fields).case  # fmt: skip


def answers_for(code: str) -> dict[str, str]:
    """An answer that will do for each question of a category."""
    from townhall.residents.reports import rules, selectors

    category = selectors.category(code)
    assert category
    sample = {"yesno": "no", "number": "1", "text": "here", "long": "here"}
    return {
        question.code: question.options[0].code if question.kind == "radios" else sample[question.kind]
        for question in rules.questions(category.questions)
    }


def photo() -> Any:
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "#445566").save(buffer, "JPEG")
    file = SimpleUploadedFile("hole.jpg", buffer.getvalue(), "image/jpeg")
    return documents.keep(file=file, purpose="report_photo", by=None, at=now()).pk


def sent(relay: Relay, **fields: Any) -> Case:
    case = pothole(**fields)
    relay()
    assert send_due(now() + timedelta(seconds=1)) == 1, Forwarded.objects.get(case=case).error
    return case


def their_id(case: Case) -> str:
    return Forwarded.objects.get(case=case).their_id


def test_a_county_report_is_at_the_county_once_with_photo_and_without_the_reporter(
    neighbours: Any, county: County, relay: Relay
) -> None:
    before = int(county.do("count"))
    case = sent(relay, reporter=neighbours.resident, photos=[photo()])
    forwarded = Forwarded.objects.get(case=case)
    assert forwarded.state == "sent"
    Forwarded.objects.filter(pk=forwarded.pk).update(state="waiting", their_id="", sent_at=None, next_at=now())
    assert send_due(now() + timedelta(seconds=1)) == 1
    assert their_id(case) == forwarded.their_id
    category, reporter, photos, _, count = county.do("tell", forwarded.their_id).split("|")
    assert (category, reporter, photos) == ("pothole", "Northmere Borough Council", "1")
    assert int(count) == before + 1


def test_what_the_county_does_is_told_here_once(neighbours: Any, county: County, relay: Relay) -> None:
    case = sent(relay, reporter=neighbours.resident)
    county.do("work", their_id(case), "looking", "An inspector will look on Friday")
    fetch_all(now())
    case.refresh_from_db()
    assert case.status == "passed"
    assert case.due_at is not None
    assert "An inspector will look on Friday" in public_words(case)
    county.do("work", their_id(case), "booked", "The repair is booked")
    county.do("work", their_id(case), "fixed", "Filled and sealed")
    assert fetch_all(now()) >= 2
    case.refresh_from_db()
    assert (case.status, case.passed_to) == ("fixed", COUNTY)
    assert "Merrowshire: Filled and sealed" in public_words(case)
    version, written = case.version, Fetched.objects.count()
    assert fetch_all(now()) == 0
    case.refresh_from_db()
    assert (case.version, Fetched.objects.count()) == (version, written)


def public_words(case: Case) -> str:
    return " | ".join(case.entry_set.filter(is_public=True).values_list("text", flat=True))  # pyright: ignore[reportAttributeAccessIssue]


def test_what_is_added_here_is_told_to_the_county_once(neighbours: Any, county: County, relay: Relay) -> None:
    case = sent(relay)
    cases.add_update(case_id=case.pk, says="still_there", text="It is deeper now", is_public=False, at=now())
    relay()
    assert send_due(now() + timedelta(seconds=2)) == 1
    Told.objects.update(state="waiting", next_at=now())
    send_due(now() + timedelta(seconds=2))
    assert county.do("tell", their_id(case)).split("|")[3] == "1"
    fetch_all(now())
    assert case.entry_set.filter(kind="update").count() == 1  # pyright: ignore[reportAttributeAccessIssue]


def test_a_county_that_is_down_is_tried_again_later(neighbours: Any, relay: Relay) -> None:
    Authority.objects.filter(gss_code=COUNTY).update(open311_url="http://localhost:9/open311/v2/")
    authority.forget()
    case = pothole()
    relay()
    at = now() + timedelta(seconds=1)
    assert send_due(at) == 0
    forwarded = Forwarded.objects.get(case=case)
    assert (forwarded.state, forwarded.attempts) == ("waiting", 1)
    assert forwarded.next_at == at + timedelta(seconds=20)
    assert send_due(at) == 0
    found = standing(case.pk)
    assert found
    assert (found.state, found.attempts) == ("waiting", 1)


def test_what_the_county_refuses_becomes_a_task_for_a_person(neighbours: Any, relay: Relay) -> None:
    case = pothole()
    Case.objects.filter(pk=case.pk).update(point=None, place="")
    relay()
    send_due(now() + timedelta(seconds=1))
    assert Forwarded.objects.get(case=case).state == "failed"
    assert "Merrowshire" in Task.objects.get(case=case).title


def test_the_same_event_twice_sends_once(neighbours: Any, relay: Relay) -> None:
    from townhall.residents.open311.actions.forwarding import forward

    case = sent(relay)
    assert forward(case_id=case.pk, gss_code=COUNTY, at=now()) is None
    assert send_due(now() + timedelta(minutes=10)) == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "https://127.0.0.2/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/", "file:///etc/passwd", "https:///", "ftp://example.org/",
    ],
)  # fmt: skip
def test_addresses_that_nobody_allowed_are_not_called(address: str) -> None:
    with pytest.raises(Unreachable):
        call("GET", address)


def test_redirects_are_not_followed(county: County, localhost_allowed: None) -> None:
    with pytest.raises(Unreachable, match="30"):
        call("GET", f"{county.address}/open311/keys/")


def test_long_answers_are_cut_off(county: County, localhost_allowed: None) -> None:
    with pytest.raises(Unreachable, match="too long"):
        call("GET", f"{county.open311}services.json", most_bytes=100)
