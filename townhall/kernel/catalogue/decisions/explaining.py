"""Says in words what a table found: which rules apply, and for each other one what it would need instead.

Every function says it in English or, with `cy`, in Welsh; what a file has in English alone stays English.
"""

from dataclasses import dataclass
from decimal import Decimal

from townhall.kernel.catalogue.decisions.explaining_words import COUNTED, DATE_SIGNS, HITS, MONTHS, SIGNS, WORDS
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
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


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule in one case: its number, whether it applies, and why, in a sentence."""

    rule: int
    applies: bool
    sentence: str


def reasons(found: Found, language: str = "en") -> list[Reason]:
    """A reason for each rule of a table, in their order."""
    return [reason(found, number, each, language) for number, each in enumerate(found.box.rules)]


def reason(found: Found, number: int, rule: Rule, language: str) -> Reason:
    """Why one rule applies, or what keeps it from it: everything that does not fit."""
    missing = [column for column, mask in enumerate(found.masks) if not mask >> number & 1]
    if not missing:
        why = because(found, rule, language)
        return Reason(number + 1, True, WORDS[language]["applies"].format(number=number + 1, why=why))
    wants = "; ".join(
        unmet(found.box.inputs[column], found.values[column], rule.tests[column], language) for column in missing
    )
    return Reason(number + 1, False, WORDS[language]["does not"].format(number=number + 1, why=wants))


def because(found: Found, rule: Rule, language: str) -> str:
    """What made a rule apply: the reason that it notes, and the values that it asked for."""
    facts = [
        WORDS[language]["is"].format(label=label(column, language), value=said(value, language))
        for column, value, test in zip(found.box.inputs, found.values, rule.tests, strict=True)
        if test.strip() not in {"-", ""}
    ]
    told = rule.why.said(language).strip().rstrip(".")
    return f"{told} ({', '.join(facts)})" if told and facts else told or ", ".join(facts) or WORDS[language]["always"]


def unmet(column: Column, value: Value, test: str, language: str) -> str:
    """What is not as a rule needs it."""
    wanted = cell_in_words(test, language)
    return WORDS[language]["would"].format(label=label(column, language), value=said(value, language), test=wanted)


def label(column: Column, language: str) -> str:
    """What people call a column."""
    return " ".join((column.label.said(language) or column.text).split())


def said(value: Value, language: str = "en") -> str:  # noqa: PLR0911
    """A value as people say it."""
    words = WORDS[language]
    if value is None:
        return words["unknown"]
    if isinstance(value, bool):
        return words["yes"] if value else words["no"]
    if isinstance(value, str):
        return f"\u201c{value}\u201d"
    if isinstance(value, Date):
        return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"
    if isinstance(value, Days | Months):
        return duration_in_words(value, language)
    if isinstance(value, list):
        return ", ".join(said(each, language) for each in value) or words["nothing"]
    return string(value)


def duration_in_words(value: Days | Months, language: str) -> str:
    """3 days, 2 years and 1 month."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.months), 12)
        parts = [counted(years, "year", language), counted(months, "month", language)]
    else:
        seconds = abs(value.nanos) // 1_000_000_000
        parts = [
            counted(seconds // 86_400, "day", language),
            counted(seconds % 86_400 // 3600, "hour", language),
            counted(seconds % 3600 // 60, "minute", language),
        ]
    return WORDS[language]["and"].join(filter(None, parts)) or WORDS[language]["no time"]


def counted(number: int, word: str, language: str) -> str:
    """1 day, 2 days; nothing for none."""
    return f"{number} {COUNTED[language][word][number != 1]}" if number else ""


def cell_in_words(text: str, language: str = "en") -> str:
    """What a cell asks for, as people say it; as it is written where there are no words for it."""
    spoken = WORDS[language]
    if not text.strip():
        return spoken["anything"]
    try:
        node = Reader().tests(text).node
    except FeelError:
        return " ".join(text.split())
    if isinstance(node, Anything):
        return spoken["anything"]
    if not isinstance(node, Tests):
        return text
    words = [words_of(test, language) for test in node.tests]
    if None in words:
        return " ".join(text.split())
    joined = spoken["or"].join(word for word in words if word)
    return spoken["but"].format(tests=joined) if node.negated else joined


def words_of(test: Node, language: str) -> str | None:
    """A test as people say it; none where there are no words for it."""
    if isinstance(test, Compared):
        end = operand(test.end, language)
        is_date = isinstance(test.end, Literal) and isinstance(test.end.value, Date)
        return None if end is None else (DATE_SIGNS if is_date else SIGNS)[language][test.sign] + end
    if isinstance(test, Interval):
        return interval_in_words(test, language)
    if isinstance(test, Listing):
        parts = [operand(item, language) for item in test.items]
        return None if None in parts else WORDS[language]["one of"] + ", ".join(part for part in parts if part)
    return operand(test, language)


def interval_in_words(test: Interval, language: str) -> str | None:
    """From 1 to 3; more than 1 and at most 3."""
    low, high = operand(test.low, language), operand(test.high, language)
    if low is None or high is None:
        return None
    words = WORDS[language]
    if test.low_included and test.high_included:
        return words["between"].format(low=low, high=high)
    start = words["least" if test.low_included else "more"].format(end=low)
    return start + words["and"] + words["most" if test.high_included else "less"].format(end=high)


def operand(node: Node, language: str) -> str | None:
    """A value or a name as people say it; none for what has to be calculated."""
    if isinstance(node, Literal):
        return said(node.value, language) if not isinstance(node.value, Decimal) else string(node.value)
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Path):
        source = operand(node.source, language)
        return None if source is None else WORDS[language]["part"].format(source=source, name=node.name)
    return None


def how(found: Found, language: str = "en") -> str:
    """How the rules of a table count; nothing where there is only one."""
    return HITS[language][found.box.hit] if len(found.box.rules) > 1 else ""


def explained(found: Found, language: str = "en") -> str:
    """A whole table in words: the result, the rules that apply, and why not the others."""
    every, words = reasons(found, language), WORDS[language]
    result = words["nothing"] if found.result is None else said_result(found.result, language)
    lines = [words["result"].format(result=result)]
    lines += [each.sentence for each in every if each.applies] or [words["none"]]
    lines += filter(None, [how(found, language)])
    return "\n".join([*lines, *(each.sentence for each in every if not each.applies)])


def said_result(value: Value, language: str = "en") -> str:
    """A result as people say it: each part of it by its name."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said(held, language)}" for name, held in value.items())
    return said(value, language)
