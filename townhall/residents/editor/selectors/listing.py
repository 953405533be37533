"""The list of services with how each stands, and what a draft can be begun from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from townhall.kernel.catalogue.packages.shelf import SHELF, SMALLEST, slugs
from townhall.kernel.identity.permissions import allows
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.rules.beginning import owner_of
from townhall.residents.editor.rules.yaml_files import Words
from townhall.residents.services import selectors as services

if TYPE_CHECKING:
    from townhall.residents.services.models import Version


@dataclass(frozen=True, slots=True)
class Row:
    """A service: the version that residents use, and the draft under way, where there are any."""

    slug: str
    name: Words
    live_at: datetime | None = None
    live_hash: str = ""
    draft: Draft | None = None
    may_edit: bool = False
    may_approve: bool = False

    @property
    def state(self) -> str:
        """How it stands: review, planned, draft, live or shelf."""
        if self.draft is None:
            return "live" if self.live_hash else "shelf"
        return {State.ASKED: "review", State.PLANNED: "planned"}.get(State(self.draft.state), "draft")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a draft can begin: files, and the hash of the version that they are; empty for what was never published."""

    files: dict[str, str]
    base: str


def rows(person: Any) -> list[Row]:
    """Every service that is live or has a draft, by name."""
    live = {each.slug: each for each in services.live()}
    drafts = {each.slug: each for each in Draft.objects.under_way().select_related("begun_by").defer("files")}
    return sorted(
        (_row(slug, live.get(slug), drafts.get(slug), person) for slug in {*live, *drafts}),
        key=lambda each: each.name.en.casefold(),
    )


def _row(slug: str, live: Any, draft: Draft | None, person: Any) -> Row:
    name = (
        Words(live.name, live.name_cy)
        if live
        else Words(draft.title("en"), draft.title("cy"))
        if draft
        else Words(slug)
    )
    may = allows(person, "services.edit", draft if draft else owner_now(slug))
    waits = draft is not None and draft.state == State.ASKED and allows(person, "services.approve", draft)
    return Row(slug, name, live.published_at if live else None, live.hash if live else "", draft, may, waits)


def owner_now(slug: str) -> str:
    """The team that the live version of a service belongs to."""
    version = services.live_version(slug)
    return services.package(version).service.owner if version else ""


@lru_cache(maxsize=1)
def _shelf() -> dict[str, Words]:
    found: dict[str, Words] = {}
    for slug in slugs():
        found[slug] = owner_of({"service.yaml": (SHELF / slug / "service.yaml").read_text(encoding="utf-8")})[2]
    return found


def shelf(taken: Iterable[str]) -> list[tuple[str, Words]]:
    """The services that come with Townhall and are not in the list yet, by name."""
    ours = set(taken)
    return sorted(
        ((slug, name) for slug, name in _shelf().items() if slug not in ours), key=lambda each: each[1].en.casefold()
    )


def starts(slug: str) -> "list[Version]":
    """The versions of a service that a draft can begin from, the latest first."""
    return services.versions_of(slug)


def find_start(slug: str, content: str) -> Start | None:
    """The files of a version, or, where no version is named, of the shelf."""
    if content:
        files = services.files_of(slug, content)
        return Start(files, content) if files is not None else None
    if slug not in _shelf():
        return None
    paths = sorted(each for each in (SHELF / slug).rglob("*") if each.is_file())
    return Start({str(each.relative_to(SHELF / slug)): each.read_text(encoding="utf-8") for each in paths}, "")


def smallest() -> dict[str, str]:
    """The files of the smallest service."""
    paths = sorted(each for each in SMALLEST.rglob("*") if each.is_file())
    return {str(each.relative_to(SMALLEST)): each.read_text(encoding="utf-8") for each in paths}
