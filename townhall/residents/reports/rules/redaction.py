"""Taking personal data out of what people typed, before anyone else reads it."""

import re

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
WEB = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.])(?:\+44|0044|\(?0)(?:[\s().-]*\d){8,10}(?![\w])")
CARD = re.compile(r"(?<!\d)(?:\d[ -]?){13,19}(?!\d)")
INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE)
PLATE = re.compile(
    r"\b(?:[A-Z]{2}\d{2}\s?[A-Z]{3}|[a-z]{2}\d{2}\s?[a-z]{3}|[A-HJ-NPR-TV-Y]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b"
)
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
HINTS = re.compile(
    r"@|www|http|[A-Z]\d|\d\s?[A-Z]|(?:\d[\s().-]*){8}|name is\s|called\s|enw i yw\s", re.IGNORECASE
)
"""Nothing is taken out of a text without one of these: one look instead of eight."""
NAMED = re.compile(r"\b([Mm]y name is|[Ii]'?m called|[Ff]y enw i yw)\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2}")

REMOVED = (
    (WEB, "[web address removed]", "[tynnwyd cyfeiriad gwe]"),
    (EMAIL, "[e-mail removed]", "[tynnwyd e-bost]"),
    (INSURANCE, "[number removed]", "[tynnwyd rhif]"),
    (PHONE, "[phone number removed]", "[tynnwyd rhif ffôn]"),
    (CARD, "[number removed]", "[tynnwyd rhif]"),
    (PLATE, "[number plate removed]", "[tynnwyd rhif cerbyd]"),
)


def redact(text: str, language: str = "en") -> str:
    """The text without e-mail and web addresses, telephone and card numbers, number plates and the writer's own name.

    A postcode keeps its first half, which says where and not who. What is removed leaves a note in brackets,
    in the language the text was written in.
    """
    if not HINTS.search(text):
        return text
    text = POSTCODE.sub(lambda found: found[1].upper(), text)
    for pattern, english, welsh in REMOVED:
        text = pattern.sub(welsh if language == "cy" else english, text)
    return NAMED.sub(r"\1 [tynnwyd enw]" if language == "cy" else r"\1 [name removed]", text)


def title_of(description: str, language: str = "en", *, most: int = 60) -> str:
    """A short title from what somebody typed, safe to show: its first sentence, cut between words.

    Three full stops say that it was cut: text messages have no sign for an ellipsis.
    """
    first = re.split(r"(?<=[.!?])\s|\n", redact(description, language).strip(), maxsplit=1)[0].strip(" .!?,;:-")
    if first.isupper():
        first = first.lower()
    if len(first) > most:
        whole = first[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:-") if " " in first[:most] else first[:most]
        first = f"{whole}..."
    return first[:1].upper() + first[1:]
