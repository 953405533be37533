"""Values as texts write them: ends of ranges, and ranges. Source: DMN 1.5, 10.3.1.2, rules 66 and 67."""

import re

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.reading import date, date_time, duration, moment, plain_number, time
from townhall.kernel.catalogue.decisions.feel.tokens import unquoted
from townhall.kernel.catalogue.decisions.feel.values import Range, Value

RANGE = re.compile(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
CALL = re.compile(r'(date|time|date and time|duration)\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)')
READ = {"date": date, "time": time, "date and time": date_time, "duration": duration}
LONGEST = 1000


def range_of_text(text: str) -> Range:
    """The range that a text is; an end that is left out is open. Raises OutOfDomain where it is none."""
    found = RANGE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise OutOfDomain("the text is no range, as [18..21) is")
    opening, low, high, closing = found.groups()
    if (not low and opening == "[") or (not high and closing == "]"):
        raise OutOfDomain("an end that is left out is not included")
    return Range(end(low), end(high), opening == "[", closing == "]")


def end(text: str) -> Value:
    """The value of an end of a range. Raises OutOfDomain for what is no value as it is written."""
    if not text:
        return None
    if text[0] == '"' and text[-1] == '"' and len(text) > 1:
        return unquoted(text)
    inside = CALL.fullmatch(text)
    if inside:
        return READ[inside.group(1)](unquoted(inside.group(2)))
    if text[0] == "@":
        quoted = text[1:].strip()
        value = moment(unquoted(quoted)) if len(quoted) > 1 and quoted[0] == quoted[-1] == '"' else None
        if value is None:
            raise OutOfDomain("an end of the range is no date, time or duration")
        return value
    return plain_number(text)
