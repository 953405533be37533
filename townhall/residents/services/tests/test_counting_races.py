"""A page is sent from many windows at once while workers add up, each on its own connection: it counts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases.tests import factories as cases
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Count
from townhall.residents.services.tests import factories

WINDOWS, WORKERS = 6, 4


@pytest.fixture
def begun(own_database: str) -> tuple[str, Application]:
    """A form that somebody has begun, with the secret of their browser, in a database that really commits."""
    cases.council()
    factories.grant(timezone.now())
    browser = Client()
    application = factories.begin(browser)
    return browser.cookies["applications"].value, application


def test_windows_and_workers_at_once_count_each_page_once(begun: tuple[str, Application]) -> None:
    secret, application = begun
    together, address = Barrier(WINDOWS + WORKERS), factories.page_url(application, "you")

    def window() -> Client:
        made = Client()
        made.cookies["applications"] = secret
        return made

    typed = {**factories.inputs(window().get(address)), **factories.YOU}

    def run(number: int) -> int:
        together.wait()
        try:
            if number < WINDOWS:
                return window().post(address, typed).status_code
            actions.fold_counts(timezone.now())
            return actions.count_left(timezone.now() + 2 * actions.LEFT_AFTER)
        finally:
            connection.close()

    with ThreadPoolExecutor(WINDOWS + WORKERS) as pool:
        answers = list(pool.map(run, range(WINDOWS + WORKERS)))
    assert set(answers[:WINDOWS]) == {302}
    found = selectors.figures(application.version, timezone.localdate())
    application.refresh_from_db()
    you, home = found.pages[:2]
    assert (found.started, you.reached, you.answered, home.reached) == (1, 1, 1, 1)
    assert (found.left, you.left, home.left) == (application.is_left, 0, application.is_left)
    actions.fold_counts(timezone.now())
    assert selectors.figures(application.version, timezone.localdate()) == found
    assert all(each.number == 1 for each in Count.objects.all())
