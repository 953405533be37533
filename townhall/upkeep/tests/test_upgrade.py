"""An upgrade as an operator runs it, with migrations of a package from outside: good ones and bad ones."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests.running import ROOT
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories
from townhall.kernel.outbox.nudge import nudger
from townhall.launch import roles
from townhall.upkeep import programs, rules, snapshots
from townhall.upkeep.actions import closing

HEAD = "from django.db import migrations\nclass Migration(migrations.Migration):\n    atomic = False\n"
FIRST = '    operations = [migrations.RunSQL("create table allotments_plot as select 1 as id")]\n'
NEXT = '    dependencies = [("allotments", "0001_initial")]\n    operations = [migrations.RunSQL("{}", "select 1")]\n'
GOOD = NEXT.format("alter table allotments_plot add column number int")
HALF_WAY = NEXT.format("update cases_case set title = 'ruined'; commit; select 1 / 0")
TAKES_ROWS = NEXT.format("alter table allotments_plot add column number int; delete from outbox_event")
BREAKS_SERVING = NEXT.format(
    "alter table outbox_event rename column kind to sort; revoke select on outbox_event from public, {serves}"
)
Upgrade = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A module in a package of its own, as another supplier would install it; its second migration is the test's."""
    folder = tmp_path / "site" / "allotments"
    (folder / "migrations").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "migrations" / "__init__.py").touch()
    (folder / "apps.py").write_text(
        "from townhall.kernel.modules import base\n"
        "class Allotments(base.Module):\n    name = 'allotments'\n    title = 'Allotments'\n"
    )
    (folder / "migrations" / "0001_initial.py").write_text(HEAD + FIRST)
    about = tmp_path / "site" / "allotments-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: allotments\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[townhall.modules]\nallotments = allotments.apps:Allotments\n")
    return folder


@pytest.fixture
def upgrade(installation: Any, package: Path, tmp_path: Path, pair: Any) -> Upgrade:
    """Call it with the second migration: the finished `townhall upgrade` of a council with one case."""
    factories.case()
    nudger.close()

    def run(migration: str, *words: str) -> subprocess.CompletedProcess[str]:
        (package / "migrations" / "0002_second.py").write_text(HEAD + migration)
        told = os.environ | {
            "PYTHONPATH": f"{ROOT}{os.pathsep}{package.parent}",
            "TOWNHALL_HOME": str(tmp_path / "home"),
            "TOWNHALL_BACKUP_KEY": str(pair.to_public()),
        }
        command = [sys.executable, "-m", "townhall", "upgrade", *words]
        return subprocess.run(command, env=told, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def everything() -> dict[str, rules.Table]:
    """Every table with its fingerprint; the test lets go of the database."""
    connections.close_all()
    with programs.connect(programs.owner_url()) as connection:
        return snapshots.tables(connection)


def is_closed() -> bool:
    """Whether the database only reads."""
    with programs.connect(programs.owner_url()) as connection:
        return closing.is_closed(connection.cursor())


@pytest.mark.commits
def test_an_upgrade_backs_up_migrates_and_tries_a_web_process(upgrade: Upgrade, tmp_path: Path) -> None:
    before = everything()
    done = upgrade(GOOD)
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["Checked", "Backed up", "Migrated", "Verified"]
    assert "allotments.0001_initial, allotments.0002_second" in done.stdout
    after = everything()
    assert after["allotments_plot"].rows == 1
    assert {name: after[name] for name in before if name.startswith("cases_")} == {
        name: table for name, table in before.items() if name.startswith("cases_")
    }
    assert len(list((tmp_path / "home" / "backups").glob("*.backup"))) == 1
    assert not is_closed()
    assert upgrade(GOOD).stdout.splitlines()[-1] == "The database is up to date: nothing was changed."


@pytest.mark.commits
@pytest.mark.parametrize(
    ("migration", "says"),
    [(HALF_WAY, "migrating ended with: .*division by zero"), (TAKES_ROWS, r"outbox_event has 0 rows, before \d+")],
    ids=["a migration that fails half way", "one that succeeds and takes rows away"],
)
def test_a_failed_upgrade_leaves_every_row_as_it_was(upgrade: Upgrade, migration: str, says: str) -> None:
    before = everything()
    done = upgrade(migration)
    assert done.returncode == 1
    assert "the database is as it was before" in done.stderr
    assert any(line.startswith("Failed:") for line in done.stdout.splitlines())
    assert re.search(says, done.stdout)
    assert everything() == before
    assert not is_closed()
    Case.objects.update(title="People write again")


@pytest.mark.commits
def test_a_version_that_cannot_serve_is_put_back(upgrade: Upgrade) -> None:
    before = everything()
    done = upgrade(BREAKS_SERVING.format(serves=roles.SERVES))
    assert "a web process does not become ready" in done.stdout
    assert done.returncode == 1
    assert everything() == before


@pytest.mark.commits
def test_an_upgrade_waits_until_nobody_else_is_connected(upgrade: Upgrade, own_database: str) -> None:
    with psycopg.connect(own_database) as somebody:
        somebody.execute("select 1")
        done = upgrade(GOOD)
    assert done.returncode == 1
    assert "Stop the web and worker processes" in done.stderr
    assert "allotments_plot" not in everything()
    assert not is_closed()


@pytest.mark.commits
def test_after_an_upgrade_that_was_cut_off_the_words_say_both_ways(upgrade: Upgrade, own_database: str) -> None:
    connections.close_all()
    closing.close()
    with psycopg.connect(own_database) as somebody, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        somebody.execute("delete from cases_case")
    done = upgrade(GOOD)
    assert "--replace --key KEYFILE" in done.stderr
    assert "townhall upgrade --go-on" in done.stderr
    assert upgrade(GOOD, "--go-on").returncode == 0
    assert not is_closed()
