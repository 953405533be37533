"""Calls of the API in a colleague's name: `Authorization: Bearer KEY`."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer

from townhall.kernel.identity.actions.keys import key_of
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.actions.signing_in import came_from
from townhall.kernel.identity.models import PersonKey

WRONG_KEYS, WINDOW_SECONDS = 30, 900


class Colleague(HttpBearer):
    """Whoever holds a colleague's key with one of the scopes. What the person may not do, the key may not do either."""

    def __init__(self, *scopes: str) -> None:
        super().__init__()
        self.scopes = scopes

    def authenticate(self, request: HttpRequest, token: str) -> PersonKey | None:
        """The key, or None for a wrong one, which counts against the caller's address."""
        at = datetime.now(UTC)
        key = key_of(token[:200], at)
        if key is None:
            tries = f"wrong API keys from {came_from(request)}"
            if not within_limit(tries, WRONG_KEYS, seconds=WINDOW_SECONDS, at=at):
                raise Throttled(WINDOW_SECONDS)
            return None
        if not set(self.scopes) & set(key.scopes):
            raise AuthorizationError(403, f"This key may not do that: it lacks '{' or '.join(self.scopes)}'.")
        return key
