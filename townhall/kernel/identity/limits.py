"""How often the API may be called: by key, or by address where there is none."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.actions.signing_in import came_from

PER_MINUTE_WITHOUT_KEY = 120
MINUTE_SECONDS = 60


class Fair(BaseThrottle):
    """So many calls a minute for each key as it says, and for each address without one PER_MINUTE_WITHOUT_KEY."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call; whether it may go on."""
        key = getattr(request, "auth", None)
        caller, limit = (f"key {key.pk}", key.per_minute) if key else (came_from(request), PER_MINUTE_WITHOUT_KEY)
        return within_limit(f"API calls of {caller}", limit, seconds=MINUTE_SECONDS, at=datetime.now(UTC))

    def wait(self) -> float:
        """Seconds after which a call will do again."""
        return MINUTE_SECONDS
