"""The cluster, started once for these tests; skipped only where a program is truly absent."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from tests.scale import cluster as clusters
from tests.scale.cluster import Cluster
from townhall.config.databases import database
from townhall.kernel.cases.tests import factories
from townhall.launch import postgres
from townhall.residents.open311.tests import factories as open311
from townhall.residents.reports.tests import factories as reports

PACKAGES = {"nginx": "nginx", "pgbouncer": "pgbouncer"}


@dataclass
class Town:
    """The cluster, the key of another system, and an officer's session."""

    cluster: Cluster
    api_key: str
    officer: dict[str, str]


def _programs() -> None:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    absent = [package for program, package in PACKAGES.items() if shutil.which(program, path=path) is None]
    if absent and os.environ.get("TOWNHALL_BROWSER") == "required":
        pytest.fail(f"{' and '.join(absent)} required here: install Debian's packages of these names")
    if absent:
        pytest.skip(f"needs {' and '.join(absent)}: install Debian's packages of these names")


@pytest.fixture(scope="session")
def town(
    postgres_server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Town]:
    """A small council served by two web, one hot-lane and two worker processes behind nginx."""
    _programs()
    made: dict[str, Any] = {}
    with django_db_blocker.unblock():

        def prepare(url: str) -> None:
            before = dict(connections["default"].settings_dict)
            connections.close_all()
            connections["default"].settings_dict.update(database(url))
            made.update(_people())
            connections.close_all()
            connections["default"].settings_dict.update(before)

        home = tmp_path_factory.mktemp("scale")
        cluster = clusters.begin(home, postgres_server.url(template), prepare)
    try:
        yield Town(cluster, **made)
    finally:
        cluster.stop()


def _people() -> dict[str, Any]:
    council = factories.council()
    reports.categories()
    _key, secret = open311.key()
    client = Client()
    client.force_login(council.officer, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"api_key": secret, "officer": {name: client.cookies[name].value}}
