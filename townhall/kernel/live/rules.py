"""What a viewer of a live stream may hear. Pure."""

from dataclasses import dataclass

import msgspec


class Message(msgspec.Struct, frozen=True):
    """One event on its way to open pages: keys and kinds only, never words."""

    id: str
    kind: str
    case: str
    number: int
    public: bool
    team: str
    people: list[str] = []


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who listens: nobody (only public events), a resident, or staff with teams."""

    person: str = ""
    teams: frozenset[str] = frozenset()
    sees_all: bool = False
    sees_unassigned: bool = False


def may_hear(viewer: Viewer, message: Message) -> bool:
    """Whether this viewer may be told of this event: the same rule as for seeing the case."""
    if message.public or viewer.sees_all or (viewer.person and viewer.person in message.people):
        return True
    return message.team in viewer.teams if message.team else viewer.sees_unassigned


def wants(topics: frozenset[str], message: Message) -> bool:
    """Whether a page that asked for these topics (`queue`, `public`, `case:<id>`) is concerned."""
    if f"case:{message.case}" in topics or "queue" in topics:
        return True
    return "public" in topics and message.public


def packed(messages: list[Message], *, most_bytes: int = 7_500) -> list[str]:
    """The messages as JSON lists that each fit into one NOTIFY (8,000 bytes)."""
    packs: list[list[Message]] = [[]]
    size = 2
    for message in messages:
        length = len(msgspec.json.encode(message)) + 1
        if size + length > most_bytes and packs[-1]:
            packs.append([])
            size = 2
        packs[-1].append(message)
        size += length
    return [msgspec.json.encode(pack).decode() for pack in packs if pack]
