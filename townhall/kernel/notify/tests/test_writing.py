"""Writing a letter: once, in the right language, the way the person wishes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.notify import actions, rules, selectors
from townhall.kernel.notify.models import Letter

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter | None]


def test_a_key_is_used_once(write: Write) -> None:
    first, second = write(), write(values={"title": "x", "name": "y", "link": "/"})
    assert first is not None
    assert first == second
    assert second is not None
    assert second.subject == "About a lamp"


def test_the_link_is_on_our_own_site(write: Write, settings: Any) -> None:
    letter = write()
    assert letter is not None
    assert f"{settings.TOWNHALL_URL}/reports/9TX2-MKD" in selectors.as_text(letter)
    with pytest.raises(ValueError, match="our own site"):
        write(key="k2", values={"title": "", "name": "", "link": "https://evil.example"})


def test_a_letter_is_in_the_persons_language(write: Write, council: Any) -> None:
    council.resident.language = "cy"
    letter = write(person=council.resident, address=None)
    assert letter is not None
    assert (letter.language, letter.subject) == ("cy", "Am a lamp")


def test_without_welsh_it_goes_in_english(write: Write, council: Any, at: datetime) -> None:
    texts = {"subject_en": "Hello", "body_en": "Body", "subject_cy": "", "body_cy": ""}
    actions.change_wording(kind="test_letter", texts=texts, by=council.administrator, at=at, expected=0)
    letter = write(language="cy")
    assert letter is not None
    assert (letter.language, letter.subject, letter.wording_version) == ("en", "Hello", 1)


def test_a_person_is_reached_as_they_wish(write: Write, council: Any, at: datetime) -> None:
    actions.set_preference(person=council.resident, channel="sms", large_print=True, at=at)
    letter = write(person=council.resident, address=None)
    assert letter is not None
    assert (letter.channel, letter.ways, letter.large_print) == ("sms", ["email"], True)


def test_an_address_in_one_field_becomes_lines(council: Any) -> None:
    council.resident.address, council.resident.postcode = "4 Wool Lane, Northmere", "NM1 2AB"
    assert selectors.address_of(council.resident).lines == ("4 Wool Lane", "Northmere", "NM1 2AB")
    council.resident.postcode = ""
    assert selectors.address_of(council.resident).lines == ()


def test_nobody_to_reach_is_no_letter(write: Write) -> None:
    assert write(address=rules.Address(name="Asha")) is None
    assert not Letter.objects.exists()


def test_without_a_way_to_send_texts_an_email_goes(write: Write, mail: Any, council: Any, at: datetime) -> None:
    actions.set_preference(person=council.resident, channel="sms", large_print=False, at=at)
    letter = write(person=council.resident, address=None)
    assert letter is not None
    assert letter.channel == "email"


def test_an_unknown_channel_is_refused(council: Any, at: datetime) -> None:
    with pytest.raises(ValueError, match="pigeon"):
        actions.set_preference(person=council.resident, channel="pigeon", large_print=False, at=at)


def test_a_held_letter_waits_and_can_be_taken_back(write: Write, council: Any, make_case: Any, at: datetime) -> None:
    case = make_case()
    write(case_id=case.pk, number=4, hold_seconds=30)
    write(key="k2", case_id=case.pk, number=2)
    assert actions.send_due(at) == 1
    assert actions.cancel_waiting(case.pk, since_number=4) == 1
    assert actions.send_due(at + timedelta(minutes=1)) == 0
    assert list(Letter.objects.order_by("number").values_list("state", flat=True)) == ["sent", "cancelled"]


@pytest.mark.parametrize(
    ("hour", "channel", "goes"),
    [
        ("2026-06-01T23:59:59+01:00", "sms", "2026-06-02T08:00:00+01:00"),
        ("2026-10-25T00:30:00+01:00", "sms", "2026-10-25T08:00:00+00:00"),
        ("2026-06-01T20:59:00+01:00", "sms", "2026-06-01T20:59:00+01:00"),
        ("2026-06-01T23:59:59+01:00", "email", "2026-06-01T23:59:59+01:00"),
    ],
)
def test_what_nobody_waits_for_rings_no_telephone_at_night(
    write: Write, council: Any, hour: str, channel: str, goes: str
) -> None:
    letter = write(person=council.resident, address=None, channel=channel, at=datetime.fromisoformat(hour), by_day=True)
    assert letter is not None
    assert (letter.channel, letter.next_at) == (channel, datetime.fromisoformat(goes))


def test_what_has_gone_is_not_taken_back(write: Write, council: Any, make_case: Any, at: datetime) -> None:
    case = make_case()
    write(case_id=case.pk)
    actions.send_due(at)
    assert actions.cancel_waiting(case.pk) == 0


def test_a_case_and_a_person_know_their_letters(write: Write, council: Any, make_case: Any) -> None:
    case = make_case()
    letter = write(case_id=case.pk, person=council.resident)
    assert list(selectors.letters_of_case(case.pk)) == [letter]
    assert list(selectors.letters_of_person(council.resident)) == [letter]
    assert not selectors.letters_of_person(council.neighbour)
    assert selectors.counts_of_cases([case.pk]) == {}


def test_writing_a_letter_asks_the_database_four_times(
    write: Write, council: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        write(person=council.resident, address=None)
