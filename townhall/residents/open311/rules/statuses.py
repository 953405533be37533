"""Our statuses beside Open311's two, and beside the detailed ones that FixMyStreet adds to them."""
import re

DETAILED = {
    "received": "OPEN", "looking": "INVESTIGATING", "booked": "ACTION_SCHEDULED", "waiting": "IN_PROGRESS",
    "passed": "IN_PROGRESS", "fixed": "FIXED", "closed": "NO_FURTHER_ACTION",
}  # fmt: skip
_OURS = {
    "OPEN": "received", "REOPEN": "received", "FOR_TRIAGE": "looking", "INVESTIGATING": "looking",
    "IN_PROGRESS": "looking", "PLANNED": "booked", "ACTION_SCHEDULED": "booked", "FIXED": "fixed",
    "NO_FURTHER_ACTION": "closed", "CLOSED": "closed", "UNABLE_TO_FIX": "closed", "DUPLICATE": "closed",
    "NOT_COUNCILS_RESPONSIBILITY": "closed", "INTERNAL_REFERRAL": "closed",
}  # fmt: skip
_DONE = re.compile(r"\b(fixed|resolved|repaired|completed|removed|collected)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(not|no|un\w+|duplicate|cannot|can't|referred|invalid)\b", re.IGNORECASE)


def public(status: str) -> str:
    """Open311's `open` or `closed` for one of our statuses."""
    return "closed" if status in {"fixed", "closed"} else "open"


def detailed(status: str) -> str:
    """FixMyStreet's word for one of our statuses. Source: its wiki, "Open311-FMS: Additional states"."""
    return DETAILED[status]


def ours(status: str, *, code: str = "", notes: str = "") -> str:
    """Our status for another server's: its `external_status_code` where that is one of ours, else its word.

    Words that nobody agreed on are empty: no change. A bare `closed` is read with its notes, see `ours_of_closed`.
    """
    if code in DETAILED:
        return code
    word = re.sub(r"[\s-]+", "_", status.strip()).upper()
    return ours_of_closed(notes) if word == "CLOSED" else _OURS.get(word, "")


def ours_of_closed(notes: str) -> str:
    """`fixed` where the closing words plainly say that it was done, else `closed`: we claim only what we were told."""
    first = re.split(r"[.;|\n]", notes.strip(), maxsplit=1)[0]
    return "fixed" if _DONE.search(first) and not _BUT.search(first) else "closed"
