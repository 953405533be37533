"""Which categories somebody's words are about, by the keywords of each; small typing errors are forgiven."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

CLOSE_ENOUGH = 0.84
FORGIVEN_FROM = 5
STOP_WORDS = frozenset(
    (  # noqa: SIM905
        "a an and are at been by for from has have i in is it its my near next of on or our out that the there this to "
        "was we with outside street road lane yn y yr mae ar i o a ac wedi ei eu fy ger"
    ).split(" ")
)


@dataclass(frozen=True, slots=True)
class Described:
    """A category as the suggestions know it: its code, its names, and what people type for it."""

    code: str
    names: tuple[str, ...]
    keywords: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without accents, plurals cut short."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "")
    return [_short(word) for word in re.findall(r"[a-z0-9]+", plain)]


def _short(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def suggest(text: str, categories: Sequence[Described], *, most: int = 3) -> list[str]:
    """Codes of the categories that the text is most likely about, best first; none where nothing fits.

    A keyword of several words counts for each of them; a word that is off by a letter or so counts for less.
    """
    typed = words_of(text)
    scores = {category.code: _score(typed, category) for category in categories}
    best = sorted((code for code, score in scores.items() if score > 0), key=lambda code: (-scores[code], code))
    if not best:
        return []
    return [code for code in best if scores[code] >= 0.34 * scores[best[0]]][:most]


def _score(typed: list[str], category: Described) -> float:
    strongest = sorted((_weight(typed, phrase) for phrase in _phrases(category)), reverse=True)
    return sum(strongest[:3])


@lru_cache(maxsize=512)
def _phrases(category: Described) -> list[list[str]]:
    """The names and keywords as words that mean something; worked out once for each wording."""
    found = [words_of(phrase) for phrase in (*category.names, *category.keywords)]
    return [[word for word in phrase if word not in STOP_WORDS] or phrase for phrase in found if phrase]


def _weight(typed: list[str], wanted: list[str]) -> float:
    matches = [max((_likeness(word, other) for other in typed), default=0.0) for word in wanted]
    return sum(matches) * (1.25 if len(wanted) > 1 else 1.0) if matches and min(matches) > 0 else 0.0


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) < FORGIVEN_FROM or word[0] != other[0] or abs(len(word) - len(other)) > 2:
        return 0.0
    ratio = SequenceMatcher(None, word, other).ratio()
    return ratio * 0.7 if ratio >= CLOSE_ENOUGH else 0.0


def overlap(text: str, other: str) -> float:
    """The share of meaningful words that two texts have in common, 0 to 1 (Jaccard)."""
    first, second = _meaning(words_of(text)), _meaning(words_of(other))
    return len(first & second) / len(first | second) if first and second else 0.0


def _meaning(words: Iterable[str]) -> set[str]:
    return {word for word in words if word not in STOP_WORDS and len(word) > 2}
