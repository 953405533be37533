"""What most journeys walk through: a service that asks a question of every kind. Others publish their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.journeys.serving import serving
from townhall.residents.services.tests import factories


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server on a database of its own, with the service published."""
    settings.ALLOWED_HOSTS = ["*"]
    factories.grant(timezone.now())
    yield from serving()
