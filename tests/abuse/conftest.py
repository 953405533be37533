"""One of everything, for hostile visitors."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture(scope="module")
def one_connection() -> Iterator[None]:
    """Calls of the whole WSGI application stay in the test's transaction, as those of Django's own client do.

    Ask for it last: that client turns the signals on again.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
