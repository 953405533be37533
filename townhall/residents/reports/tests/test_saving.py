"""Save for later: the draft stays on its device, and a mailed link opens it, and no other, on any device."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from townhall.kernel.cases.registries import ON_BEHALF
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.tests.factories import as_bytes, picture
from townhall.kernel.notify.actions import sending
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.selectors import as_text
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.actions import saving
from townhall.residents.reports.holdings import find_drafts
from townhall.residents.reports.models import Draft, DraftLink
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Mattress and bags dumped behind Hope Street"


@pytest.fixture
def people(council):
    factories.categories()
    return council


@pytest.fixture
def draft(people, client):
    """A draft with a photo that was kept for later on this device."""
    client.post(reverse("reports:start"), {"text": TEXT})
    begun = Draft.objects.get()
    client.post(reverse("reports:category", args=[begun.pk]), {"category": "fly_tipping"})
    where = f"{factories.HERE.easting},{factories.HERE.northing}"
    client.post(reverse("reports:where", args=[begun.pk]), {"found": where, "do": "continue"})
    client.post(reverse("reports:questions", args=[begun.pk]), {"size": "van", "danger": "no"})
    photo = SimpleUploadedFile("bags.jpg", as_bytes(picture(80, 60)), "image/jpeg")
    client.post(reverse("reports:photos", args=[begun.pk]), {"photos": [photo], "do": "save"})
    return Draft.objects.get()


def mail(client, draft, email="sam@example.org"):
    return client.post(reverse("reports:mail_link", args=[draft.pk]), {"email": email})


def link_in(letter):
    found = re.search(r"/reports/saved/[\w-]+/", as_text(letter))
    assert found
    return found.group()


def test_saving_offers_a_link_by_e_mail_and_says_until_when(draft, client):
    body = client.get(reverse("reports:kept", args=[draft.pk])).content.decode()
    assert "Send me a link" in body
    assert "Everything you typed, and your photos, are kept until" in body


def test_the_link_opens_the_draft_with_its_photo_on_another_device(draft, client):
    mail(client, draft)
    said = client.get(reverse("reports:kept", args=[draft.pk])).content.decode()
    assert "We have sent a link to sam@example.org" in said
    letter = Letter.objects.get(kind="report_saved")
    assert letter.address["email"] == "sam@example.org"
    telephone = Client()
    assert telephone.get(reverse("reports:photos", args=[draft.pk])).status_code == 404
    page = telephone.get(link_in(letter))
    assert "Go on with your report" in page.content.decode()
    assert TEXT not in page.content.decode()
    assert telephone.get(reverse("reports:photos", args=[draft.pk])).status_code == 404, "looking opens nothing"
    opened = telephone.post(link_in(letter), follow=True)
    assert opened.status_code == 200
    photos = telephone.get(reverse("reports:photos", args=[draft.pk])).content.decode()
    shown = re.search(r'/documents/[^"]+thumb[^"]*', photos)
    assert shown
    assert telephone.get(shown.group().replace("&amp;", "&")).status_code == 200
    assert TEXT in telephone.get(reverse("reports:start")).content.decode(), "the front of the form offers it here too"
    assert client.get(reverse("reports:photos", args=[draft.pk])).status_code == 200, "the first device still has it"


def test_a_link_opens_one_draft_and_not_the_others_of_its_device(draft, client):
    client.post(reverse("reports:start"), {"text": "A lamp hangs loose"})
    other = Draft.objects.exclude(pk=draft.pk).get()
    mail(client, draft)
    telephone = Client()
    telephone.post(link_in(Letter.objects.get()))
    assert telephone.get(reverse("reports:what", args=[other.pk])).status_code == 404


def test_the_table_and_the_sent_letter_hold_no_secret(draft, client, settings, at):
    settings.TOWNHALL_DEMO = False
    mail(client, draft)
    letter = Letter.objects.get()
    secret = link_in(letter).split("/")[3]
    kept = DraftLink.objects.get()
    assert secret not in kept.secret_hash
    assert kept.secret_hash == actions.owner_of(secret)
    assert letter.is_secret
    assert TEXT not in as_text(letter), "the address may be somebody else's"


def test_a_wrong_address_is_told_at_the_field(draft, client):
    response = mail(client, draft, "sam at example")
    assert response.status_code == 422
    assert "Enter an email address like name@example.com" in response.content.decode()
    assert not Letter.objects.exists()


def test_links_of_a_draft_and_to_an_address_are_limited(draft, client):
    for number in range(saving.MOST_LINKS):
        assert mail(client, draft, f"sam{number}@example.org").status_code == 302
    refused = mail(client, draft, "one-more@example.org")
    assert refused.status_code == 429
    assert "Try again tomorrow" in refused.content.decode()
    assert Letter.objects.count() == saving.MOST_LINKS


def test_a_link_after_the_report_was_sent_says_so_and_changes_nothing(draft, client):
    mail(client, draft)
    report = actions.send_draft(draft=_with_contact(draft), at=timezone.now(), language="en", signed_in=None)
    page = Client().get(link_in(Letter.objects.get()))
    assert "This report has been sent" in page.content.decode()
    assert report.case.reference in page.content.decode()
    other = Client()
    other.post(link_in(Letter.objects.get()))
    assert other.get(reverse("reports:sent", args=[draft.pk])).status_code == 404


def _with_contact(draft):
    row = Draft.objects.get(pk=draft.pk)
    row.answers = row.answers | {"contact": {"how": "anonymous"}}
    row.save()
    return row


def test_an_unknown_or_forgotten_link_says_what_to_do(draft, client):
    mail(client, draft)
    address = link_in(Letter.objects.get())
    actions.forget_old_drafts(timezone.now() + timedelta(days=29))
    page = Client().get(address)
    assert page.status_code == 404
    assert "This link does not work any more" in page.content.decode()
    assert not DraftLink.objects.exists()


def test_a_week_before_it_is_forgotten_one_more_letter_goes_with_a_link_that_works(draft, client):
    mail(client, draft)
    saved = Draft.objects.get().updated_at
    assert actions.remind_of_drafts(saved + timedelta(days=20)) == 0
    assert actions.remind_of_drafts(saved + timedelta(days=22)) == 1
    assert actions.remind_of_drafts(saved + timedelta(days=23)) == 0, "one reminder is enough"
    reminder = Letter.objects.get(kind="report_saved_reminder")
    assert selectors.day_of(draft.gone_at) in as_text(reminder)
    telephone = Client()
    assert telephone.post(link_in(reminder), follow=True).status_code == 200
    assert telephone.get(reverse("reports:what", args=[draft.pk])).status_code == 200
    first = Client()
    assert first.post(link_in(Letter.objects.get(kind="report_saved"))).status_code == 302, "the first link still works"


def test_whoever_wrote_again_is_reminded_again_and_nobody_who_asked_for_no_link(draft, client):
    saved = Draft.objects.get().updated_at
    assert actions.remind_of_drafts(saved + timedelta(days=22)) == 0
    mail(client, draft)
    assert actions.remind_of_drafts(saved + timedelta(days=22)) == 1
    actions.save_draft(draft=draft, answers=draft.answers, at=saved + timedelta(days=25))
    assert actions.remind_of_drafts(saved + timedelta(days=48)) == 1


def test_the_photos_of_a_kept_draft_outlive_the_days_after_which_loose_photos_go(draft, client):
    loose = SimpleUploadedFile("loose.jpg", as_bytes(picture(64, 48)), "image/jpeg")
    documents.keep(file=loose, purpose="report_photo", by=None, at=timezone.now())
    late = timezone.now() + timedelta(days=30)
    actions.save_draft(draft=draft, answers=draft.answers, at=late)
    documents.remove_abandoned(late)
    assert [str(each) for each in Document.objects.values_list("pk", flat=True)] == Draft.objects.get().photos
    actions.forget_old_drafts(late + timedelta(days=29))
    assert not Document.objects.exists()


def test_a_welsh_reader_gets_a_welsh_letter(draft, client):
    client.cookies["language"] = "cy"
    with_welsh = client.post(
        reverse("reports:mail_link", args=[draft.pk]), {"email": "sam@example.org"}, headers={"accept-language": "cy"}
    )
    assert with_welsh.status_code == 302
    assert "Ewch ymlaen" in Letter.objects.get().subject


def test_subject_access_finds_the_links_of_a_proved_address_only(draft, client, people):
    mail(client, draft, people.resident.email)
    mail(client, draft, "somebody-else@example.org")
    [record] = find_drafts(people.resident)
    assert people.resident.email in record.values.values()
    people.resident.email_verified_at = None
    assert find_drafts(people.resident) == []


def test_no_link_is_mailed_of_what_an_officer_writes_for_a_caller(people, client):
    client.force_login(people.call_handler)
    session = client.session
    session[ON_BEHALF] = "nobody"
    session.save()
    client.post(reverse("reports:start"), {"text": TEXT})
    taken = Draft.objects.get()
    assert "Send me a link" not in client.get(reverse("reports:kept", args=[taken.pk])).content.decode()
    mail(client, taken)
    assert not Letter.objects.exists()


def test_the_letter_forgets_its_link_once_it_is_handed_over(draft, client, settings):
    mail(client, draft)
    letter = Letter.objects.get()
    sending.taken(_claimed(letter), "smtp", "", timezone.now())
    assert "/reports/saved/" not in as_text(Letter.objects.get())


def _claimed(letter):
    letter.state, letter.claimed_at = "sending", timezone.now()
    letter.save()
    return letter
