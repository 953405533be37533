"""A service's versions and drafts, as somebody may see them, and what differs between two of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from townhall.kernel.catalogue.packages.replaying import pounds
from townhall.kernel.identity.permissions import allows
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.rules import comparing
from townhall.residents.editor.rules.comparing import Difference, Part
from townhall.residents.editor.rules.lines import Lines, line_differences
from townhall.residents.editor.rules.telling import apart, filled_outside
from townhall.residents.editor.rules.yaml_files import Words
from townhall.residents.editor.selectors.checking import read_of
from townhall.residents.editor.selectors.listing import owner_now
from townhall.residents.services import selectors as services

if TYPE_CHECKING:
    from townhall.residents.services.models import Version

MOST_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class Side:
    """A version or a draft: its key in addresses, how it stands (live, published, or a draft's state), since when, by
    whom, and what it is called in the reader's language.
    """

    slug: str
    key: str
    state: str
    at: datetime
    by: str
    title: str
    is_draft: bool

    @property
    def files(self) -> dict[str, str]:
        """Its files by their paths."""
        if self.is_draft:
            return Draft.objects.values_list("files", flat=True).get(pk=self.key)
        return services.files_of(self.slug, self.key) or {}


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs: for residents, for colleagues alone, and file by file."""

    residents: tuple[Difference, ...]
    colleagues: tuple[Difference, ...]
    lines: tuple[Lines, ...]


def sides(slug: str, person: Any) -> list[Side]:
    """The drafts of a service that somebody may see and that are no version yet, then its versions, the latest first;
    nothing for whoever may see neither.
    """
    found = [_of_draft(each) for each in islice(_drafts(slug, person), MOST_DRAFTS)]
    return found + [_of_version(each) for each in _versions(slug, person)]


def side(slug: str, key: str, person: Any) -> Side | None:
    """The draft or version of a key; none where there is none, or none that somebody may see."""
    draft = next((each for each in _drafts(slug, person) if str(each.pk) == key), None)
    version = next((each for each in _versions(slug, person) if each.hash == key), None) if draft is None else None
    return _of_draft(draft) if draft else _of_version(version) if version else None


def _drafts(slug: str, person: Any) -> Iterator[Draft]:
    """Those that somebody may see and that are no version yet, the latest first."""
    drafts = Draft.objects.filter(slug=slug).exclude(state=State.PUBLISHED).select_related("begun_by").defer("files")
    return (each for each in drafts.order_by("-begun_at") if allows(person, "services.edit", each))


def _versions(slug: str, person: Any) -> "list[Version]":
    """Every version, for whoever may write the service or a draft of it that is under way."""
    if allows(person, "services.edit", owner_now(slug)) or any(each.is_under_way for each in _drafts(slug, person)):
        return services.versions_of(slug)
    return []


def is_known(slug: str) -> bool:
    """Whether there is a version or a draft of a service, whoever may see it."""
    return bool(services.versions_of(slug)) or Draft.objects.filter(slug=slug).exists()


def _of_draft(draft: Draft) -> Side:
    title = draft.title(services.language())
    return Side(draft.slug, str(draft.pk), draft.state, draft.changed_at, draft.begun_by.name, title, is_draft=True)


def _of_version(version: "Version") -> Side:
    by = version.published_by.name if version.published_by else ""
    state, title = "live" if version.is_live else "published", version.title(services.language())
    return Side(version.slug, version.hash, state, version.published_at, by, title, is_draft=False)


def compared(slug: str, before: Mapping[str, str], after: Mapping[str, str], at: datetime) -> Compared:
    """What differs between the files of two sides. Of a new service, whose `before` is empty, files are not told."""
    found = comparing.differences(before, after)
    told = apart((*_fees(slug, before, after, at), *found), filled_outside(before) | filled_outside(after))
    if not before:
        return Compared(told.residents, tuple(each for each in told.colleagues if each.about != "file"), ())
    return Compared(told.residents, told.colleagues, line_differences(before, after))


def _fees(slug: str, before: Mapping[str, str], after: Mapping[str, str], at: datetime) -> list[Difference]:
    old, new = (_usual(slug, each, at) for each in (before, after))
    names = dict.fromkeys([*old, *new])
    parts = [Part(name[0], old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)]
    return [Difference("fee", comparing.CHANGED, Words(), "service.yaml", tuple(parts))] if parts else []


def _usual(slug: str, files: Mapping[str, str], at: datetime) -> dict[tuple[str, int], str]:
    """What the service costs in its usual cases, by their words and how many of the same words stand before; nothing
    while its files cannot be read.
    """
    package, before = read_of(slug, files), Counter[str]()
    made: dict[tuple[str, int], str] = {}
    for label, pence in services.fees(package, at) if package is not None else []:
        said = label.said(services.language())
        made[said, before[said]] = pounds(pence)
        before[said] += 1
    return made
