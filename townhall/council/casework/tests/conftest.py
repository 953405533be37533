"""What casework's tests share: somebody signed in, and cases around today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories
from townhall.kernel.geo.rules import Point
from townhall.kernel.identity.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
HOPE_STREET = Point(360_100.0, 500_200.0)


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A browser in which a person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    return signed_in


@pytest.fixture
def case(council: Any) -> Callable[..., Case]:
    """Opens a case now, with Street Scene unless its category says otherwise."""

    def opened(**fields: Any) -> Case:
        an_hour_ago = timezone.now() - timedelta(hours=1)
        usual: dict[str, Any] = {"at": an_hour_ago, "point": HOPE_STREET, "reporter": council.resident}
        return factories.case(**(usual | fields))

    return opened
