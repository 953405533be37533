"""Taking a call, the page of a resident, and setting up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.council.casework.models import Contact
from townhall.council.casework.selectors import callers
from townhall.council.casework.selectors.clocks import face
from townhall.kernel.cases import actions, rules, selectors
from townhall.kernel.cases.models import Case, Entry, Routing, Task
from townhall.kernel.cases.tests import factories
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.identity.models import Change, Person
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.selectors import as_text

Opens = Callable[..., Case]
SignsIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(council: Any) -> Person:
    """A caller of whom we know postcode and year of birth."""
    council.resident.postcode, council.resident.year_of_birth = "NM2 6RD", 1984
    council.resident.address = "14 Hope Street"
    council.resident.save()
    return council.resident


@pytest.fixture
def desk(council: Any, as_person: SignsIn) -> Client:
    """The front desk."""
    return as_person(council.call_handler)


def page(client: Client, query: str = "") -> str:
    return client.get(f"/work/calls/{query}").content.decode()


def test_a_caller_is_found_by_name_telephone_or_postcode(asha: Person, desk: Client) -> None:
    for typed in ("begum", "07700 900142", "nm26rd", "asha@example.org", "begum hope st"):
        assert "Asha Begum" in page(desk, f"?q={typed}"), typed
    assert "Nobody found" in page(desk, "?q=Zzyzx")


def test_staff_are_not_found_as_callers(asha: Person, desk: Client, council: Any) -> None:
    assert "Dev Patel" not in page(desk, "?q=dev")
    assert desk.post("/work/calls/caller/", {"person": str(council.officer.pk)}).status_code == 404


def test_answers_are_compared_and_never_shown(asha: Person, desk: Client, case: Opens) -> None:
    case(is_public=False, title="Private matter")
    desk.post("/work/calls/caller/", {"person": str(asha.pk)})
    before = page(desk)
    assert "1984" not in before
    assert "Private matter" not in before
    desk.post("/work/calls/check/", {"postcode": "NM1 1AA", "year_of_birth": "1984"})
    wrong = page(desk)
    assert "Does not match" in wrong
    assert "Private matter" not in wrong
    desk.post("/work/calls/check/", {"postcode": "nm2 6rd", "year_of_birth": "1984"})
    right = page(desk)
    assert "Verified" in right
    assert "Private matter" in right
    assert "1984" not in right


def test_a_call_is_kept_on_the_case_and_the_person(asha: Person, desk: Client, case: Opens, council: Any) -> None:
    one = case()
    desk.post("/work/calls/caller/", {"person": str(asha.pk), "note": "Rang about"})
    assert "Rang about" in page(desk)
    desk.post("/work/calls/case/", {"case": one.reference})
    assert "It will be done by" in page(desk)
    desk.post("/work/calls/wrap-up/", {"about": "chasing", "note": "Not happy about Monday", "answered": "no"})
    contact = Contact.objects.get()
    assert (contact.person, contact.case, contact.by, contact.is_verified) == (asha, one, council.call_handler, False)
    assert Entry.objects.filter(case=one, kind="contact", text="Not happy about Monday").exists()
    assert Task.objects.filter(case=one).count() == 1
    assert "no call" in page(desk)


def test_a_call_without_a_name_is_kept_too(desk: Client, council: Any) -> None:
    desk.post("/work/calls/caller/", {"person": "nobody"})
    desk.post("/work/calls/wrap-up/", {"about": "question", "note": "When are you open?", "answered": "yes"})
    assert Contact.objects.get().person is None


def test_somebody_elses_case_cannot_be_taken_up(asha: Person, desk: Client, case: Opens, council: Any) -> None:
    theirs = case(reporter=council.neighbour)
    desk.post("/work/calls/caller/", {"person": str(asha.pk)})
    desk.post("/work/calls/case/", {"case": theirs.reference})
    assert theirs.reference not in page(desk)


def test_a_partner_takes_no_calls(council: Any, as_person: SignsIn) -> None:
    assert as_person(council.partner).get("/work/calls/").status_code == 403


def test_a_residents_page_has_what_the_officer_may_see(
    asha: Person, case: Opens, council: Any, as_person: SignsIn
) -> None:
    case(title="Tyres in the lane")
    case(title="Grass too high", category="overgrown_grass", is_public=False)
    shown = as_person(council.officer).get(f"/work/people/{asha.pk}/").content.decode()
    assert "Tyres in the lane" in shown
    assert "Grass too high" not in shown
    assert "Grass too high" in as_person(council.manager).get(f"/work/people/{asha.pk}/").content.decode()


def test_an_officers_own_page_is_not_for_colleagues(council: Any, as_person: SignsIn) -> None:
    assert as_person(council.officer).get(f"/work/people/{council.manager.pk}/").status_code == 403


def test_search_finds_cases_and_people(asha: Person, case: Opens, council: Any, as_person: SignsIn) -> None:
    one = case(title="Tyres in the lane")
    client = as_person(council.officer)
    assert client.get(f"/work/search?q={one.reference}")["Location"] == f"/work/cases/{one.reference}/"
    assert "Tyres in the lane" in client.get("/work/search?q=tyres").content.decode()
    assert "Asha Begum" in client.get("/work/search?q=asha+begum").content.decode()


def rule_data(council: Any, **changes: Any) -> dict[str, Any]:
    usual = {"name": "Sharps", "words": "needle\nsyringe", "reason": "Sharps are urgent.", "is_active": "on"}
    return usual | {"team": str(council.parks.pk)} | changes


def test_only_administrators_set_up(council: Any, as_person: SignsIn) -> None:
    for path in ("", "rules/", "rules/new/"):
        assert as_person(council.manager).get(f"/work/set-up/{path}").status_code == 403
        assert as_person(council.administrator).get(f"/work/set-up/{path}").status_code == 200


def test_a_rule_is_made_tried_moved_and_audited(council: Any, as_person: SignsIn) -> None:
    client = as_person(council.administrator)
    client.post("/work/set-up/rules/new/", rule_data(council))
    rule = Routing.objects.get(name="Sharps")
    assert (rule.order, rule.words, rule.version) == (30, ["needle", "syringe"], 1)
    tried = client.get("/work/set-up/rules/?text=a+needle+here&category=&ward=&channel=web").content.decode()
    assert "To Parks, by “Sharps”" in tried
    client.post(f"/work/set-up/rules/{rule.pk}/move/", {"to": "earlier"})
    client.post(f"/work/set-up/rules/{rule.pk}/move/", {"to": "earlier"})
    assert selectors.routing_rules()[0].name == "Sharps"
    assert Change.objects.filter(by=council.administrator, what="routing rule: Sharps").count() == 3


def test_a_changed_rule_is_the_next_version_and_cases_keep_theirs(
    council: Any, case: Opens, as_person: SignsIn
) -> None:
    one = case()
    rule = Routing.objects.get(name="Street cleaning")
    client = as_person(council.administrator)
    data = rule_data(council, name="Street cleaning", words="", categories=["fly_tipping"], reason="New words.")
    assert client.post(f"/work/set-up/rules/{rule.pk}/", data).status_code == 302
    rule.refresh_from_db()
    one.refresh_from_db()
    assert (rule.version, rule.team) == (2, council.parks)
    assert one.routed_by is not None
    assert (one.routed_by["version"], one.team_id) == (1, council.street_scene.pk)


def test_keeping_a_rule_unchanged_makes_no_version(council: Any, as_person: SignsIn) -> None:
    client = as_person(council.administrator)
    client.post("/work/set-up/rules/new/", rule_data(council))
    rule = Routing.objects.get(name="Sharps")
    client.post(f"/work/set-up/rules/{rule.pk}/", rule_data(council))
    rule.refresh_from_db()
    assert rule.version == 1


def test_no_rule_means_nobody(council: Any) -> None:
    assert rules.route(selectors.routing_rules(), category="pests", ward="", channel="web", text="") is None


def test_a_finished_case_is_told_as_finished(asha: Person, desk: Client, case: Opens, council: Any) -> None:
    one = case()
    actions.resolve(case_id=one.pk, outcome="fixed", by=council.officer, at=timezone.now())
    desk.post("/work/calls/caller/", {"person": str(asha.pk)})
    desk.post("/work/calls/case/", {"case": one.reference})
    assert "Fixed on" in page(desk)


def test_a_caller_is_told_what_the_other_council_aimed_for_and_that_it_was_due(council: Any, at: datetime) -> None:
    row = factories.case()
    actions.pass_to_authority(case_id=row.pk, gss_code=COUNTY, name="Merrowshire", by=None, at=at)
    row.refresh_from_db()
    assert callers.to_say(row, at) == "Merrowshire has it. They have not told us a date."
    actions.tell_date(case_id=row.pk, due_at=at + timedelta(days=2), by=None, at=at)
    row.refresh_from_db()
    assert callers.to_say(row, at) == "Merrowshire has it and aims to deal with it by Thursday 14 May."
    assert callers.to_say(row, at + timedelta(days=3)) == (
        "Merrowshire has it. It was due by Thursday 14 May; they have not told us that it is done. "
        "Their number is 01632 960 200."
    )
    assert face(row, at + timedelta(days=3)).left.startswith("was due")


ANSWERS = {"postcode": "nm2 6rd", "year_of_birth": "1984"}


def take_up(desk: Client, asha: Person, one: Case, *, verified: bool = True) -> None:
    """A call of Asha's about a case of hers."""
    desk.post("/work/calls/caller/", {"person": str(asha.pk)})
    if verified:
        desk.post("/work/calls/check/", ANSWERS)
    desk.post("/work/calls/case/", {"case": one.reference})


