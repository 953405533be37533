"""Cells that a spreadsheet will not take for a formula. Pure."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: object) -> str:
    """The value as a cell's text; what a spreadsheet would reckon with or run gets an apostrophe before it.

    Source: OWASP, "CSV Injection". Spaces before the sign do not hide it from every spreadsheet.
    """
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(STARTS) or text.lstrip().startswith(STARTS) else text
