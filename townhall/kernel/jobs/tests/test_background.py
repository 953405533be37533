import threading

import pytest
from django.db import connection

from townhall.kernel.jobs import actions, background
from townhall.kernel.jobs.models import Progress


@pytest.mark.commits
def test_a_job_whose_worker_died_is_done_by_the_next_one(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    counting = {"test.count": lambda progress, **_arguments: done.append(progress.title)}
    monkeypatch.setattr(background, "background", counting)
    monkeypatch.setattr(actions, "background", counting)
    progress = actions.start("test.count", title="Counting", owner=None)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', attempts = 1")
    stopping = threading.Event()
    stopping.set()
    background.work(stopping)
    progress.refresh_from_db()
    assert done == ["Counting"]
    assert progress.state == Progress.State.DONE
