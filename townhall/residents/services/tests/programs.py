"""Another system that sends applications: its key, its files, its calls."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from townhall.kernel.documents.tests.factories import as_bytes, picture, upload
from townhall.kernel.identity.actions.keys import make_key
from townhall.kernel.identity.models import Person, PersonKey

SEND = ("services:send",)


@dataclass
class Program:
    """A program with a key of a person."""

    person: Person
    scopes: tuple[str, ...] = SEND
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        key, secret = make_key(person=self.person, name="a program", scopes=self.scopes, at=datetime.now(UTC))
        PersonKey.objects.filter(pk=key.pk).update(per_minute=10_000)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def send(self, answers: Mapping[str, Any], *, word: str = "one", slug: str = "grant", **more: Any) -> Any:
        """Send an application; the answer."""
        return self.send_body(json.dumps({"answers": answers, **more}), word=word, slug=slug)

    def send_body(self, body: str | bytes, *, word: str = "one", slug: str = "grant", **headers: str) -> Any:
        """Send a body as it is; the answer."""
        given = {"Idempotency-Key": word, **headers}
        return self.client.post(f"/api/services/{slug}/applications", body, "application/json", headers=given)

    def keep(self, data: bytes = b"", name: str = "quote.jpg", slug: str = "grant") -> Any:
        """Send a file ahead; the answer."""
        file = upload(data or as_bytes(picture(80, 60)), name)
        return self.client.post(f"/api/services/{slug}/files", {"file": file})


def faults(answer: Any) -> list[tuple[str, str, str]]:
    """Where, on which page, and which rule."""
    assert answer.status_code == 422, answer.content
    return [(each["where"], each["page"], each["rule"]) for each in answer.json()["errors"]]
