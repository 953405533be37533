"""Sentences that mean a person may be in danger. They hold a report back and bring help to its writer."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
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


def _beginnings(pattern: str, then: str = "") -> Iterator[tuple[str, str, str]]:
    """Every way in which a pattern may begin: its first sign (empty where that is not certain), the rest of the word
    that begins so, and what follows the word.
    """
    if pattern.startswith("(?:"):
        inside, after = _group(pattern)
        mark = after[:1] if after[:1] in {"?", "*", "+", "{"} else ""
        if mark in {"", "?"}:
            after = after[len(mark) :] + then
            for word in inside:
                yield from _beginnings(word, after)
            if mark:
                yield from _beginnings(after)
            return
    if not pattern[:1].isalpha():
        yield "", pattern, then
    elif pattern[1:2] == "?":
        yield pattern[0], pattern[2:], then
        yield from _beginnings(pattern[2:], then)
    else:
        yield pattern[0], pattern[1:], then


def _group(pattern: str) -> tuple[list[str], str]:
    """The words between which the group at the beginning of a pattern lets choose, and what follows the group."""
    depth, words = 0, [""]
    for place, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return [words[0].removeprefix("(?:"), *words[1:]], pattern[place + 1 :]
        if sign == "|" and depth == 1:
            words.append("")
        else:
            words[-1] += sign
    raise ValueError(f"A bracket is never shut: {pattern}")


@cache
def _any_of(kind: Danger) -> re.Pattern[str]:
    """One regular expression for all sentences of a kind, by their first letters: at each word only the few that may
    begin there are tried, so that an ordinary report takes a third of the time.
    """
    ways: dict[str, dict[str, list[str]]] = {}
    for sentence in _KEPT["sentences"][kind].strip().splitlines():
        for letter, rest, then in _beginnings(_expression(sentence)):
            ways.setdefault(letter, {}).setdefault(then, []).append(rest)
    words = [letter + _one_of(_one_of(rests) + then for then, rests in ends.items()) for letter, ends in ways.items()]
    return re.compile(rf"\W{_one_of(words)}(?!\w)")


def _one_of(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def danger_in(text: str) -> Danger:
    """The gravest kind of danger that the words speak of; empty where they speak of none.

    Patterns find no more than they hold, so staff still read every text; where in doubt they find. Tests measure how
    many cries for help of the synthetic borough are found, and how many ordinary reports are held for nothing.
    """
    tidy = f" {text.lower()}".replace("’", "'")
    for kind in KINDS:
        if _any_of(kind).search(tidy):
            return kind
    return ""
