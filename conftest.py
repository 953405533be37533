"""The test suite's database: real PostgreSQL, one copy a process, from a template that is made once per set of
migrations.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from townhall.launch import postgres, roles

pytest_plugins = ["tests.running"]
ROOT = Path(__file__).parent
SERVER_HOME = Path(os.environ.get("TOWNHALL_TEST_POSTGRES", ROOT / ".townhall" / "test-postgres"))
SHARED_DATA = ROOT.parent / "shared" / "data"
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
"""A Tuesday, so that clocks in working days are easy to follow."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys share one demo and one browser, so they go to one process."""
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("demo"))


def migrations_hash() -> str:
    """Changes whenever any migration of ours changes."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "townhall").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _copy(server: postgres.Server, template: str, name: str) -> None:
    roles.drop_database(server, name)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        statement = sql.SQL("create database {} template {} owner {} strategy wal_log")
        connection.execute(
            statement.format(sql.Identifier(name), sql.Identifier(template), sql.Identifier(roles.OWNER))
        )


def _template(server: postgres.Server) -> str:
    name = f"template_{migrations_hash()}"
    lock = psycopg.connect(server.url("postgres"), autocommit=True)
    with lock:
        lock.execute("select pg_advisory_lock(42)")
        if lock.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return name
        roles.drop_database(server, f"{name}_new")
        _, owning = roles.ensure_database(server, f"{name}_new")
        _migrate(owning)
        lock.execute(
            sql.SQL("alter database {} rename to {}").format(sql.Identifier(f"{name}_new"), sql.Identifier(name))
        )
    return name


def _migrate(url: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    _use(url)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def _use(url: str) -> None:
    from django.db import connections

    from townhall.config.databases import database

    connections.close_all()
    connections["default"].settings_dict.update(database(url))
    connections.settings["default"].update(database(url))


@pytest.fixture(scope="session")
def postgres_server() -> postgres.Server:
    """The tests' own PostgreSQL, without fsync."""
    return postgres.start(SERVER_HOME, durable=False)


@pytest.fixture(scope="session")
def template(postgres_server: postgres.Server, django_db_blocker: Any) -> str:
    """The database that all others are copied from, as the migrations were when the tests began."""
    with django_db_blocker.unblock():
        return _template(postgres_server)


@pytest.fixture(scope="session")
def django_db_setup(postgres_server: postgres.Server, template: str, django_db_blocker: Any) -> Iterator[None]:
    """This process's database; tests use it as the role that owns nothing."""
    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():
        _copy(postgres_server, template, name)
        _use(postgres_server.url(name, roles.SERVES))
    yield
    with django_db_blocker.unblock():
        from django.db import connections

        connections.close_all()
    roles.drop_database(postgres_server, name)


@pytest.fixture
def own_database(
    postgres_server: postgres.Server, template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A database for one test that really commits; its address. Django uses it while the test runs."""
    yield from _another(postgres_server, template, django_db_blocker, f"own_{os.getpid()}")


@pytest.fixture(scope="module")
def shared_database(
    postgres_server: postgres.Server, template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A database for all tests of a file, which really commit; its address. Django uses it while they run."""
    yield from _another(postgres_server, template, django_db_blocker, f"shared_{os.getpid()}")


def _another(server: postgres.Server, template: str, blocker: Any, name: str) -> Iterator[str]:
    from django.db import connections

    usual = f"test_{os.getpid()}"
    with blocker.unblock():
        _copy(server, template, name)
        _use(server.url(name, roles.SERVES))
        yield server.url(name, roles.SERVES)
        connections.close_all()
        _use(server.url(usual, roles.SERVES))
    roles.drop_database(server, name)


@pytest.fixture
def as_superuser(own_database: str, postgres_server: postgres.Server, django_db_blocker: Any) -> None:
    """Django uses the test's own database as the superuser of the server, as the making of the demo does."""
    with django_db_blocker.unblock():
        _use(postgres_server.url(f"own_{os.getpid()}"))


@pytest.fixture(scope="session")
def second_database(postgres_server: postgres.Server, template: str) -> Iterator[str]:
    """The address of one more database, for tests in which two councils talk to one another."""
    name = f"second_{os.getpid()}"
    _copy(postgres_server, template, name)
    yield postgres_server.url(name, roles.SERVES)
    roles.drop_database(postgres_server, name)


@pytest.fixture(autouse=True)
def fresh_atlas() -> None:
    """What the last test loaded was rolled back: boundaries are looked at again."""
    from townhall.kernel.geo import atlas

    atlas.forget()


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Pages that were kept for anyone are those of the last test."""
    from django.core.cache import caches

    caches["memory"].clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords of tests are hashed fast: seven people in a council would take a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at() -> datetime:
    """The present of the tests."""
    return NOON


@pytest.fixture
def relay(db: None) -> Callable[[], list[Any]]:
    """Call it to deliver every waiting event now."""
    from townhall.kernel.outbox.relay import relay_all

    return lambda: relay_all(at=NOON)


@pytest.fixture
def council(db: None) -> Any:
    """Northmere with Merrowshire around it: authorities, teams, people of every role, routing rules."""
    from townhall.kernel.authority import selectors
    from townhall.kernel.cases.tests import factories

    yield factories.council()
    selectors.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that lies beside the project; tests that need it are skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs the data that lies beside the project, in {SHARED_DATA.name}")
    return SHARED_DATA
