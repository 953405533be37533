"""What modules add to identity: permissions, ways to send a code, and pages on which things are set up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Q

from townhall.kernel.modules.registries import Registry

Check = Callable[[Any, Any], bool]
"""(person or AnonymousUser, the record or None) -> may they."""

permissions: Registry[Check] = Registry("permissions")


def permission(name: str) -> Callable[[Check], Check]:
    """Declare who has the permission `name`, as in `cases.view_case`."""
    return permissions.register(name)


StillWanted = Callable[[datetime], Q]
"""Which people a module dealt with at a moment or later, as a condition on Person."""

still_wanted: Registry[StillWanted] = Registry("people who are still wanted")
"""By module. Whom one of them names is not forgotten, however old the record is."""


class CodeSender(Protocol):
    """Sends a code at once. `channel` is email, sms or post; for post `address` is the name and address, line by line.

    Raises where the code could not be handed over, so that the person is told and can try again.
    """

    def __call__(self, channel: str, address: str, code: str, language: str) -> None:
        """Send it."""
        ...


code_sender: Registry[CodeSender] = Registry("senders of codes")
"""The port that notify fills; with several, each is given the code."""


@dataclass(frozen=True)
class SetUpPage:
    """A page on which an administrator sets something up. `title` and `text` may be lazy; `group` is a heading."""

    title: Any
    url_name: str
    text: Any = ""
    group: Any = ""
    order: int = 50


set_up_pages: Registry[SetUpPage] = Registry("set-up pages")
"""What the set-up page lists, by module."""
