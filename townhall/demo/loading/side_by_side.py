"""Loading council beside council, and batch after batch in as many processes as there are processors."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.db import connection, connections

from townhall.demo.loading.reports import Loaded, Loader

_here: list[Loader] = []
"""The loader of a process that was started to load."""


FORKED = multiprocessing.get_context("fork")
"""What was drawn is there once; nothing of the database may be open at that moment."""


def load_in_databases(load: Callable[[Any], None], plans: Mapping[str, Any]) -> list[str]:
    """Load each plan into the database of its name, in a process of its own; the names of those that failed."""
    connections.close_all()
    processes = {name: FORKED.Process(target=_load_in, args=(load, name, plan)) for name, plan in plans.items()}
    for process in processes.values():
        process.start()
    for process in processes.values():
        process.join()
    return [name for name, process in processes.items() if process.exitcode]


def _load_in(load: Callable[[Any], None], name: str, plan: Any) -> None:
    connections.settings["default"]["NAME"] = name
    load(plan)


def load_side_by_side(loader: Loader, hurry: Callable[[], None]) -> Iterator[Loaded]:
    """Load all batches; each is told when it is loaded, in order. `hurry` is called on every new connection."""
    batches = range(loader.drawn.batches)
    several = min(len(batches), os.cpu_count() or 1)
    if several < 2:
        yield from map(loader.load, batches)
        return
    connection.close()
    with ProcessPoolExecutor(several, FORKED, initializer=_begin, initargs=(loader, hurry)) as pool:
        yield from pool.map(_load, batches)
    hurry()


def _begin(loader: Loader, hurry: Callable[[], None]) -> None:
    _here.append(loader)
    hurry()


def _load(batch: int) -> Loaded:
    return _here[0].load(batch)
