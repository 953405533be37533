"""Values as texts, as the function `string` makes them and as expressions would name them."""

from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.moments import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    Days,
    Months,
    Time,
    parts,
)
from townhall.kernel.catalogue.decisions.feel.names import pieces
from townhall.kernel.catalogue.decisions.feel.numbers import plain
from townhall.kernel.catalogue.decisions.feel.tokens import ADDITIONAL, KEYWORDS, PATTERN
from townhall.kernel.catalogue.decisions.feel.values import Function, Range, Value
from townhall.kernel.catalogue.decisions.limits import spend


def string(value: Value) -> str:
    """A value as a text: texts as they are, all else as it would be written."""
    return value if isinstance(value, str) else written(value)


def written(value: Value) -> str:  # noqa: PLR0911
    """A value as it would be written in an expression; dates and durations without their quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list | dict):
        spend(1 + len(value))
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {written(held)}" for name, held in value.items()) + "}"
    if isinstance(value, Range):
        return range_text(value)
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    return moment_text(value)


def quoted(text: str) -> str:
    """A text in quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def key(name: str) -> str:
    """The key of a context: a name as it is, in quotes where it is no name."""
    parts_ = pieces(name)
    first = PATTERN.match(name)
    plain_ = bool(first) and all(part in ADDITIONAL or PATTERN.match(part + " ") for part in parts_)
    is_name = plain_ and first is not None and first.lastgroup == "name" and first.group() not in KEYWORDS
    return name if is_name and not set(name) & set('"{}[](),:;=<>!@') else quoted(name)


def range_text(value: Range) -> str:
    """A range."""
    if value.low is None and not value.low_included and value.high is not None:
        return f"{'<=' if value.high_included else '<'} {written(value.high)}"
    if value.high is None and not value.high_included and value.low is not None:
        return f"{'>=' if value.low_included else '>'} {written(value.low)}"
    low, high = written(value.low), written(value.high)
    return f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"


def moment_text(value: Value) -> str:
    """A date, time or duration as ISO 8601 writes it, with `@zone` where it has one."""
    if isinstance(value, Date):
        return date_text(value)
    if isinstance(value, Time):
        return clock_text(value.nanos) + zone_text(value.offset, value.zone)
    if isinstance(value, DateTime):
        return f"{date_text(value.date)}T{clock_text(value.nanos)}{zone_text(value.offset, value.zone)}"
    if isinstance(value, Months):
        return months_text(value)
    if isinstance(value, Days):
        return days_text(value)
    return str(value)


def date_text(value: Date) -> str:
    """2026-03-31."""
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def clock_text(nanos: int) -> str:
    """09:30:00, with as many digits after the second as there are."""
    hour, minute, _ = parts(nanos)
    seconds, rest = divmod(nanos % MINUTE, SECOND)
    return f"{hour:02}:{minute:02}:{seconds:02}" + fraction(rest)


def fraction(nanos: int) -> str:
    """.5 for half a second; nothing for none."""
    return f".{nanos:09}".rstrip("0") if nanos else ""


def zone_text(offset: int | None, zone: str | None) -> str:
    """@Europe/London, Z, +01:00, or nothing for a local time."""
    if zone is not None:
        return f"@{zone}"
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def months_text(value: Months) -> str:
    """P1Y2M."""
    years, months = divmod(abs(value.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if value.months < 0 else ''}P{text or '0M'}"


def days_text(value: Days) -> str:
    """P1DT2H3M4S."""
    days, rest = divmod(abs(value.nanos), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, rest = divmod(rest, SECOND)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction(rest)}S" if seconds or rest else ""
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value.nanos < 0 else ''}P{text or 'T0S'}"
