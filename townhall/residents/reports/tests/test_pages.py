import html
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from townhall.kernel.cases import actions as cases
from townhall.kernel.geo.rules import Point
from townhall.kernel.geo.tests.decoding import decode
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.models import Follower, Note
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(council):
    factories.categories()
    return council


def page(client, report, **query):
    return client.get(reverse("reports:report", args=[report.case.reference]), query)


def test_the_page_says_what_was_promised_and_hides_personal_data(people, client):
    report = factories.report(reporter=people.resident, description="Bags dumped. Ring me on 07700 900142")
    body = page(client, report).content.decode()
    assert "Street Scene has it." in body
    assert "07700" not in body
    assert "Asha" not in body


def test_a_typed_reference_leads_to_the_page(people, client):
    report = factories.report()
    sloppy = report.case.reference.replace("-", "").lower()
    response = client.get(reverse("reports:report", args=[sloppy]))
    assert response.status_code == 302
    assert response["Location"].endswith(f"/{report.case.reference}/")


def test_a_name_is_shown_only_by_choice_and_can_be_hidden_later(people, client):
    report = factories.report(reporter=people.resident, shows_name=True)
    assert "Asha Begum" in page(client, report).content.decode()
    actions.hide_name(report=report)
    assert "Asha Begum" not in page(client, report).content.decode()


def test_a_held_report_is_nobodys_but_its_reporters_and_staffs(people, client):
    report = factories.report(reporter=people.resident, description="I want to end my life")
    assert page(client, report).status_code == 404
    client.force_login(people.neighbour)
    assert page(client, report).status_code == 404
    client.force_login(people.resident)
    assert page(client, report).status_code == 200
    client.force_login(people.manager)
    assert page(client, report).status_code == 200


def test_the_key_of_a_letter_opens_a_private_report_and_a_forged_one_does_not(people, client):
    report = factories.report(
        reporter=people.resident,
        category="noise",
        answers={"kind": "dog", "now": "no"},
        description="Barking all night",
    )
    assert page(client, report).status_code == 404
    assert page(client, report, key=actions.reporter_key(report)).status_code == 200
    assert page(client, report, key=signing.dumps(str(report.pk), salt="other")).status_code == 404
    other = factories.report(reporter=people.neighbour)
    assert page(client, report, key=actions.reporter_key(other)).status_code == 404


def test_private_answers_are_not_shown_in_public(people, client):
    report = factories.report(answers={"size": "van", "danger": "no", "seen": "A man in a blue coat"})
    body = page(client, report).content.decode()
    assert "A van load" in body
    assert "blue coat" not in body


def test_still_there_and_fixed_are_kept_on_the_timeline(people, client):
    report = factories.report()
    client.post(reverse("reports:say", args=[report.case.reference]), {"says": "still_there"})
    assert "Somebody says it is still there" in page(client, report).content.decode()


def test_one_stranger_cannot_reopen_but_the_reporter_can(people, client, at):
    report = factories.report(reporter=people.resident)
    cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at)
    later = at + timedelta(days=1)
    actions.say(report=report, says="still_there", at=later)
    report.case.refresh_from_db()
    assert not report.case.is_open
    actions.say(report=report, says="still_there", at=later, by=people.resident)
    report.case.refresh_from_db()
    assert report.case.is_open


def test_a_strangers_note_waits_and_a_signed_in_persons_is_shown_redacted(people, client):
    report = factories.report()
    address = reverse("reports:note", args=[report.case.reference])
    client.post(address, {"text": "I saw Bob Smith do it"})
    assert "Bob Smith" not in page(client, report).content.decode()
    client.force_login(people.neighbour)
    client.post(address, {"text": "More bags today, call 07700 900001"})
    body = page(client, report).content.decode()
    assert "More bags today, call [phone number removed]" in body


def test_an_officer_lets_a_held_note_be_seen(people, client, at):
    report = factories.report()
    note = actions.add_note(report=report, text="It is by the gate", at=at)
    client.force_login(people.officer)
    client.post(reverse("reports:look_at_note", args=[report.case.reference, note.pk]), {"do": "show"})
    client.logout()
    assert "It is by the gate" in page(client, report).content.decode()
    note.refresh_from_db()
    assert note.state == Note.State.SHOWN


def test_an_officer_of_another_team_may_not_decide_about_notes(people, client, at):
    report = factories.report()
    note = actions.add_note(report=report, text="It is by the gate", at=at)
    client.force_login(people.other_officer)
    response = client.post(reverse("reports:look_at_note", args=[report.case.reference, note.pk]), {"do": "show"})
    assert response.status_code == 403


def test_releasing_a_held_report_shows_it_redacted(people, client, at):
    report = factories.report(description="Bags here. I want to die. Ring 07700 900142")
    actions.release(report=report, by=people.manager, at=at)
    body = page(client, report).content.decode()
    assert "Bags here" in body
    assert "07700" not in body


def test_an_address_follows_only_once_it_has_answered(people, client):
    report = factories.report()
    client.post(reverse("reports:follow", args=[report.case.reference]), {"email": "me@example.org"})
    follower = Follower.objects.get()
    assert follower.confirmed_at is None
    address = reverse("reports:confirm", args=[actions.follower_key(follower)])
    client.get(address)
    follower.refresh_from_db()
    assert follower.confirmed_at is None
    client.post(address)
    report.case.refresh_from_db()
    assert report.case.followers == 1
    stop = reverse("reports:unfollow", args=[actions.follower_key(follower)])
    client.get(stop)
    assert Follower.objects.exists()
    client.post(stop)
    report.case.refresh_from_db()
    assert (Follower.objects.count(), report.case.followers) == (0, 0)


