"""The steps of a process as rows of its case's timeline, all in one statement."""

from collections.abc import Iterable
from datetime import datetime

from townhall.kernel.cases.actions.timeline import entry_of
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Step
from townhall.kernel.identity.models import Person

UNTOLD = frozenset({"left", "ended"})
"""What another row tells already: the state that was entered next, and that the case is finished."""


def write_steps(case: Case, held: Package, steps: Iterable[Step], *, at: datetime, by: Person | None) -> None:
    """Write a row for each step that says something of its own; two statements, however many they are."""
    entries = [_entry(case, held, each, at, by) for each in steps if each.kind not in UNTOLD]
    if entries:
        Entry.objects.bulk_create(entries)
        case.save(update_fields=["version", "updated_at"])


def _entry(case: Case, held: Package, step: Step, at: datetime, by: Person | None) -> Entry:
    node = held.process.nodes.get(step.state)
    message = held.process.messages.get(step.event) if step.kind == "message" else None
    title = message.text if message else (node.title if node else held.process.title)
    return entry_of(
        case, "step", at=at, by=by, text=title.en, text_cy=title.cy,
        data={"did": step.kind, "state": step.state, "event": step.event, "note": step.note},
    )  # fmt: skip
