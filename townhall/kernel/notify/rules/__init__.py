"""Pure functions of letters: their texts, how they look on each channel, which channel, and when to try again."""

from townhall.kernel.notify.rules.channels import (
    CHANNELS,
    MAX_ATTEMPTS,
    Address,
    Channel,
    by_day,
    sms_parts,
    wait_before,
    ways_to_reach,
)
from townhall.kernel.notify.rules.looks import as_html, as_notify, as_sms, as_text
from townhall.kernel.notify.rules.texts import (
    Block,
    MissingValues,
    Span,
    TextMistake,
    Wording,
    fill,
    fill_line,
    from_json,
    parse_document,
    parse_letter,
    placeholders_in,
    to_json,
)

__all__ = [
    "CHANNELS",
    "MAX_ATTEMPTS",
    "Address",
    "Block",
    "Channel",
    "MissingValues",
    "Span",
    "TextMistake",
    "Wording",
    "as_html",
    "as_notify",
    "as_sms",
    "as_text",
    "by_day",
    "fill",
    "fill_line",
    "from_json",
    "parse_document",
    "parse_letter",
    "placeholders_in",
    "sms_parts",
    "to_json",
    "wait_before",
    "ways_to_reach",
]
