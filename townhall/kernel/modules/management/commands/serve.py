"""`townhall serve`: pages, APIs and live streams on one port."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from townhall.launch import environment

HEADER_MILLISECONDS = 10_000
"""How long a client may take to say what it wants."""
STOPPING_SECONDS = 6
"""How long answers that have begun may take once we are told to stop; whatever is not done then is cut off."""


class Command(BaseCommand):
    """Serves until stopped."""

    help = "Serve pages, APIs and live streams."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen and how wide."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8, help="pages answered at once in a process")
        parser.add_argument("--workers", type=int, default=1, help="processes")
        lanes = environment.CHOICES["TOWNHALL_LANE"]
        parser.add_argument("--lane", choices=lanes, help="hot paths apart from pages; else TOWNHALL_LANE")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve."""
        os.environ["TOWNHALL_THREADS"] = str(options["threads"])
        os.environ["TOWNHALL_LANE"] = options["lane"] or environment.choice("TOWNHALL_LANE")
        Granian(
            "townhall.config.asgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.ASGINL,
            workers=options["workers"],
            blocking_threads=1,
            workers_kill_timeout=STOPPING_SECONDS,
            http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
            log_level=LogLevels.warning,
            log_access=False,
        ).serve()
