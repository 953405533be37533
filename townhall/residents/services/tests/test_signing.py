"""A second person signs by a mailed link: once, for themselves, and only what the package shows them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions, selectors
from townhall.residents.services.holdings import find_signings
from townhall.residents.services.models import Application, Course, Signing
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db
OWNER = {"landlord.name": "Mair Evans", "landlord.email": "mair@example.org"}
SIGNATURE = {"answer": "yes"}
REFUSAL = {"answer": "no", "reason": "I sold the shop"}


@pytest.fixture
def browser(council: Any, at: datetime) -> Client:
    """The applicant's browser; the service is published."""
    factories.grant(at)
    return Client()


@pytest.fixture
def sent(browser: Client) -> Application:
    """An application that names the owner of the shop, sent."""
    application = factories.begin(browser)
    factories.fill(browser, application, until="paying")
    factories.send_page(browser, application, "paying", **factories.PAYING, **OWNER)
    browser.post(f"/services/application/{application.pk}/check/")
    return Application.objects.select_related("case", "version").get(pk=application.pk)


def links(kind: str = "signature_asked") -> list[str]:
    """The links in the letters to whoever signs, the oldest first."""
    found = Letter.objects.filter(kind=kind).order_by("id")
    return [re.search(r"/services/sign/[\w-]+/", str(each.blocks)).group() for each in found]  # type: ignore[union-attr]


def own(application: Application) -> str:
    """Where the applicant looks after the signature."""
    return f"/services/application/{application.pk}/signature/{Signing.objects.get(application=application).pk}/"


def words(response: Any) -> str:
    """What a page says."""
    return response.content.decode()


def shares(application: Application) -> dict[str, Any]:
    """The process, as it is kept."""
    return Course.objects.get(application=application).state


def test_the_owner_is_written_to_once_and_to_their_address_alone(sent: Application, relay: Callable[[], Any]) -> None:
    relay()
    relay()
    (letter,) = Letter.objects.filter(kind="signature_asked")
    assert letter.where.email == "mair@example.org"
    assert letter.is_secret
    assert "Asha Begum" in str(letter.blocks), "the package shows the applicant's name"
    assert "900" not in str(letter.blocks)


def test_what_they_see_is_what_the_package_shows_and_no_more(sent: Application) -> None:
    page = words(Client().get(links()[0]))
    for said in ("Asha Begum", "Books", "£900", "I own the shop and agree to these works."):
        assert said in page
    for unsaid in ("asha@example.org", "07700", "Hope Street", "5678", "chapel"):
        assert unsaid not in page


def test_looking_at_a_link_signs_nothing(sent: Application) -> None:
    response = Client().get(links()[0])
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert Signing.objects.get().state == "asked"


def test_signing_is_kept_told_to_the_process_and_shown(browser: Client, sent: Application) -> None:
    assert "Asked for" in words(browser.get(f"/services/application/{sent.pk}/sent/"))
    assert "You have signed" in words(Client().post(links()[0], SIGNATURE))
    sent.refresh_from_db()
    assert sent.answers["landlord"]["signed_at"].startswith(str(timezone.localdate()))
    assert "Signed on" in words(browser.get(f"/services/application/{sent.pk}/sent/"))
    assert "Signed on" in words(browser.get(f"/services/application/{sent.pk}/copy/"))
    assert shares(sent)["values"][""]["owner_agrees"] is True
    assert Entry.objects.filter(case=sent.case, text="A second person has signed").count() == 1


def test_a_link_answers_once(sent: Application) -> None:
    other = Client()
    other.post(links()[0], SIGNATURE)
    page = words(other.post(links()[0], REFUSAL))
    assert "You have signed" in page
    assert "Asha Begum" not in page
    assert Signing.objects.get().state == "signed"
    assert Entry.objects.filter(case=sent.case, data__did="signature").count() == 1


