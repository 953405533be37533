"""Says in words what a table found: which rules apply, and for each other one what it would need instead."""

from dataclasses import dataclass
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
from townhall.kernel.catalogue.decisions.feel.functions.temporal import MONTHS as MONTH_NAMES
from townhall.kernel.catalogue.decisions.feel.moments import Date, Days, Months
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Anything,
    Compared,
    Interval,
    Listing,
    Literal,
    Name,
    Node,
    Path,
    Tests,
)
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.feel.writing import string
from townhall.kernel.catalogue.decisions.model import Column, Rule
from townhall.kernel.catalogue.decisions.tables import Found

SIGNS = {"=": "", "!=": "not ", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least "}
DATE_SIGNS = {"=": "", "!=": "not ", "<": "before ", "<=": "on or before ", ">": "after ", ">=": "on or after "}

HITS = {
    "U": "Only one rule may apply.",
    "A": "Several rules may apply if they say the same.",
    "P": "Of the rules that apply, the one with the most important result counts.",
    "F": "The first rule that applies counts.",
    "R": "All rules that apply count, in their order.",
    "O": "All rules that apply count, the most important result first.",
    "C": "All rules that apply count.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule in one case: its number, whether it applies, and why, in a sentence."""

    rule: int
    applies: bool
    sentence: str


def reasons(found: Found) -> list[Reason]:
    """A reason for each rule of a table, in their order."""
    return [reason(found, number, each) for number, each in enumerate(found.box.rules)]


def reason(found: Found, number: int, rule: Rule) -> Reason:
    """Why one rule applies, or what keeps it from it: everything that does not fit."""
    missing = [column for column, mask in enumerate(found.masks) if not mask >> number & 1]
    if not missing:
        return Reason(number + 1, True, f"Rule {number + 1} applies: {because(found, rule)}.")
    wants = "; ".join(unmet(found.box.inputs[column], found.values[column], rule.tests[column]) for column in missing)
    return Reason(number + 1, False, f"Rule {number + 1} does not apply: {wants}.")


def because(found: Found, rule: Rule) -> str:
    """What made a rule apply: what it tells people, else the values that it asked for."""
    facts = [
        f"{label(column)} is {said(value)}"
        for column, value, test in zip(found.box.inputs, found.values, rule.tests, strict=True)
        if test.strip() not in {"-", ""}
    ]
    told = rule.why.strip().rstrip(".")
    return f"{told} ({', '.join(facts)})" if told and facts else told or ", ".join(facts) or "it always does"


def unmet(column: Column, value: Value, test: str) -> str:
    """What is not as a rule needs it."""
    return f"{label(column)} is {said(value)}, and it would have to be {test_in_words(test)}"


def label(column: Column) -> str:
    """What people call a column."""
    return " ".join((column.label or column.text).split())


def said(value: Value) -> str:  # noqa: PLR0911
    """A value as people say it."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"\u201c{value}\u201d"
    if isinstance(value, Date):
        return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"
    if isinstance(value, Days | Months):
        return duration_in_words(value)
    if isinstance(value, list):
        return ", ".join(map(said, value)) or "nothing"
    return string(value)


def duration_in_words(value: Days | Months) -> str:
    """3 days, 2 years and 1 month."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.months), 12)
        parts = [counted(years, "year"), counted(months, "month")]
    else:
        seconds = abs(value.nanos) // 1_000_000_000
        parts = [
            counted(seconds // 86_400, "day"),
            counted(seconds % 86_400 // 3600, "hour"),
            counted(seconds % 3600 // 60, "minute"),
        ]
    return " and ".join(filter(None, parts)) or "no time at all"


def counted(number: int, word: str) -> str:
    """1 day, 2 days; nothing for none."""
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def test_in_words(text: str) -> str:
    """What a cell asks for, as people say it; as it is written where there are no words for it."""
    if not text.strip():
        return "anything"
    try:
        node = Reader().tests(text).node
    except FeelError:
        return " ".join(text.split())
    if isinstance(node, Anything):
        return "anything"
    if not isinstance(node, Tests):
        return text
    words = [words_of(test) for test in node.tests]
    if None in words:
        return " ".join(text.split())
    joined = " or ".join(word for word in words if word)
    return f"anything but {joined}" if node.negated else joined


def words_of(test: Node) -> str | None:
    """A test as people say it; none where there are no words for it."""
    if isinstance(test, Compared):
        end = operand(test.end)
        is_date = isinstance(test.end, Literal) and isinstance(test.end.value, Date)
        return None if end is None else (DATE_SIGNS if is_date else SIGNS)[test.sign] + end
    if isinstance(test, Interval):
        low, high = operand(test.low), operand(test.high)
        if low is None or high is None:
            return None
        if test.low_included and test.high_included:
            return f"from {low} to {high}"
        start = f"{'at least' if test.low_included else 'more than'} {low}"
        return f"{start} and {'at most' if test.high_included else 'less than'} {high}"
    if isinstance(test, Listing):
        parts = [operand(item) for item in test.items]
        return None if None in parts else "one of " + ", ".join(part for part in parts if part)
    return operand(test)


def operand(node: Node) -> str | None:
    """A value or a name as people say it; none for what has to be calculated."""
    if isinstance(node, Literal):
        return said(node.value) if not isinstance(node.value, Decimal) else string(node.value)
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Path):
        source = operand(node.source)
        return None if source is None else f"{source}'s {node.name}"
    return None


def explained(found: Found) -> str:
    """A whole table in words: the result, the rules that apply, and why not the others."""
    every = reasons(found)
    lines = [f"Result: {'nothing' if found.result is None else said_result(found.result)}."]
    lines += [each.sentence for each in every if each.applies] or ["No rule applies."]
    lines += [HITS[found.box.hit]] if len(found.box.rules) > 1 else []
    return "\n".join([*lines, *(each.sentence for each in every if not each.applies)])


def said_result(value: Value) -> str:
    """A result as people say it: each part of it by its name."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said(held)}" for name, held in value.items())
    return said(value)