def test_the_handler_chooses_what_goes_to_the_caller_and_by_which_channel(
    asha: Person, desk: Client, case: Opens
) -> None:
    one = case()
    take_up(desk, asha, one)
    shown = page(desk)
    for words in ("Send them", "The reference, by text", "07700 900142", "A copy of it, by e-mail", "asha@example.org",
                  "A copy of it, by post", "14 Hope Street, NM2 6RD"):  # fmt: skip
        assert words in shown
    desk.post("/work/calls/wrap-up/", {"about": "chasing", "note": "", "send": ["reference_sms", "copy_post"]})
    sent = {letter.kind: letter for letter in Letter.objects.filter(person=asha)}
    assert {kind: letter.channel for kind, letter in sent.items()} == {"call_reference": "sms", "call_copy": "post"}
    assert all(letter.ways == [] for letter in sent.values()), "a chosen channel is followed by no other"
    assert one.reference in as_text(sent["call_reference"])
    assert "To be done by: " in as_text(sent["call_copy"])
    assert Entry.objects.get(case=one, kind="contact").data["sent"] == ["reference_sms", "copy_post"]


def test_nothing_is_sent_that_was_not_ticked(asha: Person, desk: Client, case: Opens) -> None:
    take_up(desk, asha, case())
    desk.post("/work/calls/wrap-up/", {"about": "chasing", "note": "Rang"})
    assert not Letter.objects.exists()


