"""Hours as people type them: `09:00-12:30, 13:00-17:00`."""

import re

SPAN = re.compile(r"((?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])\s*[-–]\s*((?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])")


def hours_in(text: str) -> list[tuple[str, str]]:
    """The spans of a text, with a comma between several; one may go on past midnight. Raises ValueError."""
    found = list[tuple[str, str]]()
    for each in filter(None, (part.strip() for part in text.split(","))):
        span = SPAN.fullmatch(each)
        if span is None:
            raise ValueError(each)
        begins, ends = (time.replace(".", ":").zfill(5) for time in span.groups())
        found.append((begins, ends))
    return found
