"""An officer of the case looks after the signature of a second person, where somebody has rung."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.holdings import find_signings
from townhall.residents.services.models import Application, Signing
from townhall.residents.services.tests.test_signing import browser, links, own, sent, words

__all__ = ["browser", "sent"]
pytestmark = pytest.mark.django_db


def test_an_officer_of_the_case_corrects_the_address_and_the_timeline_says_who(
    sent: Application, council: Any
) -> None:
    assert sent.case is not None
    case_page, officer, old = f"/work/cases/{sent.case.reference}/", Client(), links()[0]
    path = own(sent).replace("/signature/", "/signatory/")
    Case.objects.filter(pk=sent.pk).update(team=council.street_scene)
    for person, status in [
        (council.resident, 403), (council.call_handler, 403), (council.other_officer, 404), (council.partner, 404),
    ]:  # fmt: skip
        officer.force_login(person)
        assert officer.get(path).status_code == status
        assert officer.post(path, {"name": "Eve", "email": "eve@example.org"}).status_code == status
    assert len(links()) == 1
    officer.force_login(council.officer)
    assert path in words(officer.get(case_page))
    assert officer.post(path, {"name": "Mair", "email": "no address"}).status_code == 422
    assert officer.post(path, {"name": "Mair Evans", "email": "mair.evans@example.org"}).status_code == 302
    assert Letter.objects.filter(kind="signature_asked").latest("id").where.email == "mair.evans@example.org"
    assert Client().get(old).status_code == 404
    (entry,) = Entry.objects.filter(case=sent.case, data__did="signature")
    assert (entry.actor_id, "corrected" in entry.text, "mair" in str(entry.text).lower()) == (
        council.officer.pk, True, False,
    )  # fmt: skip
    assert officer.post(path, {"_do": "withdraw"})["Location"] == case_page
    assert Signing.objects.get().state == "withdrawn"
    assert [each.actor_id for each in Entry.objects.filter(case=sent.case, data__did="signature")] == [
        council.officer.pk, council.officer.pk,
    ]  # fmt: skip
    assert path not in words(officer.get(case_page))


def test_an_officer_may_write_to_another_address_after_all_letters_and_is_told_what_else_to_do(
    sent: Application, council: Any
) -> None:
    Signing.objects.update(letters=6)
    path, officer = own(sent).replace("/signature/", "/signatory/"), Client()
    officer.force_login(council.administrator)
    again = officer.post(path, {"name": "Mair Evans", "email": "mair@example.org"})
    assert again.status_code == 429
    assert "Ring the person" in words(again)
    assert "Call us" not in words(again)
    for email in ("mair.evans@example.org", "m.evans@example.org"):
        assert officer.post(path, {"name": "Mair Evans", "email": email}).status_code == 302
        assert Letter.objects.filter(kind="signature_asked").latest("id").where.email == email
    assert (Signing.objects.get().letters, Signing.objects.get().letters_counted) == (8, 6)


def test_what_a_name_and_address_were_is_kept_with_who_corrected_them_and_found_for_both(
    sent: Application, council: Any, at: datetime
) -> None:
    key = Signing.objects.get().pk
    new = {"name": "Meir Evans", "email": "meir@example.org"}
    actions.ask_again(signing_id=key, **new, at=at, by=council.officer)
    actions.ask_again(signing_id=key, **new, at=at, by=council.officer)
    assert Signing.objects.get().corrections == [{
        "at": at.isoformat(), "by": str(council.officer.pk),
        "before": {"name": "Mair Evans", "email": "mair@example.org"}, "after": new,
    }]  # fmt: skip
    officer = Client()
    officer.force_login(council.administrator)
    assert "mair@example.org" in words(officer.get(own(sent).replace("/signature/", "/signatory/")))
    council.neighbour.email_verified_at = timezone.now()
    for email, name, other in [
        ("Mair@example.org", "Mair Evans", "meir"), ("meir@example.org", "Meir Evans", "mair"),
    ]:  # fmt: skip
        council.neighbour.email = email
        (record,) = find_signings(council.neighbour)
        assert record.values["Name"] == name
        assert other not in str(record.values).lower()
