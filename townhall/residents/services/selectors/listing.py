"""The services that can be applied for, and finding one by what people type."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.nations import is_for
from townhall.residents.services.models import Application, Version
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Entry:
    """A service in a list, in the reader's language."""

    slug: str
    title: str
    text: str


def live() -> list[Version]:
    """The live versions, without their files, by name in the reader's language."""
    found = Version.objects.filter(is_live=True).defer("files")
    spoken = language()
    return sorted(found, key=lambda each: folded(each.title(spoken)))


def offered() -> list[Version]:
    """The live versions of services that exist in this council's nation: what residents may apply for."""
    nation = authority.ours().nation
    return [each for each in live() if is_for(each.nations, nation)]


def is_offered(version: Version) -> bool:
    """Whether a service exists in this council's nation."""
    return is_for(version.nations, authority.ours().nation)


def live_version(slug: str) -> Version | None:
    """The version that new applications begin on."""
    return Version.objects.filter(slug=slug, is_live=True).defer("files").first()


def kept_version(slug: str, content: str) -> Version | None:
    """A version that was ever published, by its hash."""
    return Version.objects.filter(slug=slug, hash=content).defer("files").first()


def versions_of(slug: str) -> list[Version]:
    """Every version of a service that was ever published, without its files, the latest first."""
    found = Version.objects.filter(slug=slug).select_related("published_by").defer("files")
    return list(found.order_by("-published_at", "-pk"))


def files_of(slug: str, content: str) -> dict[str, str] | None:
    """The files of a version by their paths; none where there is no such version."""
    return Version.objects.filter(slug=slug, hash=content).values_list("files", flat=True).first()


def running_on(slug: str) -> dict[str, int]:
    """How many cases of a service are not finished, by the version that they began on."""
    running = Application.objects.filter(version__slug=slug, sent_at__isnull=False, case__closed_at=None)
    return dict(running.order_by().values_list("version__hash").annotate(number=Count("pk")))


def search(text: str, most: int = 50) -> list[Entry]:
    """Services with every word, or its beginning, in their name or summary, in either language; all for no words.

    Those with the words in their name come first.
    """
    words, spoken = folded(text).split()[:10], language()
    found = [(each, _score(each, words)) for each in offered()]
    ordered = sorted((each for each in found if each[1]), key=lambda each: -each[1])
    return [Entry(each.slug, each.title(spoken), each.line(spoken)) for each, _ in ordered[:most]]


def _score(version: Version, words: Sequence[str]) -> int:
    named = folded(f"{version.name} {version.name_cy}").split()
    about = folded(f"{version.summary} {version.summary_cy}").split()
    if all(_is_in(word, named) for word in words):
        return 2
    return int(all(_is_in(word, [*named, *about]) for word in words))


def _is_in(word: str, known: Sequence[str]) -> bool:
    return any(one == word or (len(word) > 2 and one.startswith(word)) for one in known)


def folded(text: str) -> str:
    """A text in small letters without accents, its words parted by blanks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))
