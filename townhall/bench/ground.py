"""What figures stand on: the loaded database, running processes, signed-in visitors, and CPU counted apart."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from townhall.bench.database import Database
from townhall.bench.loading import Asked, Loaded, load
from townhall.bench.processes import Process, Served, free_port, serve, start
from townhall.bench.visiting import Visitor, visit

ONE = "/account/preferences/"
"""The simplest signed-in page that we have: full middleware, page shell, and one ORM query of its own."""
ONES = 250
STRICT = "-c log_statement=all"
ALIVE = "statement: SELECT 1"


@dataclass(frozen=True, slots=True)
class Cost:
    """A load, with the milliseconds of CPU per answer of the server and of PostgreSQL."""

    loaded: Loaded
    server_ms: float
    postgres_ms: float


@dataclass(slots=True)
class Ground:
    """One bench: what was started is kept until `clear`. `round` counts the runs, from 0."""

    database: Database
    quick: bool = False
    round: int = 0
    started: dict[str, Served] = field(default_factory=dict)
    visitors: dict[tuple[str, str], Visitor] = field(default_factory=dict)
    ones: dict[int, Cost] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def server(self, name: str = "pages", *words: str, **told: str) -> Served:
        """A `townhall serve` process, started when first asked for; further words and environment as given."""
        if name not in self.started:
            port = free_port()
            self.started[name] = serve(list(words), self.database.environment(port) | told, port)
        return self.started[name]

    def counted(self) -> Served:
        """A server whose every statement PostgreSQL writes to its log; for counting, never for timing."""
        with self.database.connect() as connection:
            connection.execute("grant set on parameter log_statement to townhall_serves")
        url = f"{self.database.environment(0)['DATABASE_URL']}&options={STRICT.replace(' ', '%20')}"
        return self.server("counted", "--threads", "1", DATABASE_URL=url)

    @contextmanager
    def worker(self) -> Iterator[Process]:
        """A `townhall worker` process while a figure needs one; none runs else."""
        port = next((each.port for each in self.started.values()), 0)
        working = Process(start(["worker"], self.database.environment(port)))
        try:
            yield working
        finally:
            working.stop()

    def visitor(self, role: str = "", *, server: str = "pages") -> Visitor:
        """A visitor of one of the running servers, walked in once as one of the demo's roles."""
        key = (server, role)
        if key not in self.visitors:
            self.visitors[key] = visit(self.started[server].url, role)
        return self.visitors[key]

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database answers, asked from outside."""
        with self.database.connect() as connection:
            return connection.execute(statement.encode(), values or None).fetchall()

    def run(self, statement: str, *values: Any) -> None:
        """Change something in the database from outside."""
        with self.database.connect() as connection:
            connection.execute(statement.encode(), values or None)

    def settle(self) -> None:
        """Take all events for relayed: what follows from them would only disturb the figures that come next."""
        self.run("update outbox_event set relayed_at = now() where relayed_at is null")

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        """Something that is made once for all runs."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def some(self, number: int) -> int:
        """How many times to do something: `number`, a few in a quick run."""
        return max(4, number // 25) if self.quick else number

    def cost(self, server: Served, requests: Sequence[Asked], **how: Any) -> Cost:
        """Load a server and count CPU meanwhile, the server's and PostgreSQL's apart."""
        before, before_postgres = server.cpu(), self.database.cpu()
        loaded = load(server.port, requests, **how)
        took, took_postgres = server.cpu() - before, self.database.cpu() - before_postgres
        return Cost(loaded, took * 1000 / loaded.answers, took_postgres * 1000 / loaded.answers)

    def one(self) -> Cost:
        """What `one` costs in this round; measured once a round."""
        if self.round not in self.ones:
            server = self.server()
            headers = self.visitor("resident").headers
            load(server.port, [{"path": ONE}], total=self.some(50), headers=headers)
            self.ones[self.round] = self.cost(
                server, [{"path": ONE}], total=self.some(ONES), clients=2, headers=headers
            )
        return self.ones[self.round]

    def statements(self, ask: Callable[[], object]) -> int:
        """How many statements PostgreSQL was sent while something was asked of the counted server: all of them, those
        of transactions too, but not the look whether the connection is alive.
        """
        log = self.database.server.data.parent / "postgres.log"
        size = log.stat().st_size
        ask()
        with log.open("rb") as file:
            file.seek(size)
            lines = file.read().decode(errors="replace").splitlines()
        said = [line.partition("LOG:  ")[2] for line in lines]
        return sum(line.startswith(("statement: ", "execute ")) and line != ALIVE for line in said)

    def clear(self) -> None:
        """Stop what was started."""
        for served in self.started.values():
            served.stop()
        for visitor in self.visitors.values():
            visitor.client.close()
