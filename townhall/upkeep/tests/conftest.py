"""A council's database with keys for its backups, and another database that is empty."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest

from townhall.kernel.cases.tests import factories
from townhall.launch import postgres, roles


def quiet(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def pair() -> Any:
    """A secret key; its `to_public` is what backups are encrypted to."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def key_file(tmp_path: Path, pair: Any) -> Path:
    """The secret key as a file."""
    path = tmp_path / "secret.key"
    path.write_text(f"# a comment\n{pair}\n")
    return path


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch, postgres_server: postgres.Server) -> Callable[[str], None]:
    """Call it with a database's name: commands of upkeep then work on that one."""

    def point(name: str) -> None:
        monkeypatch.setenv("DATABASE_URL", postgres_server.url(name, roles.SERVES))
        monkeypatch.setenv("DATABASE_OWNER_URL", postgres_server.url(name, roles.OWNER))

    return point


@pytest.fixture
def installation(own_database: str, use: Callable[[str], None], settings: Any, tmp_path: Path) -> Any:
    """A small council in a database of its own, with a folder for its documents."""
    settings.TOWNHALL_HOME = tmp_path / "home"
    use(f"own_{os.getpid()}")
    return factories.council()


@pytest.fixture
def empty_database(postgres_server: postgres.Server) -> Iterator[str]:
    """The name of a database with roles and extensions, and no tables."""
    name = f"empty_{os.getpid()}"
    roles.drop_database(postgres_server, name)
    roles.ensure_database(postgres_server, name)
    yield name
    roles.drop_database(postgres_server, name)


@pytest.fixture
def elsewhere(empty_database: str, use: Callable[[str], None], settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Call it to go to another machine, so to say: an empty database and an empty folder for documents."""

    def go() -> None:
        settings.TOWNHALL_HOME = tmp_path / "elsewhere"
        use(empty_database)

    return go
