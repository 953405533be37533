"""The eight statuses: what each is called and coloured. Fixed for every council, never themed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Status:
    """One status: words for residents, a short word for officers, the shape's colour and its tint."""

    code: str
    words: Any
    short: Any
    colour: str
    tint: str


STATUSES = {
    status.code: status
    for status in (
        Status("received", _("Received"), _("Received"), "#1c5d99", "#e6f0f9"),
        Status("looking", _("Being looked at"), _("Looking"), "#1c5d99", "#e6f0f9"),
        Status("booked", _("Work booked"), _("Booked"), "#5a3fb0", "#eeeafa"),
        Status("waiting", _("Waiting for information"), _("Waiting"), "#8a5a00", "#fdf1d8"),
        Status("passed", _("With another council"), _("Passed"), "#47566b", "#e9edf2"),
        Status("fixed", _("Fixed"), _("Fixed"), "#1b6b3f", "#e3f3e9"),
        Status("closed", _("Closed, not fixed"), _("Closed"), "#5f646e", "#ededf0"),
        Status("missed", _("Date missed"), _("Over"), "#b3261e", "#fcebe9"),
    )
}
