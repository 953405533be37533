"""What time it is for a worker: by the database's clock, which all workers share.

Claims and waits of one worker are looked at by the others. A machine whose clock is wrong would take a letter that is
being sent for one that was forgotten, or put off a timer for hours. So each worker measures how far its own clock is
from the database's, and corrects it.
"""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

log = logging.getLogger("townhall.worker")
WRONG = timedelta(seconds=5)


class Clock:
    """A corrected clock; right once it has `agreed`."""

    def __init__(self) -> None:
        self.skew = timedelta()

    def own(self) -> datetime:
        """The present by this machine, which may be wrong."""
        return datetime.now(UTC) + settings.TOWNHALL_CLOCK_OFFSET

    def now(self) -> datetime:
        """The present, corrected as last agreed."""
        return self.own() + self.skew

    def agree(self) -> None:
        """Ask the database what time it is; say so in the log where this machine is wrong."""
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            skew = cursor.fetchone()[0] - self.own()
        if abs(skew) > WRONG and abs(skew - self.skew) > WRONG:
            wrong = f"{-skew.total_seconds():+.0f} s"
            log.warning("this clock is wrong by %s; the database's is used", wrong)
        self.skew = skew


clock = Clock()
