"""Telling open pages what happened, after it is committed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from townhall.kernel.live.registries import Audience, audiences
from townhall.kernel.live.rules import Message, packed
from townhall.kernel.outbox.events import Delivered

CHANNEL = "townhall_live"


def tell(events: Sequence[Delivered]) -> None:
    """Notify every web process of these events, coalesced; called outside any transaction."""
    if not events:
        return
    heard: dict[UUID, Audience] = {}
    for speak in audiences:
        heard |= speak(events)
    messages = [_message(event, heard[event.id]) for event in events if event.id in heard]
    with connection.cursor() as cursor:
        for pack in packed(messages):
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, pack])


def _message(event: Delivered, audience: Audience) -> Message:
    return Message(
        id=str(event.id),
        kind=event.kind,
        case=str(event.case_id or ""),
        number=event.number,
        public=audience.is_public,
        team=str(audience.team_id or ""),
        people=[str(person) for person in audience.people],
    )
