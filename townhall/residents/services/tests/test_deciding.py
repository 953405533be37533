"""What a process decided, kept in the words of its day, and what colleagues answered: who sees what of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from townhall.kernel.cases.models import Case, Task
from townhall.kernel.catalogue.packages.deciding import Decided
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.residents.services import actions, holdings, selectors
from townhall.residents.services.actions import deciding
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db
TOLD = "We pay three quarters of up to £1,000."


@pytest.fixture
def sent(council: Any, at: datetime, relay: Callable[[], Any]) -> Application:
    """An application whose share was decided and that a colleague looks at."""
    return factories.sent(at, relay)


def refuse(sent: Application, council: Any, at: datetime) -> None:
    """A colleague finishes the task."""
    task = Task.objects.get(case=sent.case, done_at=None)
    actions.finish_task(
        application_id=sent.pk, task_id=task.pk, outcome="done", result={"agreed": False, "why": "Another borough"},
        by=council.officer, at=at,
    )  # fmt: skip


def page(person: Any, sent: Application) -> str:
    """The case's page, as somebody sees it."""
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert sent.case is not None
    return browser.get(reverse("casework:case", args=[sent.case.reference])).content.decode()


def test_a_decision_is_kept_with_its_inputs_its_outcome_and_the_rule_that_made_it(sent: Application) -> None:
    (kept,) = Course.objects.get(application=sent).decided
    assert (kept["decision"], kept["with"], kept["value"]) == ("decisions/share.yaml#Share", {"total": 900}, 75)
    assert [(each["rule"], each["why"]["en"], each["told"]["en"]) for each in kept["why"]] == [
        (2, "A small shop front", TOLD)
    ]


def test_what_was_decided_stays_when_another_version_has_other_words(sent: Application, at: datetime) -> None:
    files = dict(read(factories.FOLDER).files)
    share = files["decisions/share.yaml"]
    files["decisions/share.yaml"] = share.replace(b"three quarters", b"half").replace(b'"75"', b'"50"')
    newer = actions.publish(package=read_files("grant", files), at=at)
    transfer = actions.begin_transfer(source=sent.version, target=newer, states={}, by=None, at=at)
    while actions.go_on(transfer_id=transfer.pk, at=at).cases:
        pass
    sent = Application.objects.select_related("version", "case").get(pk=sent.pk)
    assert sent.version == newer
    (decision,) = selectors.decisions_of(sent)
    assert (decision.outcome, decision.told) == ("75", (TOLD,))
    (table,) = selectors.explanation(sent, decision.number) or []
    assert table.result == "75"
    assert [each.sentence for each in table.others] == [
        "Rule 1 does not apply: total is 900, and it would have to be more than 1000."
    ]


def test_an_officer_reads_what_was_decided_and_what_a_colleague_answered(
    sent: Application, council: Any, at: datetime
) -> None:
    refuse(sent, council, at)
    seen = page(council.officer, sent)
    for words in ("What was decided", TOLD, "A small shop front", "Why not?", "Another borough", council.officer.name):
        assert words in seen, words


def test_whoever_may_see_a_case_and_not_work_it_reads_no_answers(
    sent: Application, council: Any, at: datetime
) -> None:
    refuse(sent, council, at)
    seen = page(council.call_handler, sent)
    assert "What was decided" in seen
    for words in (TOLD, "A small shop front", "Why not?"):
        assert words not in seen, words


def test_why_not_the_others_is_for_whoever_works_the_case(sent: Application, council: Any) -> None:
    address, browser = reverse("services:why", args=[sent.pk, 1]), Client()
    assert browser.get(address).status_code == 302
    for person, status in ((council.resident, 403), (council.call_handler, 403), (council.officer, 200)):
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert browser.get(address).status_code == status, person
    answer = browser.get(address)
    assert "it would have to be more than 1000" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    welsh = browser.get(address, headers={"accept-language": "cy"}).content.decode()
    assert "Mae rheol 2 yn gymwys: Blaen siop bach (total: 900)." in welsh
    assert "total: 900 (byddai angen: mwy na 1000)" in welsh
    assert "would have to" not in welsh
    assert browser.get(reverse("services:why", args=[sent.pk, 2])).status_code == 404


def test_whoever_applied_is_told_in_the_words_that_the_table_has_for_them(sent: Application) -> None:
    browser, key = Client(), actions.sent_key(sent)
    address = reverse("services:sent", args=[sent.pk])
    seen = browser.get(address, {"key": key}).content.decode()
    assert TOLD in seen
    for words in ("A small shop front", "Share", "share.yaml"):
        assert words not in seen, words
    with translation.override("cy"):
        assert selectors.decisions_of(sent)[0].told == ("Rydym yn talu tri chwarter o hyd at £1,000.",)


def test_a_case_of_before_has_no_such_part_and_its_page_stands(sent: Application, council: Any) -> None:
    Course.objects.filter(application=sent).update(decided=[], told=[])
    assert "What was decided" not in page(council.officer, sent)
    assert selectors.decisions_of(sent) == selectors.results_of(sent) == []


def test_a_version_that_is_no_longer_there_explains_nothing_and_says_so(sent: Application, council: Any) -> None:
    course = Course.objects.get(application=sent)
    course.decided = [course.decided[0] | {"version": "0" * 64}]
    course.save()
    browser = Client()
    browser.force_login(council.officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get(reverse("services:why", args=[sent.pk, 1]))
    assert "cannot be worked out again" in answer.content.decode()


def test_a_person_is_given_what_was_decided_and_it_goes_with_their_answers(
    sent: Application, council: Any, at: datetime
) -> None:
    refuse(sent, council, at)
    person = Case.objects.get(pk=sent.pk).reporter
    assert person is not None
    found = holdings.find_sent(person)
    shown = str([each.values for each in found if not each.is_internal])
    assert TOLD in shown
    for words in ("Another borough", "A small shop front"):
        assert words not in shown, "what colleagues wrote is looked at first"
        assert words in str([each.values for each in found]), words
    holdings.empty_applications([sent.pk])
    course = Course.objects.get(application=sent)
    assert (course.decided, course.told) == ([], [])


def test_only_so_much_is_kept_of_what_was_decided(sent: Application, at: datetime) -> None:
    assert Version.objects.count() == 1
    course, held = Course.objects.get(application=sent), selectors.package(sent.version)
    order = Order("decision", "share#9", {"name": "decisions/share.yaml#Share", "with": {"x": "y" * 5_000}})
    found = Decided(Event("done", "share#9", {"value": 1}))
    for _ in range(60):
        deciding.keep_decision(course, sent.version, held, order, found, at=at)
    assert len(course.decided) == deciding.MOST_DECISIONS
    assert course.decided[-1]["number"] == 61
    assert "with" not in course.decided[-1]
