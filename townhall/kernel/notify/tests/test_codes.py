"""Sign-in codes go at once and are kept nowhere, but for the demo and the post."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from townhall.kernel.identity.registries import code_sender
from townhall.kernel.notify import actions, selectors
from townhall.kernel.notify.adapters import NotSent
from townhall.kernel.notify.models import Letter

pytestmark = pytest.mark.django_db


def test_identity_has_its_sender() -> None:
    assert code_sender["notify"] is actions.send_code


def test_in_the_demo_the_code_can_be_read_in_the_mailbox() -> None:
    actions.send_code("email", "asha@example.org", "402913", "cy")
    (letter,) = Letter.objects.all()
    assert (letter.state, letter.language) == ("sent", "cy")
    assert "402913" in selectors.as_text(letter)


def test_a_mailed_code_is_kept_nowhere(mail: Any) -> None:
    actions.send_code("email", "asha@example.org", "402913", "en")
    assert "402913" in mail.taken[0]["Subject"]
    assert not Letter.objects.exists()


def test_a_texted_code_is_kept_nowhere(notify: Any) -> None:
    actions.send_code("sms", "+447700900142", "402913", "en")
    assert "402913" in notify.taken[0].request["personalisation"]["body"]
    assert not Letter.objects.exists()


def test_a_code_that_cannot_go_is_an_error(mail: Any, real: None) -> None:
    with pytest.raises(NotSent, match="no_sms"):
        actions.send_code("sms", "+447700900142", "402913", "en")
    mail.answers["rcpt"] = "550 No"
    with pytest.raises(NotSent, match="smtp_recipient_550"):
        actions.send_code("email", "gone@example.org", "402913", "en")


def test_with_nothing_set_a_code_cannot_go(real: None) -> None:
    with pytest.raises(NotSent, match="no_email"):
        actions.send_code("email", "asha@example.org", "402913", "en")


def test_a_posted_code_is_forgotten_once_notify_has_it(notify: Any) -> None:
    actions.send_code("post", "Asha Begum\n4 Wool Lane\nNM1 2AB", "7Q4K-2MD9", "en")
    (letter,) = Letter.objects.all()
    assert letter.where.name == "Asha Begum"
    assert "7Q4K-2MD9" in selectors.as_text(letter)
    actions.send_due(timezone.now() + timedelta(seconds=1))
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert "7Q4K" not in selectors.as_text(letter) + letter.subject


def test_a_posted_code_is_forgotten_once_it_is_handed_to_print(council: Any) -> None:
    actions.send_code("post", "Asha Begum\n4 Wool Lane\nNM1 2AB", "7Q4K-2MD9", "en")
    now = timezone.now() + timedelta(seconds=1)
    batch = actions.make_batch(by=council.administrator, at=now)
    assert batch is not None
    (letter,) = Letter.objects.all()
    assert "7Q4K" in selectors.as_text(letter)
    assert actions.confirm_batch(batch=batch, at=now) == 1
    assert actions.confirm_batch(batch=batch, at=now) == 0
    letter.refresh_from_db()
    assert "7Q4K" not in selectors.as_text(letter)


def test_a_code_is_not_among_a_persons_letters(council: Any) -> None:
    actions.send_code("email", "asha@example.org", "402913", "en")
    Letter.objects.update(person=council.resident)
    assert not selectors.letters_of_person(council.resident)
