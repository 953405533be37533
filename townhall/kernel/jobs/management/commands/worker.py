"""`townhall worker`: the relay, timers and background jobs, until stopped."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from townhall.kernel.jobs.worker import Worker


class Command(BaseCommand):
    """Runs the worker in the foreground; TERM or Ctrl-C lets it finish what it holds."""

    help = "Run the relay, timers and background jobs."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until a signal comes."""
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
