"""What the tests of signing in share: a sender that keeps what it is given, in place of the real ones."""

from typing import Any

import pytest
from django.core.cache import cache

from townhall.kernel.identity import registries


class Sent(list[tuple[str, str, str, str]]):
    """Codes as they were handed over: channel, address, code, language."""

    @property
    def code(self) -> str:
        """The last code."""
        return self[-1][2]

    def send(self, channel: str, address: str, code: str, language: str) -> None:
        """Keep it."""
        self.append((channel, address, code, language))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """The codes that were sent in this test."""
    kept = Sent()
    monkeypatch.setattr(registries.code_sender, "_entries", {"test": kept.send})
    return kept


@pytest.fixture(autouse=True)
def no_memory(request: pytest.FixtureRequest) -> None:
    """Used digits are kept in the shared cache, which a test's rollback empties; nothing is kept between tests."""
    if "db" in request.fixturenames or "council" in request.fixturenames:
        cache.clear()


@pytest.fixture(autouse=True)
def fast_passwords(settings: Any) -> None:
    """One round of hashing: these tests are of who may enter, not of how slow a guess is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
