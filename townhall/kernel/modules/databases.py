"""Which database a read goes to: the primary, or a replica where what is shown may be a moment old.

A view that only reads wears `may_lag`. It reads from the replica that DATABASE_REPLICA_URL names while that one is near
enough, and not for somebody whose own last write has not arrived there: they see what they did.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("townhall.replica")
REPLICA = "replica"
LOOK_SECONDS = 1.0
LOOK_AGAIN_SECONDS = 5.0
"""How long a replica that was away is left alone."""
WROTE_COOKIE, WROTE_SECONDS = "wrote_at", 300
READ_FROM = "X-Read-From"
NOW_AT = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
REPLAYED = """
    select pg_is_in_recovery(), coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint,
           coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float"""
_alias: ContextVar[str] = ContextVar("alias", default=DEFAULT_DB_ALIAS)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the replica is: how far it has replayed, how many seconds and bytes it is behind; `away` says why not."""

    position: int = 0
    seconds: float = 0.0
    bytes: int = 0
    away: str = ""

    @property
    def is_near(self) -> bool:
        """Whether it may be read from."""
        return not self.away and self.seconds <= settings.TOWNHALL_REPLICA_LAG


class Replica:
    """What this process knows of the replica; looked at once a second, when somebody asks."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.standing = Standing(away="not looked at yet")
        self.look_at = 0.0

    def now(self) -> Standing:
        """How it is, at most a second ago. Whoever asks while another looks gets what was known before."""
        if time.monotonic() >= self.look_at and self.lock.acquire(blocking=False):
            try:
                self.standing = look()
                pause = LOOK_AGAIN_SECONDS if self.standing.away else LOOK_SECONDS
                self.look_at = time.monotonic() + pause
            finally:
                self.lock.release()
        return self.standing

    def failed(self, error: Exception) -> None:
        """Leave it alone for a while."""
        log.warning("the replica failed", extra={"error": type(error).__name__})
        self.standing = Standing(away=type(error).__name__)
        self.look_at = time.monotonic() + LOOK_AGAIN_SECONDS


replica = Replica()


class Router:
    """Reads of a view that may lag go to the replica; every write goes to the primary."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Where this read goes."""
        return _alias.get()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Where every write goes, also of what was read from the replica."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Both are the same data."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """Only the primary is migrated."""
        return db == DEFAULT_DB_ALIAS


def has_replica() -> bool:
    """Whether this installation has one."""
    return REPLICA in connections.settings


def reading() -> Any:
    """The connection for a read by hand, as `connection` is for everything else."""
    return connections[_alias.get()]


def direct() -> dict[str, Any]:
    """How psycopg reaches the database itself, past any pooler: for LISTEN and what outlasts a transaction."""
    given = settings.TOWNHALL_DIRECT or connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    kept = {key: given[name] for key, name in names.items() if given.get(name)}
    ssl = {key: value for key, value in given.get("OPTIONS", {}).items() if key.startswith("ssl")}
    return kept | ssl


def look() -> Standing:
    """Ask the primary where it is, and the replica how far it has come."""
    try:
        with connection.cursor() as primary, connections[REPLICA].cursor() as cursor:
            primary.execute(NOW_AT)
            ahead = primary.fetchone()[0]
            cursor.execute(REPLAYED)
            is_replica, position, seconds = cursor.fetchone()
    except (OperationalError, InterfaceError) as error:
        connections[REPLICA].close()
        return Standing(away=type(error).__name__)
    if not is_replica:
        return Standing(away="it is no replica")
    behind = max(0, ahead - position)
    return Standing(position=position, seconds=seconds if behind else 0.0, bytes=behind)


def may_lag(view: View) -> View:
    """Let a view that only reads use the replica. Where that fails half way, the view is asked again of the primary."""

    @wraps(view)
    def either(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"} and has_replica() and _is_good_for(request):
            try:
                with _from_replica():
                    response = view(request, *args, **kwargs)
                response.headers[READ_FROM] = f"replica; seconds={replica.standing.seconds:.1f}"
            except (OperationalError, InterfaceError) as error:
                replica.failed(error)
            else:
                return response
        return view(request, *args, **kwargs)

    return either


@contextmanager
def _from_replica() -> Iterator[None]:
    token = _alias.set(REPLICA)
    try:
        yield
    finally:
        _alias.reset(token)


def _is_good_for(request: HttpRequest) -> bool:
    standing = replica.now()
    wrote = request.COOKIES.get(WROTE_COOKIE, "0")
    return standing.is_near and wrote.isdecimal() and int(wrote[:20]) <= standing.position


class OwnWrites:
    """Remembers, in a cookie of the writer, how far the database was when they wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; after a write, note the place."""
        response = self.get_response(request)
        if has_replica() and request.method not in {"GET", "HEAD", "OPTIONS"} and response.status_code < 400:
            with connection.cursor() as cursor:
                cursor.execute("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                position = str(cursor.fetchone()[0])
            response.set_cookie(
                WROTE_COOKIE, position, max_age=WROTE_SECONDS, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response