def test_was_it_put_right_is_recorded_by_pressing_and_not_by_opening(people, client, at):
    report = factories.report(reporter=people.resident)
    cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at)
    address = reverse("reports:answer", args=[actions.reporter_key(report)])
    client.get(address, {"right": "no"})
    report.case.refresh_from_db()
    assert not report.case.is_open
    client.post(address, {"right": "no"})
    report.case.refresh_from_db()
    assert report.case.is_open


def test_the_list_takes_few_statements_however_long_it_is(people, client):
    for number in range(55):
        factories.report(where=Point(360_000 + number * 30, 500_000))
    client.get(reverse("reports:index"), {"days": "0"})
    with CaptureQueriesContext(connection) as few:
        response = client.get(reverse("reports:index"), {"days": "0"})
    assert response.content.decode().count("th-row__title") == 50
    assert len(few) <= 10, "\n".join(query["sql"][:120] for query in few)


def test_the_list_does_not_find_people_by_their_names(people, client):
    factories.report(reporter=people.resident)
    assert "Nothing reported here" in client.get(reverse("reports:index"), {"q": "Asha", "days": "0"}).content.decode()


TILE = "/map/reports/11/1009/653.mvt"


def shown(client, **query):
    """What a tile of the public map has."""
    answer = client.get(TILE, query)
    layer = decode(answer.content).get("cases")
    return [feature.properties for feature in layer.features] if layer else []


def test_the_map_gathers_what_would_touch_and_says_what_is_in_it(people, client, relay):
    factories.report()
    factories.report(category="graffiti", answers={"offensive": "no", "surface": "wall"})
    factories.report(where=Point(364_500, 503_000))
    relay()
    found = sorted(shown(client, days="0"), key=lambda each: each["count"])
    assert [(each["count"], each["received"]) for each in found] == [(1, 1), (2, 2)]
    assert found[0]["title"] == "Mattress and bags dumped in the back lane"
    assert [each["count"] for each in shown(client, days="0", category="graffiti")] == [1]
    assert shown(client, days="0", status="done") == []
    assert sum(each["count"] for each in shown(client, days="0", q="mattress", status="open")) == 3


def test_the_map_shows_only_what_everyone_may_see(people, client, relay, at):
    factories.report(description="I cannot go on. I want to end my life.")
    joined, main = factories.report(), factories.report()
    cases.join(case_id=joined.case_id, to=main.case_id, by=people.officer, at=at)
    relay()
    assert [each["reference"] for each in shown(client, days="0")] == [main.case.reference]


def test_a_tile_is_asked_for_again_and_is_never_old(people, client, relay, at):
    report = factories.report()
    relay()
    first = client.get(TILE, {"days": "0"})
    assert "no-cache" in first["Cache-Control"]
    same = client.get(TILE, {"days": "0"}, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at)
    relay()
    after = client.get(TILE, {"days": "0"}, headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert [each["fixed"] for each in shown(client, days="0")] == [1]


def found(pattern, page):
    """What the page has in the pattern's group."""
    there = re.search(pattern, page)
    assert there
    return html.unescape(there[1])


def test_without_scripts_the_picture_has_the_pins_and_can_be_moved(people, client, relay):
    factories.report()
    relay()
    page = client.get(reverse("reports:index"), {"days": "0", "at": "360120,500080", "zoom": "15"}).content.decode()
    picture = found(r'geo-map__marks" src="([^"]+)"', page)
    assert "#1c5d99" in client.get(picture).content.decode()
    east = found(r'href="([^"]+)" aria-label="East"', page)
    moved = client.get(reverse("reports:index") + east).content.decode()
    far = found(r'geo-map__marks" src="([^"]+)"', moved)
    assert "days=0" in far
    assert far != picture
    assert client.get("/map/reports/marks.svg", {"e": "x"}).status_code == 404
    assert client.get("/map/nothing/10/1/1.mvt").status_code == 404


def test_open_data_says_nothing_about_people(people, client):
    factories.report(reporter=people.resident, title="=cmd()", description="bags")
    text = b"".join(client.get(reverse("reports:open_data", args=["csv"]), {"days": "0"}).streaming_content).decode()
    assert "'=cmd()" in text
    assert "Asha" not in text
    assert "asha@" not in text
    shapes = b"".join(
        client.get(reverse("reports:open_data", args=["geojson"]), {"days": "0"}).streaming_content
    ).decode()
    assert '"type":"FeatureCollection"' in shapes


def test_the_feed_is_atom_with_the_newest_first(people, client):
    factories.report()
    body = client.get(reverse("reports:feed"), {"days": "0"}).content.decode()
    assert "http://www.w3.org/2005/Atom" in body
    assert "Mattress and bags dumped" in body


def test_an_undone_step_is_not_on_the_public_timeline(people, client, at):
    report = factories.report()
    step = cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at, text="All cleared")
    cases.undo(case_id=report.case_id, number=step.number, by=people.officer, at=at)
    assert "All cleared" not in page(client, report).content.decode()


def test_a_missed_date_is_said_and_not_hidden(people, client, at):
    report = factories.report()
    cases.miss_dates(at=at + timedelta(days=10))
    report.case.refresh_from_db()
    promise = selectors.promise(report.case, selectors.category("fly_tipping"), at + timedelta(days=10))
    assert promise.is_late
    assert "We missed our date" in page(client, report).content.decode()