def test_a_refusal_says_why_and_ends_the_process(sent: Application) -> None:
    other = Client()
    assert other.post(links()[0], {"answer": "no", "reason": " "}).status_code == 422
    assert other.post(links()[0], {}).status_code == 422
    assert "You have said no" in words(other.post(links()[0], REFUSAL))
    assert shares(sent)["status"] != "running"
    assert not Case.objects.get(pk=sent.pk).is_open
    refused = Letter.objects.get(kind="grant/refused")
    assert "I sold the shop" in str(refused.blocks)


@pytest.mark.parametrize("secret", ["nothing", "a" * 32, "..%2f", "é", "x" * 2_000])
def test_a_forged_link_says_nothing(sent: Application, secret: str) -> None:
    for response in (Client().get(f"/services/sign/{secret}/"), Client().post(f"/services/sign/{secret}/", SIGNATURE)):
        assert response.status_code == 404
        assert "Asha" not in words(response)
    assert Signing.objects.get().state == "asked"


def test_links_are_not_tried_without_end(sent: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.residents.services.views.signing.FROM_ONE_PLACE", 1)
    assert [Client().get("/services/sign/guess/").status_code for _ in range(2)] == [404, 429]


def test_a_corrected_address_gets_a_link_of_its_own_and_the_old_one_is_dead(browser: Client, sent: Application) -> None:
    response = browser.post(own(sent), {"_do": "again", "name": "Mair Evans", "email": "mair.evans@example.org"})
    assert response.status_code == 302
    before, now = links()
    assert Client().get(before).status_code == 404
    assert Client().post(before, SIGNATURE).status_code == 404
    assert "Asha Begum" in words(Client().get(now))
    sent.refresh_from_db()
    assert sent.answers["landlord"] == {"name": "Mair Evans", "email": "mair.evans@example.org"}


def test_after_a_withdrawal_the_link_is_dead_and_the_process_has_heard(browser: Client, sent: Application) -> None:
    browser.post(own(sent), {"_do": "withdraw"})
    assert "does not work any more" in words(Client().post(links()[0], SIGNATURE))
    assert Signing.objects.get().state == "withdrawn"
    assert shares(sent)["status"] != "running"
    assert browser.post(own(sent), {"_do": "again", "name": "A", "email": "a@example.org"}).status_code == 200
    assert len(links()) == 1


def test_nobody_but_the_applicant_looks_after_it(sent: Application, council: Any) -> None:
    neighbour = Client()
    neighbour.force_login(council.neighbour)
    key = f"?key={actions.sent_key(sent)}"
    for other in (Client(), neighbour):
        for address in (own(sent), own(sent) + key):
            assert other.get(address).status_code == 404
            assert other.post(address, {"_do": "withdraw"}).status_code == 404
    assert "mair@example.org" not in words(Client().get(f"/services/application/{sent.pk}/sent/{key}"))
    assert Signing.objects.get().state == "asked"


def test_the_signature_of_another_application_is_out_of_reach(browser: Client, sent: Application) -> None:
    other = Client()
    mine = factories.begin(other)
    factories.fill(other, mine)
    other.post(f"/services/application/{mine.pk}/check/")
    theirs = Signing.objects.get(application=sent)
    address = f"/services/application/{mine.pk}/signature/{theirs.pk}/"
    assert other.get(address).status_code == 404
    assert other.post(address, {"_do": "withdraw"}).status_code == 404


def test_letters_about_one_signature_have_an_end(browser: Client, sent: Application) -> None:
    for number in range(8):
        browser.post(own(sent), {"_do": "again", "name": "Mair", "email": f"mair{number}@example.org"})
    assert Signing.objects.get().letters == 6
    assert len(links()) == 6


def test_one_address_is_not_flooded_from_many_applications(sent: Application, at: datetime) -> None:
    signing = Signing.objects.get()
    for _ in range(4):
        actions.ask_again(signing_id=signing.pk, name="Mair", email="mair@example.org", at=timezone.now())
    with pytest.raises(actions.CannotMail):
        actions.ask_again(signing_id=signing.pk, name="Mair", email="mair@example.org", at=timezone.now())
    signing.refresh_from_db()
    assert Client().get(links()[-1]).status_code == 200, "the letter that did go still opens"


def test_who_does_not_answer_is_reminded_once_with_a_new_link(sent: Application) -> None:
    asked_at = Signing.objects.get().asked_at
    assert actions.remind_signers(asked_at + timedelta(days=6)) == 0
    assert actions.remind_signers(asked_at + timedelta(days=8)) == 1
    assert actions.remind_signers(asked_at + timedelta(days=9)) == 0
    assert Client().get(links()[0]).status_code == 404
    assert "Asha Begum" in words(Client().get(links("signature_reminder")[0]))


def test_where_no_reminder_can_go_the_link_stays_good(sent: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.residents.services.actions.signing.TO_ONE_ADDRESS", 0)
    assert actions.remind_signers(Signing.objects.get().asked_at + timedelta(days=8)) == 0
    assert Client().get(links()[0]).status_code == 200


def test_what_nobody_signs_in_time_lapses_and_the_process_goes_on(sent: Application) -> None:
    asked_at = Signing.objects.get().asked_at
    assert actions.lapse_signatures(asked_at + timedelta(days=13)) == 0
    assert actions.lapse_signatures(asked_at + timedelta(days=14)) == 1
    assert actions.lapse_signatures(asked_at + timedelta(days=14)) == 0
    assert Signing.objects.get().state == "lapsed"
    assert shares(sent)["status"] != "running"
    assert "does not work any more" in words(Client().post(links()[0], SIGNATURE))


def test_in_the_hour_after_the_last_day_nobody_signs(sent: Application) -> None:
    signing = Signing.objects.get()
    secret = links()[0].split("/")[3]
    with pytest.raises(actions.TooLate):
        actions.sign(signing_id=signing.pk, secret=secret, at=signing.until)


def test_a_case_that_was_closed_needs_no_signature(sent: Application, at: datetime) -> None:
    Case.objects.filter(pk=sent.pk).update(closed_at=timezone.now(), status="closed")
    assert "does not work any more" in words(Client().post(links()[0], SIGNATURE))
    assert Signing.objects.get().state == "asked"
    assert actions.lapse_signatures(Signing.objects.get().until) == 0
    assert Signing.objects.get().state == "lapsed"


def test_a_case_that_went_on_with_a_version_without_the_signature_asks_for_none(
    browser: Client, sent: Application, at: datetime
) -> None:
    files = dict(read(factories.FOLDER).files)
    sheet, form = files["service.yaml"].decode(), files["form.yaml"].decode().split("\n")
    files["service.yaml"] = sheet[: sheet.index("signatures:")].encode()
    files["form.yaml"] = "\n".join(line for line in form if "landlord:" not in line).encode()
    other = actions.publish(package=read_files("grant", files), at=at)
    Application.objects.filter(pk=sent.pk).update(version=other)
    assert "does not work any more" in words(Client().post(links()[0], SIGNATURE))
    assert "Mair Evans" in words(browser.get(own(sent)))
    assert actions.lapse_signatures(Signing.objects.get().until) == 1


def test_nobody_signs_for_another_by_sending_a_field(browser: Client) -> None:
    application = factories.begin(browser)
    factories.fill(browser, application, until="paying")
    forged = {**factories.PAYING, **OWNER, "landlord.signed_at": "2026-05-12T12:00:00Z"}
    factories.send_page(browser, application, "paying", **forged)
    application.refresh_from_db()
    assert "signed_at" not in application.answers["landlord"]


def test_officers_see_who_is_asked_and_what_they_said(sent: Application, council: Any) -> None:
    Client().post(links()[0], REFUSAL)
    (found,) = selectors.signings_of(sent)
    assert (found.signing.reason, found.is_open) == ("I sold the shop", False)


def test_who_was_asked_finds_it_in_what_is_held_about_them(sent: Application, council: Any) -> None:
    council.neighbour.email, council.neighbour.email_verified_at = "Mair@example.org", None
    assert find_signings(council.neighbour) == []
    council.neighbour.email_verified_at = timezone.now()
    (record,) = find_signings(council.neighbour)
    assert "mair@example.org" in record.values.values()
    assert "Asha Begum" not in str(record.values)
