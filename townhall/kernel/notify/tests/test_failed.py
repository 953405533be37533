"""Letters that reached nobody: seen with their reason, sent again or by post, left, and put back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from townhall.kernel.identity.models import Change
from townhall.kernel.notify import actions, doctor
from townhall.kernel.notify.models import Letter, State
from townhall.kernel.notify.rules import Address
from townhall.kernel.notify.rules.reasons import reason_of

pytestmark = pytest.mark.django_db
PAGE, MEND, UNDO = reverse("notify:failed"), reverse("notify:mend"), reverse("notify:undo_mending")


@pytest.fixture
def failed(write: Callable[..., Letter], at: datetime) -> Callable[..., Letter]:
    """A letter that no way reached."""

    def made(key: str = "k1", problem: str = "smtp_recipient_550", **more: Any) -> Letter:
        letter = write(key=key, **more)
        Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, problem=problem, ended_at=at, ways=[])
        return Letter.objects.get(pk=letter.pk)

    return made


@pytest.fixture
def manager(council: Any) -> Client:
    """A manager at work."""
    client = Client()
    client.force_login(council.manager)
    return client


def body(client: Client) -> str:
    return client.get(PAGE).content.decode()


def mend(client: Client, do: str, *letters: Letter) -> str:
    return client.post(MEND, {"do": do, "letter": [str(each.pk) for each in letters]}, follow=True).content.decode()


def test_the_page_says_which_letter_to_whom_and_why(manager: Client, failed: Callable[..., Letter]) -> None:
    failed()
    shown = body(manager)
    for words in ("Test letter", "asha@example.org", "There is no such address or number.", "smtp_recipient_550"):
        assert words in shown


def test_without_failed_letters_it_says_so(manager: Client) -> None:
    assert "Every letter has reached somebody" in body(manager)


def test_officers_do_not_see_it(council: Any, client: Client) -> None:
    client.force_login(council.officer)
    assert client.get(PAGE).status_code == 403
    assert client.post(MEND, {"do": "again"}).status_code == 403


def test_several_are_tried_again_after_the_time_to_undo(
    manager: Client, failed: Callable[..., Letter], council: Any
) -> None:
    letters = [failed("k1"), failed("k2")]
    assert "Done for 2 letters." in mend(manager, "again", *letters)
    for letter in Letter.objects.all():
        assert (letter.state, letter.attempts, letter.channel) == (State.HELD, 0, "email")
        assert actions.send_due(letter.next_at - timedelta(seconds=1)) == 0
    assert actions.send_due(letters[0].next_at + timedelta(days=9999)) == 2
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}
    assert Change.objects.filter(by=council.manager, what="letters tried again", after={"count": 2}).exists()


def test_a_corrected_address_is_used(manager: Client, failed: Callable[..., Letter], council: Any) -> None:
    letter = failed(person=council.resident, address=None)
    council.resident.email = "asha.begum@example.org"
    council.resident.save()
    mend(manager, "again", letter)
    assert Letter.objects.get().address["email"] == "asha.begum@example.org"


def test_undo_puts_everything_back_as_it_was(manager: Client, failed: Callable[..., Letter]) -> None:
    before = failed()
    assert "Undo" in mend(manager, "post", before)
    assert Letter.objects.get().channel == "post"
    assert "1 letter put back." in manager.post(UNDO, follow=True).content.decode()
    after = Letter.objects.get()
    for name in ("state", "channel", "problem", "address", "ways", "ended_at"):
        assert getattr(after, name) == getattr(before, name), name
    assert "0 letters put back." in manager.post(UNDO, follow=True).content.decode()


def test_undo_leaves_what_has_gone_meanwhile(manager: Client, failed: Callable[..., Letter], at: datetime) -> None:
    letter = failed()
    mend(manager, "again", letter)
    actions.send_due(at + timedelta(days=9999))
    manager.post(UNDO)
    assert Letter.objects.get().state == State.SENT


def test_post_needs_a_whole_address(manager: Client, failed: Callable[..., Letter]) -> None:
    whole, none = failed("k1"), failed("k2", address=Address(name="Sam", email="sam@example.org"))
    said = mend(manager, "post", whole, none)
    assert "Done for 1 letter." in said
    assert "1 stays as it is" in said
    assert Letter.objects.get(pk=none.pk).state == State.FAILED


def test_what_needs_nothing_more_leaves_the_list_and_can_come_back(
    manager: Client, failed: Callable[..., Letter]
) -> None:
    assert "Every letter has reached somebody" in mend(manager, "leave", failed())
    manager.post(UNDO)
    assert Letter.objects.get().state == State.FAILED


def test_sign_in_codes_are_neither_shown_nor_sent_again(manager: Client, failed: Callable[..., Letter]) -> None:
    letter = failed(is_secret=True)
    assert "asha@example.org" not in body(manager)
    mend(manager, "again", letter)
    assert Letter.objects.get().state == State.FAILED


@pytest.mark.parametrize("data", [{}, {"do": "again"}, {"do": "again", "letter": "none"}, {"do": "burn"}])
def test_nothing_chosen_changes_nothing(
    manager: Client, failed: Callable[..., Letter], data: dict[str, str]
) -> None:
    failed()
    assert "Choose letters first" in manager.post(MEND, data, follow=True).content.decode()
    assert Letter.objects.get().state == State.FAILED


def test_the_doctor_and_the_metrics_count_them(failed: Callable[..., Letter], client: Client) -> None:
    assert doctor.failed_letters()[0].state == "well"
    failed()
    assert "1 reached nobody" in doctor.failed_letters()[0].says
    assert 'townhall_letters{state="failed"} 1.0' in client.get("/metrics").content.decode()


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("notify_permanent-failure", "no_such_address"),
        ("notify_temporary-failure", "full_or_off"),
        ("notify_400_BadRequestError", "refused"),
        ("smtp_connect_0", "unreachable"),
        ("returned", "returned"),
        ("fault_KeyError", "fault"),
        ("", "not_delivered"),
    ],
)
def test_every_problem_has_a_reason(problem: str, reason: str) -> None:
    assert reason_of(problem) == reason
