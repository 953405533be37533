"""Days and times in words, in English and Welsh."""

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_decimal

NOON = {"en": "noon", "cy": "hanner dydd"}
MIDNIGHT = {"en": "midnight", "cy": "hanner nos"}


def day(value: dt.date, locale: str, *, today: dt.date | None = None) -> str:
    """`Thursday 14 May`, with the year where it is not this one."""
    pattern = "EEEE d MMMM" if today is None or value.year == today.year else "EEEE d MMMM y"
    return format_date(value, pattern, locale=locale)


def short_day(value: dt.date, locale: str) -> str:
    """`Thu 14`."""
    return format_date(value, "EEE d", locale=locale).replace(".", "")


def month(value: dt.date, locale: str) -> str:
    """`Oct`, with the year in January."""
    return format_date(value, "MMM y" if value.month == 1 else "MMM", locale=locale)


def hour(value: dt.datetime | dt.time, locale: str) -> str:
    """`4:52pm`, `5pm`, `noon`, `midnight`. `value` is local time."""
    if (value.hour, value.minute) in {(0, 0), (12, 0)}:
        return (NOON if value.hour else MIDNIGHT)[locale]
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: dt.datetime, locale: str, *, today: dt.date | None = None) -> str:
    """`Monday 11 May, 4:52pm`. `value` is local time."""
    return f"{day(value.date(), locale, today=today)}, {hour(value, locale)}"


def number(value: float, locale: str) -> str:
    """`1,204`, `3.5`."""
    return format_decimal(value, locale=locale)
