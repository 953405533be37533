"""What is said of a report that another council has, before and after its day has gone."""

from datetime import timedelta

import pytest
from django.utils import translation

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.selectors import as_text
from townhall.residents.reports import selectors
from townhall.residents.reports.models import Category, Report
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def light(council, at):
    """A dark street light of a resident, which the county aims to mend in five working days: by 19 May."""
    factories.categories()
    Category.objects.filter(code="street_light").update(target_days=5)
    Authority.objects.filter(gss_code=COUNTY).update(open311_url="http://county.test/open311/v2")
    authority.forget()
    yield factories.report(
        reporter=council.resident, category="street_light", answers={"fault": "out"}, description="Light out"
    )
    authority.forget()


def _said(report, moment, language="en"):
    report = Report.objects.select_related("case__team").get(pk=report.pk)
    case = report.case
    with translation.override(language):
        promise = selectors.promise(case, selectors.category(case.category), moment)
        line = selectors.short_line(case, selectors.category(case.category), moment)
        coming = selectors.timeline(report, selectors.category(case.category), moment)[0]
    return promise, line, coming


def test_before_its_day_it_is_said_what_they_aim_for(light, at):
    promise, line, coming = _said(light, at)
    assert "They aim to deal with it by Tuesday 19 May" in promise.detail
    assert (promise.dial, promise.advice) == ("on", "")
    assert line == "Merrowshire has it, due Tuesday 19 May"
    assert "They aim for Tuesday 19 May." in coming.text


def test_after_its_day_it_is_said_that_it_was_due_and_what_can_be_done(light, at):
    promise, line, coming = _said(light, at + timedelta(days=9))
    assert "It was due by Tuesday 19 May, and they have not told us that it is done." in promise.detail
    assert promise.dial == "over"
    assert "Ask them on 01632 960 200" in promise.advice
    assert "we tell them so" in promise.advice
    assert line == "Merrowshire has it, was due by Tuesday 19 May"
    assert coming.text == "It was due by Tuesday 19 May. When they tell us more, we say it here."


def test_it_is_said_in_welsh_too(light, at):
    promise, line, coming = _said(light, at + timedelta(days=9), "cy")
    for words in (promise.detail, line, coming.text):
        assert "Dydd Mawrth 19 Mai" in words
    assert "erbyn" in line
    assert "01632 960 200" in promise.advice
    assert "Ask them" not in promise.advice


def test_a_done_report_says_nothing_of_a_day_that_was_due(light, at):
    cases.resolve(case_id=light.case_id, outcome="fixed", by=None, at=at + timedelta(days=10))
    promise, _line, coming = _said(light, at + timedelta(days=11))
    assert (promise.advice, promise.dial) == ("", "done")
    assert "due" not in promise.headline + promise.detail + coming.text


def test_the_page_the_list_and_the_account_say_was_due(light, council, client, at):
    public = client.get(f"/reports/{light.case.reference}/").content.decode()
    assert "It was due by Tuesday 19 May" in public
    assert "Merrowshire has it, was due by Tuesday 19 May" in client.get("/reports/?days=0").content.decode()
    client.force_login(council.resident)
    account = client.get("/account/").content.decode()
    assert "Was due by" in account


def test_the_officers_panel_says_it_where_the_case_has_no_clock(light, council, client):
    client.force_login(council.manager)
    body = client.get(f"/work/cases/{light.case.reference}/").content.decode()
    assert "It was due by Tuesday 19 May" in body


def test_a_date_of_theirs_that_goes_by_is_told_as_theirs(light, relay, at):
    named = at + timedelta(days=2)
    cases.tell_date(case_id=light.case_id, due_at=named, by=None, at=at + timedelta(minutes=1))
    cases.miss_dates(at=named + timedelta(hours=1))
    relay()
    assert not Letter.objects.filter(kind="report_missed").exists()
    text = as_text(Letter.objects.get(kind="report_passed_missed"))
    assert "It was due by Thursday 14 May" in text
    assert "We promised" not in text
    titles = [line.title for line in selectors.timeline(light, None, named + timedelta(hours=2))]
    assert "Their date has gone by" in titles
    assert "We missed our date" not in titles


def test_a_letter_after_the_day_does_not_call_it_a_date_of_ours_to_come(light, relay, at):
    cases.change_status(
        case_id=light.case_id, status="booked", by=None, at=at + timedelta(days=9), text="Merrowshire: a van is coming"
    )
    relay()
    text = as_text(Letter.objects.get(kind="report_status"))
    assert "It was due by: Tuesday 19 May" in text
    assert "Our date" not in text


def test_nobody_is_told_of_a_missed_date_that_has_been_moved_meanwhile(council, relay, at):
    factories.categories()
    report = factories.report(reporter=council.resident)
    late = at + timedelta(days=4)
    cases.miss_dates(at=late)
    cases.tell_date(case_id=report.case_id, due_at=late + timedelta(days=5), by=council.officer, at=late)
    relay()
    assert not Letter.objects.filter(kind="report_missed").exists()
