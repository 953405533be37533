from datetime import timedelta

import pytest

from townhall.kernel.cases import actions as cases
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.selectors import as_text
from townhall.residents.reports import actions
from townhall.residents.reports.models import Follower
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(council):
    factories.categories()
    return council


def test_the_reporter_is_told_who_has_it_why_and_by_when(people, relay):
    factories.report(reporter=people.resident)
    relay()
    letter = Letter.objects.get(kind="report_received")
    text = as_text(letter)
    assert "Street Scene has it. It is street cleaning" in text
    assert "Friday 15 May" in text


def test_the_reporter_is_told_at_once_that_the_county_has_it(people, relay):
    factories.report(
        reporter=people.resident, category="street_light", answers={"fault": "out"}, description="Light out"
    )
    relay()
    letters = list(Letter.objects.all())
    assert [letter.kind for letter in letters] == ["report_passed"]
    assert "Merrowshire looks after this, not us" in as_text(letters[0])


def test_relaying_twice_writes_once(people, relay):
    factories.report(reporter=people.resident)
    relay()
    relay()
    assert Letter.objects.count() == 1


def test_welsh_people_get_welsh_letters(people, relay):
    people.resident.language = "cy"
    people.resident.save()
    factories.report(reporter=people.resident)
    relay()
    letter = Letter.objects.get()
    assert letter.language == "cy"
    assert "Eich cyfeirnod yw" in as_text(letter)


def test_the_letter_of_a_resolution_waits_and_asks_whether_it_was_put_right(people, relay, at):
    report = factories.report(reporter=people.resident)
    cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at, text="All cleared")
    relay()
    letter = Letter.objects.get(kind="report_resolved")
    assert letter.state == "held"
    assert letter.next_at == at + timedelta(seconds=30)
    assert "?right=yes" in as_text(letter)


def test_undoing_a_resolution_takes_its_letter_back(people, relay, at):
    report = factories.report(reporter=people.resident)
    step = cases.resolve(case_id=report.case_id, outcome="fixed", by=people.officer, at=at)
    relay()
    cases.undo(case_id=report.case_id, number=step.number, by=people.officer, at=at)
    relay()
    assert Letter.objects.get(kind="report_resolved").state == "cancelled"


def test_followers_are_told_and_the_reporter_once_only(people, relay, at):
    report = factories.report(reporter=people.resident)
    actions.follow(report=report, person=people.resident, at=at)
    actions.follow(report=report, person=people.neighbour, at=at)
    cases.change_status(
        case_id=report.case_id, status="booked", by=people.officer, at=at + timedelta(hours=1), text="Crew"
    )
    relay()
    assert Letter.objects.filter(person=people.resident).exclude(kind="report_received").count() == 1
    assert Letter.objects.get(person=people.neighbour).kind == "report_followed"


def test_nobody_is_written_to_about_an_anonymous_report(people, relay):
    factories.report()
    relay()
    assert not Letter.objects.exists()


def test_an_address_is_asked_before_it_follows(people, relay, at):
    report = factories.report()
    actions.follow(report=report, email="me@example.org", at=at)
    actions.follow(report=report, email="ME@example.org", at=at)
    relay()
    assert Letter.objects.get().kind == "report_follow"
    assert Follower.objects.count() == 1


def test_the_letter_about_words_of_danger_says_nothing_of_them(people, relay):
    factories.report(reporter=people.resident, description="He hits me")
    relay()
    assert "hits" not in as_text(Letter.objects.get())
