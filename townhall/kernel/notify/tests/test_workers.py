"""Several workers at once, on a database that really commits."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from townhall.kernel.notify import actions
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.rules import Address

ASHA = Address(name="Asha Begum", email="asha@example.org")


@pytest.mark.commits
def test_two_workers_send_each_letter_once(own_database: str, mail: Any, at: datetime) -> None:
    values = {"title": "a lamp", "name": "Asha", "link": "/reports/9TX2-MKD"}
    for number in range(60):
        actions.write(kind="test_letter", key=f"k{number}", values=values, at=at, address=ASHA)

    def work() -> None:
        try:
            actions.send_due(at)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    identifiers = [message["Message-ID"] for message in mail.taken]
    assert len(identifiers) == len(set(identifiers)) == 60
    assert Letter.objects.filter(state="sent").count() == 60
