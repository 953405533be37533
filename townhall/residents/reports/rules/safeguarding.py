"""Sentences that mean a person may be in danger. They hold a report back and bring help to its writer."""

import re
import tomllib
from pathlib import Path
from typing import Literal

Danger = Literal["", "self_harm", "child", "abuse"]
KINDS: tuple[Danger, ...] = ("self_harm", "child", "abuse")
"""The gravest first."""

ROUTING_WORD = "safeguarding"
"""Goes with the words of a held report, so that one word in a routing rule brings it to the safeguarding team."""

_KEPT: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_BAR = re.compile(r" *[|][ \n]+")
_LISTS = {name: f"(?:{_BAR.sub('|', words.strip())})" for name, words in _KEPT["words"].items()}


def _expression(sentence: str) -> str:
    """A pattern of the file as a regular expression."""
    whole = re.sub(r"\b[A-Z]+\b", lambda found: _LISTS[found[0]], sentence)
    return whole.replace(" ... ", r"\b[^.!?]{0,45}?\b").replace(" ", r"\s+")


def _any_of(sentences: list[str]) -> re.Pattern[str]:
    """One regular expression for all; those that begin with the same list stand together, which makes it faster."""
    ends: dict[str, list[str]] = {}
    for sentence in sentences:
        first, blank, rest = sentence.partition(" ")
        begins = first in _LISTS
        ends.setdefault(first if begins else "", []).append(blank + rest if begins else sentence)
    whole = [_expression(f"{first}(?:{'|'.join(rest)})") for first, rest in ends.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(whole)})(?!\w)")


_PATTERNS: dict[Danger, re.Pattern[str]] = {
    kind: _any_of(_KEPT["sentences"][kind].strip().splitlines()) for kind in KINDS
}


def danger_in(text: str) -> Danger:
    """The gravest kind of danger that the words speak of; empty where they speak of none.

    Patterns find no more than they hold, so staff still read every text; where in doubt they find. Tests measure how
    many cries for help of the synthetic borough are found, and how many ordinary reports are held for nothing.
    """
    tidy = text.lower().replace("’", "'")
    for kind, pattern in _PATTERNS.items():
        if pattern.search(tidy):
            return kind
    return ""
