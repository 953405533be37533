"""Whether a worker runs: its timers leave a mark every second."""

from collections.abc import Sequence
from datetime import UTC, datetime

from townhall.kernel.jobs.models import TimerRun
from townhall.kernel.modules.checkups import Finding, checkups

SILENT_SECONDS = 60


@checkups.register("worker")
def worker() -> Sequence[Finding]:
    """When a worker last ran a timer."""
    newest = TimerRun.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    if newest is None:
        return [Finding("Worker", "has never run", "ill", "start: townhall worker")]
    silent = (datetime.now(UTC) - newest).total_seconds()
    if silent > SILENT_SECONDS:
        return [Finding("Worker", f"was last seen {silent / 60:.0f} minutes ago", "ill", "start: townhall worker")]
    return [Finding("Worker", "is at work")]
