"""What runs on a timer."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from townhall.kernel.documents import actions as documents
from townhall.kernel.jobs.registries import every, job
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Transfer

if TYPE_CHECKING:
    from townhall.kernel.jobs.models import Progress


@every(3600)
def forget_applications(at: datetime) -> int:
    """Remove applications that were begun and left alone for 28 days."""
    return actions.forget_old_applications(at)


@every(3600)
def forget_files_ahead(at: datetime) -> int:
    """Remove files that programs sent and no application named within a day."""
    return documents.remove_waiting(actions.AHEAD, at - actions.FILE_WAITS)


@every(600)
def forget_waiting_files(at: datetime) -> int:
    """Remove files that wait for a message, or for somebody to sign in again, and were never sent."""
    return actions.forget_waiting_files(at)


@every(3600)
def count_left(at: datetime) -> int:
    """Count the forms that nobody touched for a day, at the page where they were left."""
    return actions.count_left(at)


@every(3600)
def fold_counts(at: datetime) -> int:
    """Add up what requests have appended to the counts of forms, and forget those of more than two years."""
    return actions.fold_counts(at)


@every(20)
def come_due(at: datetime) -> int:
    """Send the timers of processes whose moment has come."""
    return actions.come_due(at)


@every(2)
def make_documents(at: datetime) -> int:
    """Make the documents that processes have ordered."""
    return actions.make_documents(at)


@every(3600)
def see_to_signatures(at: datetime) -> int:
    """Remind who has not signed at half of the time, and end what nobody signed in time."""
    return actions.lapse_signatures(at) + actions.remind_signers(at)


@every(3600)
def remind(at: datetime) -> int:
    """Write to whoever has an application, by a mailed link or in an account, that is forgotten within a week."""
    return actions.remind_of_applications(at)


@job("services.transfer")
def transfer(progress: "Progress", *, transfer_id: str, url: str) -> None:
    """Carry a transfer to its end, a batch after another; `url` is the page that says what came of it."""
    found = Transfer.objects.select_related("source", "undoes").defer("source__files").get(pk=UUID(transfer_id))
    waiting = selectors.to_bring_back(found.undoes) if found.undoes else selectors.running_cases(found.source)
    progress.total, progress.result = waiting.count(), {"url": url}
    while number := actions.go_on(transfer_id=found.pk, at=datetime.now(UTC)).cases:
        progress.done, progress.seen_at = progress.done + number, datetime.now(UTC)
        progress.save(update_fields=["done", "total", "seen_at", "result"])
    progress.save(update_fields=["done", "total", "result"])
