"""`townhall package migrate` as processes of its own: killed in the middle, and two at once."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from townhall.kernel.cases.models import Case, Entry, Task
from townhall.kernel.cases.tests import factories
from townhall.residents.services.models import Application, Course, Transfer, Version
from townhall.residents.services.tests import movers

pytestmark = pytest.mark.long
CASES, BATCH = 12, 4
WAITS = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
Migrate = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def versions(own_database: str, at: datetime) -> tuple[Version, Version]:
    """Two versions, and cases on the first of them, in a database that really commits."""
    factories.council()
    found = movers.published(movers.FIRST, at), movers.published(movers.SECOND, at)
    for number in range(CASES):
        movers.running(found[0], at, {"look": {"pence": 5}} if number % 3 == 0 else None)
    return found


@pytest.fixture
def migrate(own_database: str, versions: tuple[Version, Version], tmp_path: Path) -> Iterator[Migrate]:
    """Call it to start the command; what still runs is ended after the test."""
    mapping, begun = tmp_path / "mapping.yaml", list[subprocess.Popen[str]]()
    first, second = (each.hash[:12] for each in versions)
    mapping.write_text(f"from: '{first}'\nto: '{second}'\nstates: {{look: read}}\n")
    told = os.environ | {
        "DATABASE_URL": own_database, "TOWNHALL_HOME": str(tmp_path),
    }  # fmt: skip
    words = ["package", "migrate", "asking", "--from", first, "--to", second, "--mapping", str(mapping)]

    def start(*more: str, most: int = BATCH) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "townhall", *words, "--batch", str(most), *more]
        begun.append(subprocess.Popen(command, env=told, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        return begun[-1]

    yield start
    for each in begun:
        each.kill()
        each.wait()


@contextmanager
def held(key: Any) -> Iterator[None]:
    """Somebody works with a case: whoever wants it waits."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=key)
        yield


def until_it_waits(process: "subprocess.Popen[str]") -> None:
    """Wait until a process waits for somebody."""
    with connection.cursor() as cursor:
        for _ in range(600):
            assert process.poll() is None, process.communicate()
            cursor.execute("select pg_sleep(0.05), pg_stat_clear_snapshot()")
            cursor.execute(WAITS)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("it never waited")


def ended(process: "subprocess.Popen[str]") -> str:
    """What a process says, whole, once it has ended well."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def cut_off(process: "subprocess.Popen[str]", key: Any) -> None:
    """Kill it in the middle of the batch that has a case."""
    with held(key):
        until_it_waits(process)
        process.kill()
        process.communicate()


def wholes() -> dict[Any, tuple[Any, ...]]:
    """Of each case all that must be as it was."""
    tasks: dict[Any, list[Any]] = {}
    for task in Task.objects.filter(done_at=None).order_by("pk").values():
        tasks.setdefault(task["case_id"], []).append(task)
    found = Course.objects.select_related("application").order_by("pk")
    return {
        each.pk: (each.state, each.tasks, each.next_at, each.application.version_id, tasks.get(each.pk, []))
        for each in found
    }


def moves() -> Counter[str]:
    """How often each case has a row in its timeline that it was moved."""
    return Counter(
        str(each.case_id) for each in Entry.objects.filter(kind="step") if each.data.get("did") == "transferred"
    )


def test_what_is_killed_goes_on_by_two_at_once_and_comes_back_so(
    versions: tuple[Version, Version], migrate: Migrate
) -> None:
    before, keys = wholes(), list(Course.objects.order_by("pk").values_list("pk", flat=True))
    for more, whither in ((), versions[1]), (("--back",), versions[0]):
        cut_off(migrate(*more), keys[6])
        there = Application.objects.filter(version=whither)
        assert there.count() == BATCH, "the batch that was cut off did nothing"
        both = [migrate(*more, most=1) for _ in range(2)]
        said = [ended(each) for each in both]
        assert all("cases went over" in each for each in said), said
        assert there.count() == CASES
    assert moves() == {str(key): 2 for key in keys}, "each once there and once back"
    assert wholes() == before
    assert Transfer.objects.under_way().count() == 0
