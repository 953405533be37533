"""A council with a published service and drafts of it."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.identity.models import Person
from townhall.residents.editor import actions, selectors
from townhall.residents.editor.models import Draft
from townhall.residents.editor.rules.beginning import begun
from townhall.residents.editor.rules.yaml_files import Words
from townhall.residents.services import actions as services
from townhall.residents.services.models import Version

NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def files(**changed: str) -> dict[str, str]:
    """The files of a small service of Street Scene."""
    made = begun(
        selectors.smallest(), name=Words("Skips", "Sgipiau"), summary=Words("Ask for a skip.", "Gofynnwch am sgip."),
        team="street-scene", team_name=Words("Street Scene", "Strydlun"),
    )  # fmt: skip
    return made | changed


def published(at: datetime = NOON, slug: str = "skips", **changed: str) -> Version:
    """It, live."""
    content = {path: text.encode() for path, text in files(**changed).items()}
    return services.publish(package=read_files(slug, content), at=at)


def draft(by: Person, at: datetime = NOON, slug: str = "skips", **changed: str) -> Draft:
    """A draft of it."""
    version = Version.objects.filter(slug=slug, is_live=True).first()
    return actions.begin(slug=slug, files=files(**changed), base=version.hash if version else "", by=by, at=at)


def browser(person: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def address(name: str, found: Draft) -> str:
    """The address of a draft's page."""
    return reverse(f"editor:{name}", args=[found.pk])


class Forms(HTMLParser):
    """What a browser would send of each form of a page if nothing were touched, by the form's address."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, list[tuple[str, dict[str, list[str]]]]()
        self.area = self.select = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method") != "dialog":
            self.found.append((told.get("action") or self.here, {}))
        if tag == "textarea":
            self.area = told.get("name", "")
            self.add(self.area, "")
        if tag == "select":
            self.select, self.options = told.get("name", ""), []
        if tag == "option":
            self.options.append((told.get("value", ""), "selected" in told))
        kind = told.get("type", "text")
        is_on = kind not in {"radio", "checkbox"} or "checked" in told
        if tag == "input" and "name" in told and kind not in {"submit", "file"} and is_on:
            self.add(told["name"], told.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area and self.found:
            self.found[-1][1][self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        if tag == "select" and self.options:
            chosen = [value for value, is_on in self.options if is_on] or [self.options[0][0]]
            self.add(self.select, chosen[-1])

    def add(self, name: str, value: str) -> None:
        """Keep a value in the form that is open."""
        if self.found and name:
            self.found[-1][1].setdefault(name, []).append(value)


def forms_of(client: Client, path: str) -> dict[str, dict[str, Any]]:
    """The forms of a page by their addresses: the last of each."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    reader = Forms(path)
    reader.feed(answer.content.decode())
    return dict(reader.found)


def send(client: Client, path: str, to: str, **typed: Any) -> Any:
    """Open a page, type into the form that goes to an address, and send it."""
    held = forms_of(client, path)[to]
    return client.post(to, held | {name.replace("__", "."): value for name, value in typed.items()})


def words_of(answer: Any) -> str:
    """What a page says, without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(**values: str) -> Mapping[str, str]:
    """What is typed."""
    return values
