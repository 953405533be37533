"""What is done to documents on a timer."""

from datetime import datetime

from townhall.kernel.documents import actions
from townhall.kernel.jobs.registries import every


@every(60)
def scan_waiting(_at: datetime) -> int:
    """Scan what was sent while the scanner did not answer."""
    return actions.scan_waiting()


@every(86_400)
def tidy(at: datetime) -> int:
    """Forget what was added to forms nobody sent, and the bytes that no document has."""
    actions.remove_abandoned(at)
    return actions.sweep()
