"""What happens to people that other modules must follow. Keys only: never a name or an address."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleJoined(Fact):
    """A record made from an unproved address belongs to a person who has now proved it.

    Modules move what they hold from `from_id` to `person_id`.
    """

    kind: ClassVar[str] = "identity.people_joined.v1"
    from_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddressProved(Fact):
    """A person proved an address; `channel` is email or sms."""

    kind: ClassVar[str] = "identity.address_proved.v1"
    person_id: UUID
    channel: str
