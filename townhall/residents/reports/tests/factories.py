"""Reports for tests: the default categories and a report in one of them."""

from typing import Any

from townhall.kernel.cases.tests.factories import NOON
from townhall.kernel.geo.rules import Point
from townhall.residents.reports import actions
from townhall.residents.reports.models import Report

HERE = Point(360_120.0, 500_080.0)


def categories() -> None:
    """The categories that a new council starts with."""
    actions.set_up_categories()


def report(**fields: Any) -> Report:
    """A report of fly-tipping by nobody in particular, unless `fields` say otherwise."""
    usual: dict[str, Any] = {
        "reporter": None, "category": "fly_tipping", "where": HERE, "at": NOON,
        "description": "Mattress and bags dumped in the back lane.", "answers": {"size": "van", "danger": "no"},
    }  # fmt: skip
    return actions.receive_report(**(usual | fields))
