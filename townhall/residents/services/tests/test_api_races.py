"""The same application from several connections at once, in a database that really commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any, cast

import pytest
from django.db import connection

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.documents.models import Document
from townhall.residents.services.models import Application, Submission
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.programs import Program

MANY = 6


@pytest.fixture
def program(own_database: str) -> Any:
    """A program of the contact centre; the grant can be applied for."""
    council = cases.council()
    factories.grant(datetime.now().astimezone())
    yield Program(council.call_handler)
    authority.forget()


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each in a thread with a connection of its own; what each was answered."""
    together = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_a_doubled_request_does_one_thing_and_is_answered_alike(program: Program) -> None:
    answers = cast("dict[str, Any]", factories.whole_answers())
    answered = at_once([lambda: program.send(answers)] * MANY)
    assert {each.status_code for each in answered} == {201}
    assert len({each.content for each in answered}) == 1
    assert Case.objects.count() == Application.objects.count() == Submission.objects.count() == 1


def test_a_file_goes_with_one_of_two_applications_that_name_it_at_once(program: Program) -> None:
    answers = cast("dict[str, Any]", factories.whole_answers())
    named = answers | {"jobs": [answers["jobs"][0] | {"quote": [program.keep().json()]}]}
    answered = at_once([lambda word=word: program.send(named, word=word) for word in "abc"])
    assert sorted(each.status_code for each in answered) == [201, 422, 422]
    assert Document.objects.get().case == Case.objects.get()
