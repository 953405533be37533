"""Why a letter failed, as a kind that a page can say in words."""

from typing import Final, Literal

Reason = Literal["no_such_address", "full_or_off", "refused", "returned", "unreachable", "fault", "not_delivered"]

_BEGINS: Final[tuple[tuple[str, Reason], ...]] = (
    ("notify_permanent-failure", "no_such_address"),
    ("notify_temporary-failure", "full_or_off"),
    ("notify_400", "refused"),
    ("notify_validation-failed", "refused"),
    ("notify_virus-scan-failed", "refused"),
    ("notify_technical-failure", "unreachable"),
    ("notify_5", "unreachable"),
    ("smtp_recipient", "no_such_address"),
    ("smtp_connect", "unreachable"),
    ("smtp_data", "refused"),
    ("returned", "returned"),
    ("fault_", "fault"),
)


def reason_of(problem: str) -> Reason:
    """The kind of a letter's `problem` code; `not_delivered` for one we have no words for."""
    for begins, reason in _BEGINS:
        if problem.startswith(begins):
            return reason
    return "not_delivered"
