"""What files are chosen for before it is sent, and by whom: nobody else, and nothing else, ever has them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody chooses files for a message or a page of an application.

    `what` is `message:NAME` or `page:NAME`; `whose` is the key of a person, or the hash of the secret of a link or
    browser.
    """

    application_id: UUID
    what: str
    whose: str
