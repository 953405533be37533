"""The services that can be applied for, and finding one by what people type."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from townhall.residents.services.models import Version
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


def live_version(slug: str) -> Version | None:
    """The version that new applications begin on."""
    return Version.objects.filter(slug=slug, is_live=True).defer("files").first()


def search(text: str, most: int = 50) -> list[Entry]:
    """Services with every word, or its beginning, in their name or summary, in either language; all for no words.

    Those with the words in their name come first.
    """
    words, spoken = folded(text).split()[:10], language()
    found = [(each, _score(each, words)) for each in live()]
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
