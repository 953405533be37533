import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.jobs import worker
from townhall.kernel.jobs.clock import Clock
from townhall.kernel.jobs.models import TimerRun
from townhall.kernel.jobs.registries import Timer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("wrong", [-HOUR, timedelta(), 2 * HOUR])
def test_a_worker_whose_clock_is_wrong_tells_the_databases_time(settings: Any, wrong: timedelta) -> None:
    settings.TOWNHALL_CLOCK_OFFSET = wrong
    clock = Clock()
    before = datetime.now(UTC)
    clock.agree()
    assert abs(clock.own() - before - wrong) < timedelta(minutes=1)
    assert abs(clock.now() - before) < timedelta(minutes=1)


def test_a_wrong_clock_is_said_once(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.TOWNHALL_CLOCK_OFFSET = HOUR
    clock = Clock()
    clock.agree()
    clock.agree()
    assert [record.getMessage() for record in caplog.records] == [
        "this clock is wrong by +3600 s; the database's is used"
    ]


def test_a_timer_gets_the_databases_time_from_a_worker_whose_clock_is_wrong(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TOWNHALL_CLOCK_OFFSET = 2 * HOUR
    told: list[datetime] = []
    monkeypatch.setattr(worker, "timers", [Timer(name="a test's", seconds=1, run=told.append)])
    ours = worker.Worker()
    monkeypatch.setattr(ours, "pool", AtOnce())
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    ours.stopping = threading.Event()
    ours.stop()
    ours._timers()
    assert abs(told[0] - datetime.now(UTC)) < timedelta(minutes=1)
    assert abs(TimerRun.objects.get(name="a test's").ran_at - datetime.now(UTC)) < timedelta(minutes=1)


class AtOnce:
    """A pool that does the work while it is asked."""

    def submit(self, work: Any, *arguments: Any) -> None:
        work(*arguments)
