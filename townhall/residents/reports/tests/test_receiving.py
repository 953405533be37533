from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from townhall.kernel.cases.models import Case, Entry, Routing
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.outbox.models import Event
from townhall.residents.reports import rules
from townhall.residents.reports.models import Category, Report
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def categories(council):
    factories.categories()
    return council


def test_a_report_opens_a_case_that_is_routed_with_a_date(categories, at):
    report = factories.report(reporter=categories.resident)
    case = report.case
    assert case.kind == "problem_report"
    assert case.title == "Mattress and bags dumped in the back lane"
    assert case.team == categories.street_scene
    assert case.due_at.isoformat() == "2026-05-15T17:00:00+01:00"
    assert case.is_public


def test_the_case_the_report_and_the_event_come_together(categories, at):
    report = factories.report()
    fact = Event.objects.get(kind="reports.report_received.v1")
    assert fact.payload["report_id"] == str(report.pk)
    assert fact.payload["belongs_to"] == ""


def test_what_is_the_countys_is_passed_on_at_once(categories, at):
    report = factories.report(category="street_light", answers={"fault": "out"}, description="Light out")
    assert report.case.status == "passed"
    assert report.case.passed_to == COUNTY
    assert report.case.due_at is None
    words = Entry.objects.get(case=report.case, status="passed").text
    assert "Merrowshire looks after this" in words
    assert Event.objects.get(kind="reports.report_received.v1").payload["belongs_to"] == COUNTY


def test_the_same_key_gives_the_same_report(categories, at):
    key = uuid4()
    first, again = factories.report(key=key), factories.report(key=key, description="Sent twice by a double press")
    assert first.pk == again.pk
    assert (Report.objects.count(), Case.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The bench is gone and I want to kill myself", "self_harm"),
        ("Rubbish everywhere, kids left alone in the flat", "child"),
        ("He hits me when the bins are missed", "abuse"),
        ("Rwy'n teimlo fel lladd fy hun", "self_harm"),
    ],
)
def test_words_of_danger_are_held_from_the_public_and_stay_with_us(categories, at, words, kind):
    report = factories.report(category="street_light", answers={"fault": "out"}, description=words)
    assert (report.safeguarding, report.is_held, report.case.is_public) == (kind, True, False)
    assert report.case.passed_to == ""
    assert report.case.title == "Street light out"


def test_one_word_in_a_routing_rule_brings_all_that_is_held_to_the_safeguarding_team(categories, at):
    Routing.objects.create(
        order=1, name="Safeguarding", team=categories.parks, words=[rules.ROUTING_WORD], reason="Words of danger.",
        changed_at=at,
    )  # fmt: skip
    held = factories.report(description="My neighbour hits his children. Please come.")
    ordinary = factories.report(description="Kids hitting balls against my wall")
    assert (held.case.team, ordinary.case.team) == (categories.parks, categories.street_scene)


def test_a_category_that_needs_a_name_refuses_nobody(categories, at):
    with pytest.raises(rules.NotAccepted):
        factories.report(category="noise", answers={"kind": "dog", "now": "no"})


def test_an_answer_that_was_not_offered_is_refused(categories, at):
    with pytest.raises(rules.BadAnswer):
        factories.report(answers={"size": "enormous", "danger": "no"})


def test_personal_data_is_not_in_the_title(categories, at):
    report = factories.report(description="Ring me on 07700 900142 about the sofa")
    assert "07700" not in report.case.title


def test_default_categories_belong_to_their_tier(categories, at):
    assert Category.objects.count() == 25
    assert Category.objects.get(code="pothole").owner_gss == COUNTY
    assert Category.objects.get(code="fly_tipping").owner_gss == ""


def test_setting_up_categories_twice_adds_nothing(categories, at):
    factories.categories()
    assert Category.objects.count() == 25


def test_submitting_takes_few_statements(categories, at):
    with CaptureQueriesContext(connection) as few:
        factories.report(reporter=categories.resident)
    assert len(few) <= 17, "\n".join(query["sql"][:150] for query in few)
