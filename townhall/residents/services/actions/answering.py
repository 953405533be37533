"""What came of an order is told to the process; what nobody is told of, a colleague sees to."""

import logging
from datetime import datetime

from django.db import OperationalError

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.residents.services.actions.running import tell
from townhall.residents.services.actions.tasks import ask_by_hand
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors import package

log = logging.getLogger(__name__)


def answer_order(case: Case, order: Order, event: Event, *, at: datetime) -> None:
    """Tell the process that an order is `done` or has `failed`, in the transaction that has its case's lock.

    Where it failed and the process does not wait for it or has no way on, or where the process does not take what came,
    a colleague is asked to do it. Where the process has gone on meanwhile nothing happens.
    """
    application = Application.objects.select_related("version", "case").defer("version__files").get(pk=case.pk)
    course = Course.objects.select_for_update().get(application=application)
    path, _, number = order.key.partition("#")
    is_awaited, is_running = ":" not in path, course.state.get("status", "running") == "running"
    waits = is_awaited and is_running and str(course.state.get("active", {}).get(path)) == number
    if waits and _is_taken(case, order, event, at):
        return
    if waits or (event.kind == "failed" and not is_awaited):
        ask_by_hand(application, course, package(application.version), order, waits=waits, at=at)
        course.save(update_fields=["tasks"])


def _is_taken(case: Case, order: Order, event: Event, at: datetime) -> bool:
    """Whether the process took it; not where what comes next has a fault, which would come again and again."""
    try:
        return tell(case, Told(event.kind, order.key, dict(event.data)), at=at)
    except OperationalError:
        raise
    except Exception:
        log.exception("a process could not go on with what it was told", extra={"case": case.reference})
        return False
