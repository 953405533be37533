"""Letters are found for the person they went to, and for nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.notify import actions, holdings
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.rules import Address
from townhall.kernel.privacy.registries import holdings as declared

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter]


def test_letters_to_an_account_and_to_a_proved_address_are_found(write: Write, council: Any) -> None:
    write(person=council.resident, address=None)
    write(key="k2", address=Address(email="ASHA@example.org"))
    write(key="k3", person=council.neighbour, address=None)
    actions.send_code("email", "asha@example.org", "402913", "en")
    found = holdings.find_letters(council.resident)
    assert len(found) == 2
    assert all("402913" not in str(record.values) for record in found)
    council.resident.email_verified_at = None
    assert len(holdings.find_letters(council.resident)) == 1


def test_preferences_and_work_are_found(council: Any, at: datetime) -> None:
    assert holdings.find_preference(council.resident) == []
    actions.set_preference(person=council.resident, channel="sms", large_print=True, at=at)
    assert holdings.find_preference(council.resident)[0].values
    assert holdings.find_work(council.administrator) == []


def test_old_letters_go_but_not_those_on_their_way(write: Write, at: datetime) -> None:
    write()
    assert not holdings.old_letters(at + timedelta(days=1))
    actions.send_due(at)
    assert holdings.old_letters(at + timedelta(days=1)).count() == 1


def test_every_table_is_declared() -> None:
    named = {model for entry in declared for model in entry.models if model.startswith("notify.")}
    assert named == {"notify.Letter", "notify.Preference", "notify.ChangedWording", "notify.Batch"}
