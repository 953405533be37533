"""Functions of texts that need no patterns. Source: DMN 1.5, 10.3.4.2 and 10.3.4.3."""

from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.numbers import whole
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run


@builtin("not", "negand: any")
def negation(_: Run, value: Value) -> bool | None:
    """The opposite of true or false; null of anything else."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, bool):
        raise OutOfDomain("only true and false have an opposite")
    return not value


def position(start: Decimal, length: int) -> int:
    """A position from 1, or from -1 backwards, as Python counts. Raises OutOfDomain for one that is not there."""
    at = whole(start)
    if not at or abs(at) > length:
        raise OutOfDomain(f"there is no position {start}")
    return at - 1 if at > 0 else length + at


@builtin("substring", "string: string, start position: number, length?: number")
def substring(_: Run, text: str, start: Decimal, length: Decimal | None = None) -> str:
    """A part of a text."""
    begin = position(start, len(text))
    if length is None:
        return text[begin:]
    if whole(length) < 1:
        raise OutOfDomain("the length is less than 1")
    return text[begin : begin + whole(length)]


@builtin("string length", "string: string")
def string_length(_: Run, text: str) -> Decimal:
    """How many characters a text has."""
    return Decimal(len(text))


@builtin("upper case", "string: string")
def upper_case(_: Run, text: str) -> str:
    """A text in capitals."""
    return text.upper()


@builtin("lower case", "string: string")
def lower_case(_: Run, text: str) -> str:
    """A text in small letters."""
    return text.lower()


@builtin("substring before", "string: string, match: string")
def substring_before(_: Run, text: str, match: str) -> str:
    """What comes before another text; nothing where that is not there."""
    return text[: max(text.find(match), 0)]


@builtin("substring after", "string: string, match: string")
def substring_after(_: Run, text: str, match: str) -> str:
    """What comes after another text; nothing where that is not there."""
    at = text.find(match)
    return text[at + len(match) :] if at >= 0 else ""


@builtin("contains", "string: string, match: string")
def contains(_: Run, text: str, match: str) -> bool:
    """Whether a text holds another."""
    return match in text


@builtin("starts with", "string: string, match: string")
def starts_with(_: Run, text: str, match: str) -> bool:
    """Whether a text begins with another."""
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends_with(_: Run, text: str, match: str) -> bool:
    """Whether a text ends with another."""
    return text.endswith(match)


@builtin("string join", "list: list, delimiter?: string")
def string_join(run: Run, items: list[Value], delimiter: str | None = None) -> str:
    """Texts one after another; nulls are left out."""
    found = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in found):
        raise OutOfDomain("'list' holds what is no text")
    run.sized(sum(map(len, found)) + len(delimiter or "") * len(found))
    return (delimiter or "").join(found)
