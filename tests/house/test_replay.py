"""Events come at least once: hearing a whole story again changes nothing but the relay's own marks."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from townhall.kernel.cases import actions as cases
from townhall.kernel.measures import actions as measures
from townhall.kernel.measures.models import Tally
from townhall.kernel.outbox.models import Event
from townhall.kernel.outbox.registries import subscribers
from townhall.kernel.outbox.relay import delivered
from townhall.residents.reports import actions as reports
from townhall.residents.reports.tests.factories import categories, report

RELAYS_OWN = {"outbox_event", "outbox_retry"}
IN_THE_RELAYS_TRANSACTION = {"townhall.kernel.measures.subscribers.count"}
"""They write to the database alone, in the transaction that marks the event as heard, so they hear it exactly once."""


def tables() -> list[str]:
    """Every table of ours but the relay's."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("townhall.")}
    return sorted(ours - RELAYS_OWN)


def fingerprint() -> dict[str, str | None]:
    """What stands in every table: changes with any value of any row."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables():
            name = connection.ops.quote_name(table)
            cursor.execute(f"select md5(string_agg(row::text, '|' order by row::text)) from {name} as row")  # noqa: S608
            found[table] = (cursor.fetchone() or [None])[0]
    return found


def kinds() -> "Counter[str]":
    """How many events of each kind there are."""
    return Counter(Event.objects.values_list("kind", flat=True))


def story(council: Any, at: datetime) -> None:
    """A report is taken in, worked, resolved, found wanting and resolved again; another is the county's."""
    categories()
    made = report(reporter=council.resident, at=at)
    reports.follow(report=made, at=at, person=council.neighbour)
    reports.follow(report=made, at=at, email="follower@example.org")
    report(category="street_light", at=at, answers={"fault": "out"}, reporter=council.neighbour)
    report(description="The man next door is hitting his wife.", at=at)
    work = {"case_id": made.case.pk, "by": council.officer}
    cases.assign(**work, at=at + timedelta(hours=1), to=council.officer)
    reports.say(report=made, says="still_there", at=at + timedelta(hours=2), by=council.neighbour)
    cases.resolve(**work, at=at + timedelta(hours=3), outcome="fixed", text="It is gone.")
    reports.answer(report=made, is_satisfied=False, at=at + timedelta(hours=4), by=council.resident)
    cases.resolve(**work, at=at + timedelta(days=9), outcome="fixed", text="Now it is gone.")


def counted() -> set[tuple[Any, ...]]:
    """Every count that is not nought, by what is counted."""
    slots = ("measure", "day", "category", "ward", "team_id", "bin", "count")
    return set(Tally.objects.exclude(count=0).values_list(*slots))


def hear_again() -> None:
    """Hand every event to every subscriber once more."""
    events = [delivered(row) for row in Event.objects.order_by("id")]
    for subscriber in subscribers:
        wanted = [event for event in events if subscriber.wants(event.kind)]
        if wanted and subscriber.name not in IN_THE_RELAYS_TRANSACTION:
            subscriber.handle(wanted)


def test_hearing_every_event_again_changes_nothing(council: Any, relay: Callable[[], list[Any]], at: datetime) -> None:
    story(council, at)
    relay()
    before, told = fingerprint(), kinds()
    hear_again()
    assert sum(told.values()) > 10
    assert kinds() - told == Counter(), "a subscriber published its news twice"
    after = fingerprint()
    assert [table for table in before if before[table] != after[table]] == []


def test_measures_counted_anew_are_the_same(council: Any, relay: Callable[[], list[Any]], at: datetime) -> None:
    story(council, at)
    relay()
    before = counted()
    measures.rebuild()
    assert before
    assert counted() == before


def test_the_fingerprint_sees_a_change(council: Any, at: datetime) -> None:
    categories()
    before = fingerprint()
    report(at=at)
    after = fingerprint()
    assert {"cases_case", "cases_entry", "reports_report"} <= {
        table for table in before if before[table] != after[table]
    }
