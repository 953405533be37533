"""Taking out of a text what is about somebody else: pure functions."""

import re
from collections.abc import Iterable, Mapping

Value = str | int | float | bool | None
REMOVED = "[…]"


def passages(typed: str) -> list[str]:
    """The passages that were typed one on a line, without blank ones and repeats."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def redact(text: str, removed: Iterable[str]) -> str:
    """`text` without the passages, however they are spaced or capitalised; the longest goes first."""
    for passage in sorted(removed, key=len, reverse=True):
        pattern = r"\s+".join(re.escape(word) for word in passage.split())
        if pattern:
            text = re.sub(pattern, REMOVED, text, flags=re.IGNORECASE)
    return text


def redacted(values: Mapping[str, Value], removed: Iterable[str]) -> dict[str, Value]:
    """The values without the passages. A number that holds one becomes the sign of what was removed."""
    kept: dict[str, Value] = {}
    known = list(removed)
    for name, value in values.items():
        shown = redact(str(value), known)
        kept[name] = value if shown == str(value) else shown
    return kept


def missing(values: Mapping[str, Value], titles: Iterable[str], removed: Iterable[str]) -> list[str]:
    """The passages that occur nowhere: typing errors, which would leave in what was to go."""
    everything = "\n".join([*(str(value) for value in values.values()), *titles])
    return [passage for passage in removed if redact(everything, [passage]) == everything]
