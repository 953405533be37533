"""Where people leave a form and which page refuses what they type: counted once, and without a word about anybody."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townhall.kernel.documents.tests.factories import upload
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Count, Version
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.factories import PAGES, begin, fill, inputs, page_url, send_page
from townhall.residents.services.tests.test_on_behalf import calling

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)
LEASE = ("lease_ends.day", "lease_ends.month", "lease_ends.year")


@pytest.fixture
def version(council: Any, at: Any) -> Version:
    """The service, published."""
    return factories.grant(at)


def found(version: Version) -> selectors.Figures:
    """What was counted."""
    return selectors.figures(version, timezone.localdate() - MONTH)


def page(version: Version, name: str) -> tuple[int, int, int, int]:
    """Of a page: reached, answered, refused, left."""
    each = next(each for each in found(version).pages if each.name == name)
    return each.reached, each.answered, each.refused, each.left


def send(browser: Client, application: Application) -> None:
    """Press Send."""
    browser.post(f"/services/application/{application.pk}/check/")


def days_later(application: Application, days: int = 2) -> None:
    """Let nobody touch it for some days, and the job come round."""
    old = timezone.now() - timedelta(days=days)
    Application.objects.filter(pk=application.pk).update(updated_at=old)
    actions.count_left(timezone.now())


def test_going_back_and_pressing_twice_counts_a_page_once(version: Version) -> None:
    browser = Client()
    application = begin(browser)
    for _ in range(2):
        send_page(browser, application, "you", full_name="", email="nobody")
    typed = {**inputs(browser.get(page_url(application, "you"))), **factories.YOU}
    for _ in range(2):
        assert browser.post(page_url(application, "you"), typed).status_code == 302
    send_page(browser, application, "home", **factories.HOME)
    send_page(browser, application, "you", full_name="")
    send_page(browser, application, "you", **factories.YOU)
    assert page(version, "you") == (1, 1, 1, 0)
    assert page(version, "home") == (1, 1, 0, 0)
    assert page(version, "shop") == (1, 0, 0, 0)
    fill(browser, application)
    for _ in range(2):
        send(browser, application)
    assert page(version, "") == (1, 1, 0, 0)
    assert [getattr(found(version), each) for each in ("started", "sent", "left", "open")] == [1, 1, 0, 0]


def test_mistakes_are_counted_by_question_and_rule_in_words_and_never_with_what_was_typed(version: Version) -> None:
    for browser in (Client(), Client()):
        application = begin(browser)
        for typed in ("secret one", "secret two"):
            send_page(browser, application, "you", full_name="", email=typed)
        shop = factories.SHOP | {"has_lease": "yes", "staff": "4000"}
        send_page(browser, application, "shop", **shop)
        send_page(browser, application, "shop", **dict(zip(LEASE, ("1", "1", "2001"), strict=True)))
    told = {each.name: [(one.count, one.text) for one in each.troubles] for each in found(version).pages}
    assert told["you"] == [
        (2, "Enter your name"),
        (2, "Your email address must be an e-mail address, like name@example.com"),
    ]
    assert told["shop"] == [
        (2, "The lease must end in the future"),
        (2, "“How many people work there?” must be 500 or less"),
    ]
    kept = " ".join(str(each) for row in Count.objects.values_list() for each in row)
    assert "secret" not in kept
    assert not [each for each in Application.objects.all() if str(each.pk) in kept]


def test_a_mistake_in_any_item_of_a_group_and_a_file_that_is_not_taken_are_of_their_question(version: Version) -> None:
    browser = Client()
    application = begin(browser)
    fill(browser, application, until="works")
    send_page(browser, application, "works", **factories.WORKS, do="add:jobs")
    send_page(browser, application, "works", **{"jobs.1.what": "Door", "jobs.1.cost": "much", "jobs.1.is_listed": "no"})
    send_page(browser, application, "works", files={"jobs.0.quote": upload(b"MZ not a picture", name="a.exe")})
    works = next(each for each in found(version).pages if each.name == "works")
    assert (works.reached, works.refused) == (1, 1)
    assert {each.question for each in works.troubles} == {"cost", "quote"}
    assert "A file that we do not take: A quote" in {each.text for each in works.troubles}


def test_a_form_that_is_left_counts_where_it_was_left_until_somebody_goes_on(version: Version) -> None:
    browser = Client()
    application = begin(browser)
    send_page(browser, application, "you", **factories.YOU)
    actions.count_left(timezone.now())
    assert found(version).left == 0
    for _ in range(2):
        days_later(application)
    assert page(version, "home") == (1, 0, 0, 1)
    assert (found(version).left, found(version).open) == (1, 0)
    send_page(browser, application, "home", do="save", **{"home.line_1": "14 Hope Street"})
    assert page(version, "home") == (1, 0, 0, 0)
    assert (found(version).saved, found(version).open) == (1, 1)
    days_later(application)
    fill(browser, application)
    days_later(application)
    assert page(version, "") == (1, 0, 0, 1)
    send(browser, application)
    assert (found(version).sent, found(version).left, found(version).open) == (1, 0, 0)
    days_later(application)
    assert found(version).left == 0


def test_starting_again_in_the_same_browser_is_one_start(version: Version) -> None:
    browser = Client()
    first, second = begin(browser), begin(browser)
    assert first.pk != second.pk
    assert found(version).started == 1
    send_page(browser, second, "you", **factories.YOU)
    assert page(version, "you") == (1, 1, 0, 0)
    begin(browser)
    begin(Client())
    assert found(version).started == 3


def test_what_an_officer_fills_in_for_a_caller_is_not_counted(council: Any, version: Version) -> None:
    browser = calling(council.call_handler, str(council.resident.pk))
    application = begin(browser)
    send_page(browser, application, "you", full_name="")
    fill(browser, application)
    days_later(application)
    send(browser, application)
    assert Application.objects.get(pk=application.pk).is_sent
    assert not Count.objects.exists()


def test_counting_costs_a_page_one_statement_at_most(version: Version) -> None:
    browser = Client()
    application = begin(browser)

    def statements(**typed: Any) -> tuple[int, int]:
        sent = {**inputs(browser.get(page_url(application, "you"))), **typed}
        with CaptureQueriesContext(connection) as made:
            browser.post(page_url(application, "you"), sent)
        counting = [each for each in made if "services_count" in each["sql"]]
        return len(made) - len(counting), len(counting)

    first, again = statements(**factories.YOU), statements(**factories.YOU)
    assert (first[1], again[1]) == (1, 0)
    assert first[0] == again[0]
    days_later(application)
    assert statements(full_name="")[1] == 1, "what is taken back goes with what is new"
    with CaptureQueriesContext(connection) as made:
        found(version)
    assert len([each for each in made if "services_count" in each["sql"]]) == 1


@pytest.mark.parametrize("seed", range(6))
def test_what_was_begun_is_sent_left_or_still_open_whatever_people_do(version: Version, seed: int) -> None:
    chance, forms = Random(seed), list[tuple[Client, Application]]()

    def somebody() -> tuple[Client, Application]:
        return chance.choice([one for one in forms if not Application.objects.get(pk=one[1].pk).is_sent])

    def start() -> None:
        browser = Client()
        forms.append((browser, begin(browser)))

    def answer() -> None:
        name = chance.choice(list(PAGES))
        send_page(*somebody(), name, do=chance.choice(["continue", "save"]), **chance.choice([PAGES[name], {}]))

    def finish() -> None:
        one = somebody()
        for name, typed in PAGES.items():
            send_page(*one, name, **typed)
        send(*one)

    steps: list[Callable[[], Any]] = [
        answer, answer, answer, finish, lambda: days_later(somebody()[1]), lambda: actions.fold_counts(timezone.now()),
    ]  # fmt: skip
    start()
    for _ in range(14):
        is_done = not Application.objects.unsent().exists()
        (start if is_done or chance.random() < 0.3 else chance.choice(steps))()
        told, rows = found(version), Application.objects.all()
        assert told.started == len(forms)
        assert told.sent == rows.filter(sent_at__isnull=False).count()
        assert told.left == rows.filter(is_left=True, sent_at=None).count()
        assert told.open == rows.unsent().filter(is_left=False).count()
        assert all(each.answered + each.left <= each.reached <= told.started for each in told.pages)


def test_adding_up_changes_no_figure_and_forgets_what_is_two_years_old(version: Version) -> None:
    for _ in range(3):
        browser = Client()
        send_page(browser, begin(browser), "you", **factories.YOU)
    before, rows = found(version), Count.objects.count()
    old = {"version": version, "page": "you", "what": "reached", "number": 1}
    Count.objects.create(day=timezone.localdate() - timedelta(days=740), **old)
    kept = Count.objects.create(day=timezone.localdate() - timedelta(days=720), **old)
    assert actions.fold_counts(timezone.now()) == 1
    assert found(version) == before
    assert Count.objects.count() == rows / 3 + 1
    assert Count.objects.filter(pk=kept.pk).exists()
