"""Who this council is, and who its neighbours are. Read once a minute: a change shows within that time everywhere."""

import time
from threading import Lock

from townhall.kernel.authority import rules
from townhall.kernel.authority.models import Authority

KEEP_SECONDS = 60.0
UNNAMED = rules.Authority(
    gss_code="",
    short_name="Townhall",
    name="Townhall",
    name_cy="Townhall",
    tier="unitary",
    nation="england",
    colour_1="#571c45",
    colour_2="#b9cf4a",
    telephone="",
    emergency_telephone="",
    staff_telephone="",
    text_relay="",
    address="",
    email="",
    website="",
    is_ours=True,
)
"""What stands in until an administrator has named the council."""

_lock = Lock()
_kept: dict[str, rules.Authority] = {}
_kept_at = 0.0


def directory() -> dict[str, rules.Authority]:
    """Every authority we know by GSS code."""
    global _kept, _kept_at  # noqa: PLW0603
    with _lock:
        if not _kept or time.monotonic() - _kept_at > KEEP_SECONDS:
            _kept = {row.gss_code: row.as_rules() for row in Authority.objects.all()}
            _kept_at = time.monotonic()
        return _kept


def forget() -> None:
    """Read the directory again at the next call in this process."""
    global _kept_at  # noqa: PLW0603
    with _lock:
        _kept_at = 0.0
        _kept.clear()


def ours() -> rules.Authority:
    """This council."""
    return next((authority for authority in directory().values() if authority.is_ours), UNNAMED)


def neighbours() -> list[rules.Authority]:
    """The others, by name."""
    return sorted(
        (authority for authority in directory().values() if not authority.is_ours), key=lambda other: other.name
    )


def by_code(gss_code: str) -> rules.Authority | None:
    """The authority with this GSS code, or None."""
    return directory().get(gss_code)


def open311_key(gss_code: str) -> str:
    """The key that this authority's Open311 server gave us; empty where there is none."""
    return Authority.objects.filter(gss_code=gss_code).values_list("open311_key", flat=True).first() or ""
