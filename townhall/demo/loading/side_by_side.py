"""Loading batch after batch, in as many processes as there are processors."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from django.db import connection

from townhall.demo.loading.reports import Loaded, Loader

_here: list[Loader] = []
"""The loader of a process that was started to load."""


def load_side_by_side(loader: Loader, hurry: Callable[[], None]) -> Iterator[Loaded]:
    """Load all batches; each is told when it is loaded, in order. `hurry` is called on every new connection.

    Processes are forked, so that what was drawn is there once; nothing of the database may be open at that moment.
    """
    batches = range(loader.drawn.batches)
    several = min(len(batches), os.cpu_count() or 1)
    if several < 2:
        yield from map(loader.load, batches)
        return
    connection.close()
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(several, forked, initializer=_begin, initargs=(loader, hurry)) as pool:
        yield from pool.map(_load, batches)
    hurry()


def _begin(loader: Loader, hurry: Callable[[], None]) -> None:
    _here.append(loader)
    hurry()


def _load(batch: int) -> Loaded:
    return _here[0].load(batch)
