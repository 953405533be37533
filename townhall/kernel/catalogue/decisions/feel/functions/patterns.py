"""Functions that match patterns: XPath's regular expressions, within a limit of time.

Source: DMN 1.5, 10.3.4.3; XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import regex

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.xpath import FLAGS, NotAPattern, python_pattern, python_replacement
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run


@lru_cache(maxsize=1000)
def pattern(text: str, flags: str) -> "regex.Pattern[str]":
    """A pattern, ready to match. Raises OutOfDomain for what is none."""
    if not set(flags) <= set(FLAGS):
        raise OutOfDomain(f"the flags of a pattern are {', '.join(FLAGS)}")
    options = regex.VERSION1
    options |= regex.IGNORECASE if "i" in flags else 0
    options |= regex.DOTALL if "s" in flags else 0
    options |= regex.MULTILINE if "m" in flags else 0
    if len(text) > 10_000:
        raise OutOfDomain("the pattern is too long")
    try:
        return regex.compile(regex.escape(text) if "q" in flags else python_pattern(text, flags), options)
    except (NotAPattern, regex.error, RecursionError, ValueError, OverflowError) as problem:
        raise OutOfDomain(f"the pattern is none: {problem}") from problem


@builtin("matches", "input: string, pattern: string, flags?: string")
def matches(run: Run, text: str, wanted: str, flags: str | None = None) -> bool:
    """Whether a pattern is found in a text."""
    found = pattern(wanted, flags or "")
    with timed(run, wanted) as left:
        return found.search(text, timeout=left) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: string")
def replace(run: Run, text: str, wanted: str, replacement: str, flags: str | None = None) -> str:
    """A text with what a pattern finds replaced; `$1` stands for what its first brackets found."""
    found = pattern(wanted, flags or "")
    if found.match("", timeout=run.limits.pattern_seconds) is not None:
        raise OutOfDomain("the pattern is found in nothing at all")
    try:
        parts = [(replacement, -1)] if "q" in (flags or "") else python_replacement(replacement, found.groups)
    except NotAPattern as problem:
        raise OutOfDomain(f"the replacement is none: {problem}") from problem

    def put(match: "regex.Match[str]") -> str:
        run.step()
        return "".join(text if number < 0 else match.group(number) or "" for text, number in parts)

    with timed(run, wanted) as left:
        return str(found.sub(put, text, timeout=left))


@builtin("split", "string: string, delimiter: string")
def split(run: Run, text: str, delimiter: str) -> list[str]:
    """The parts of a text between those that a pattern finds."""
    found, parts, at = pattern(delimiter, ""), list[str](), 0
    if not text:
        return [""]
    with timed(run, delimiter) as left:
        for match in found.finditer(text, timeout=left):
            run.step()
            if match.end() == match.start():
                raise OutOfDomain("the pattern is found in nothing at all")
            parts.append(text[at : match.start()])
            at = match.end()
    return [*parts, text[at:]]


@contextmanager
def timed(run: Run, wanted: str) -> Iterator[float]:
    """The seconds that are left for patterns in a run; LimitReached where they are used up."""
    left, began = run.limits.pattern_seconds - run.pattern_seconds, time.perf_counter()
    try:
        if left <= 0:
            raise TimeoutError
        yield left
    except TimeoutError as problem:
        message = f"Matching the pattern {wanted[:60]!r} takes too long: make it simpler."
        raise LimitReached(message) from problem
    finally:
        run.match(time.perf_counter() - began)
