"""A page that is posted when nobody is signed in any more waits, with its files, until somebody has signed in there."""

import secrets
from dataclasses import dataclass, field
from functools import partial

from django.http import HttpRequest
from django.utils import timezone

from townhall.kernel.identity.actions import within_limit
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.models import Application
from townhall.residents.services.rules import Choosing, Typed
from townhall.residents.services.views.choosing import take_files

HELD = "services.held"
MOST_HELD = 100_000
"""Characters of a page that are kept while somebody signs in again."""
MOST_WITH_FILES = 20
"""Pages with files that one visitor may leave so in an hour."""


@dataclass(frozen=True, slots=True)
class Held:
    """What was posted to a page when the session had ended. `lost` are files that were not kept, each with why."""

    fields: Typed
    lost: list[str] = field(default_factory=list[str])

    @property
    def number(self) -> int | None:
        """The number of the application as the page had it."""
        text = (self.fields.get("_number") or [""])[0]
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def hold_posted(request: HttpRequest, application: Application, page: str) -> None:
    """Keep what was posted to a page of the form in this browser's session until somebody has signed in there; not
    what is very long. Its files wait beside it, for an hour, for whoever has that session.
    """
    if not page:
        return
    fields = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    fields.pop("csrfmiddlewaretoken", None)
    if fields and sum(len(value) for values in fields.values() for value in values) <= MOST_HELD:
        secret = secrets.token_urlsafe(24)
        choosing = _choosing(application, page, secret)
        lost = _hold_files(request, application, page, choosing, fields)
        kept = selectors.waiting_files(choosing, timezone.now())
        request.session[HELD] = {
            "path": request.path, "fields": fields, "secret": secret, "lost": lost,
            "files": {key: told["name"] for key, told in kept.items()},
        }  # fmt: skip


def _hold_files(
    request: HttpRequest, application: Application, page: str, choosing: Choosing, fields: Typed
) -> list[str]:  # fmt: skip
    """Keep the files of the page, each with its answer; what to say of those that are not."""
    at, place = timezone.now(), request.META.get("REMOTE_ADDR", "")
    names = [str(file.name) for _name, files in request.FILES.lists() for file in files]
    if names and not within_limit(f"services.held:{place}", MOST_WITH_FILES, seconds=3_600, at=at):
        return names
    form = selectors.package(application.version).form
    keep = partial(actions.keep_waiting, choosing=choosing, by=None, at=at, lasts=actions.HELD_FOR)
    refused = take_files(request, fields, partial(rules.question_at, form, page), keep)
    return [each["text"] for each in refused]


def _choosing(application: Application, page: str, secret: str) -> Choosing:
    return Choosing(application.pk, f"page:{page}", actions.owner_of(secret))


def held_again(request: HttpRequest, application: Application, page: str) -> Held | None:
    """What was posted to this page when the session had ended, its files now among those of the application; None
    where it was another page's. Those that are not there any more, or are too many, are lost. Told once.
    """
    held = request.session.get(HELD) or {}
    if held.get("path") != request.path:
        return None
    del request.session[HELD]
    try:
        keys = actions.take_in_waiting(_choosing(application, page, held["secret"]), application)
    except actions.TooManyFiles:
        keys = {}
    posted: Typed = held["fields"]
    gone = {key: name for key, name in held["files"].items() if key not in keys}
    fields = {
        name: [keys.get(value, value) for value in values if value not in gone] for name, values in posted.items()
    }  # fmt: skip
    return Held(fields, [*held["lost"], *gone.values()])
