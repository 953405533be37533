"""One connection that writes what waits: look-ups, rows and commit of a whole batch, and answers after it."""
import logging
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
from django.db import Error as DjangoError
from psycopg import AsyncConnection, errors

from townhall.residents.open311.intake import statements
from townhall.residents.open311.intake.items import HandOver, Item, Outcome
from townhall.residents.open311.intake.judging import Batch
from townhall.residents.open311.intake.looking import Link, look

if TYPE_CHECKING:
    from townhall.residents.open311.intake.desk import Desk

log = logging.getLogger("townhall.intake")
TRIES = 3
STATEMENT_MILLISECONDS = 8_000
BY_INDEX = "set enable_seqscan = off"
"""All that is looked up has an index. A plan that is kept from when a table was empty would read all of it ever after.
"""
UNREACHABLE = (psycopg.OperationalError, psycopg.InterfaceError, DjangoError, OSError)


class Writer:
    """Takes batches from the desk, one after another."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.link: Link | None = None
        self.seen: dict[UUID, datetime] = {}

    async def work(self) -> None:
        """Write batches for ever."""
        try:
            while True:
                await self._work_once(await self.desk.next_batch())
        finally:
            await self._hang_up()

    async def _work_once(self, batch: list[Item]) -> None:
        try:
            await self._settle(batch)
        except Exception:
            log.exception("batch failed", extra={"part": "intake", "count": len(batch)})
            await self._hang_up()
            for item in batch:
                item.settle(HandOver())

    async def _settle(self, batch: list[Item]) -> None:
        """Answer every request of the batch.

        A lost connection and a reference that is taken are met by doing it again: whatever was written all the same is
        known by then. What spoils a batch otherwise goes to the pages' lane, which says what is wrong with it.
        """
        away = False
        for _ in range(TRIES):
            try:
                return await self._write(batch)
            except errors.UniqueViolation:
                away = False
            except UNREACHABLE:
                away = True
            except psycopg.Error:
                away = False
                break
            await self._hang_up()
        await self._hang_up()
        if away:
            return self.desk.is_away(batch)
        if len(batch) == 1:
            return batch[0].settle(HandOver())
        for item in batch:
            await self._settle([item])
        return None

    async def _write(self, batch: list[Item]) -> None:
        link = await self._connected()
        standing = await self.desk.standing()
        found = await look(link, standing, batch, self.seen)
        if found.edition != standing.edition:
            await link.execute("rollback")
            await self.desk.renew(standing)
            return await self._write(batch)
        made = Batch(standing=standing, known=dict(found.known), people=dict(found.people))
        settled: list[tuple[Item, Outcome | Exception]] = []
        for item in batch:
            if item.answer.done():
                continue
            key = standing.keys.get(item.digest)
            if key and item.sending(key).word(is_update=False) not in found.free:
                self.desk.later(item)
            else:
                settled.append((item, made.judge(item)))
        await self._save(link, made)
        for item, outcome in settled:
            item.settle(outcome)
        if made.rows:
            self.desk.nudge()
        return None

    async def _save(self, link: Link, made: Batch) -> None:
        """Write the rows and commit; with none, let the locks go."""
        async with link.pipeline() as line:
            for insert, rows in zip(statements.inserts(), made.to_write(), strict=True):
                if rows:
                    await link.execute(insert.statement.encode(), [insert.parameter(rows)], prepare=True)
            await link.execute("commit")
            await line.sync()

    async def _connected(self) -> Link:
        if self.link is None or self.link.closed:
            self.link = await AsyncConnection.connect(**self.desk.parameters(), autocommit=True)
            await self.link.execute(f"set statement_timeout = {STATEMENT_MILLISECONDS}; {BY_INDEX}".encode())
        return self.link

    async def _hang_up(self) -> None:
        """Close the connection, and with it whatever was begun."""
        link, self.link = self.link, None
        if link is not None:
            await link.close()