def test_nothing_is_offered_or_sent_before_two_answers_match(asha: Person, desk: Client, case: Opens) -> None:
    take_up(desk, asha, case(), verified=False)
    assert "Once two answers match." in page(desk)
    desk.post("/work/calls/wrap-up/", {"about": "chasing", "note": "", "send": ["copy_email"]})
    assert not Letter.objects.exists()


def test_only_channels_that_reach_the_caller_are_offered(asha: Person, desk: Client, case: Opens) -> None:
    asha.phone = asha.phone_verified_at = None
    asha.save()
    take_up(desk, asha, case())
    shown = page(desk)
    assert "by text" not in shown
    assert "The reference, by e-mail" in shown


def test_a_welsh_speaker_gets_a_welsh_copy_that_says_it_was_due(
    asha: Person, desk: Client, case: Opens
) -> None:
    asha.language = "cy"
    asha.save()
    one = case()
    Case.objects.filter(pk=one.pk).update(due_at=timezone.now() - timedelta(days=1))
    take_up(desk, asha, one)
    desk.post("/work/calls/wrap-up/", {"about": "chasing", "note": "", "send": ["copy_email"]})
    text = as_text(Letter.objects.get())
    assert "Roedd i'w wneud erbyn" in text
    assert "To be done" not in text


def test_ticks_are_kept_while_the_call_goes_on(asha: Person, desk: Client, case: Opens) -> None:
    one = case()
    take_up(desk, asha, one)
    desk.post("/work/calls/case/", {"case": one.reference, "note": "Wants a text", "send": ["reference_sms"]})
    assert 'value="reference_sms" data-number="5" checked' in page(desk)
