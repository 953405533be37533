"""Where requests wait for a writer: a bounded queue, what they are judged by, and whether the database is there."""
import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

from townhall.kernel.outbox.actions import nudge
from townhall.residents.open311.intake.items import Away, Full, Item, Outcome
from townhall.residents.open311.intake.standing import Standing, read
from townhall.residents.open311.intake.writer import Writer

WRITERS = 2
MOST_WAITING = 2_000
MOST_IN_BATCH = 100
AGAIN_SECONDS = 0.02
AWAY_SECONDS = 0.25
NUDGE_SECONDS = 0.02
CONNECT_SECONDS = 3
KEPT = ("dbname", "user", "password", "host", "port", "service", "sslmode", "sslrootcert", "sslcert", "sslkey")


class Desk:
    """One for each process. All of it runs in the event loop, but reading what requests are judged by."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Item] = asyncio.Queue(MOST_WAITING)
        self.work: list[asyncio.Task[None]] = []
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")
        self.kept: Standing | None = None
        self.reading: asyncio.Task[Standing] | None = None
        self.away_until = 0.0
        self.nudging = False

    async def take(self, item: Item) -> Outcome:
        """What becomes of the request. Raises Refused, HandOver, Away, Full."""
        loop = asyncio.get_running_loop()
        if loop.time() < self.away_until:
            raise Away
        if not self.work:
            self.work = [loop.create_task(Writer(self).work()) for _ in range(WRITERS)]
        try:
            self.queue.put_nowait(item)
        except asyncio.QueueFull:
            raise Full from None
        return await item.answer

    async def next_batch(self) -> list[Item]:
        """Whatever waits, once something does."""
        batch = [await self.queue.get()]
        while len(batch) < MOST_IN_BATCH and not self.queue.empty():
            batch.append(self.queue.get_nowait())
        return batch

    def later(self, item: Item) -> None:
        """Let a request wait for the other that has its word."""
        asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._back, item)

    def _back(self, item: Item) -> None:
        try:
            self.queue.put_nowait(item)
        except asyncio.QueueFull:
            item.settle(Full())

    def is_away(self, batch: Iterable[Item]) -> None:
        """The database cannot be reached: say so to these, and for a moment to whoever comes."""
        self.away_until = asyncio.get_running_loop().time() + AWAY_SECONDS
        for item in batch:
            item.settle(Away())

    async def standing(self) -> Standing:
        """What requests are judged by, as last read."""
        return self.kept or await self.renew(None)

    async def renew(self, seen: Standing | None) -> Standing:
        """Read it again, unless that was done since `seen` was read. Those who come meanwhile wait for the same."""
        if self.kept is not None and self.kept is not seen:
            return self.kept
        if self.reading is None or self.reading.done():
            self.reading = asyncio.ensure_future(self._read())
        return await asyncio.shield(self.reading)

    async def _read(self) -> Standing:
        self.kept = found = await asyncio.get_running_loop().run_in_executor(self.reader, read)
        return found

    def nudge(self) -> None:
        """Wake the relay soon; what is committed meanwhile is one nudge."""
        if not self.nudging:
            self.nudging = True
            asyncio.get_running_loop().call_later(NUDGE_SECONDS, self._nudge)

    def _nudge(self) -> None:
        self.nudging = False
        nudge()

    async def close(self) -> None:
        """Let the writers end, and forget their connections."""
        for task in self.work:
            task.cancel()
        await asyncio.gather(*self.work, return_exceptions=True)
        self.work = []
        await asyncio.get_running_loop().run_in_executor(self.reader, connections.close_all)
        self.reader.shutdown()

    @staticmethod
    def parameters() -> dict[str, Any]:
        """How writers connect: as Django does."""
        given = connection.get_connection_params()
        return {key: given[key] for key in KEPT if given.get(key)} | {"connect_timeout": CONNECT_SECONDS}


