"""What people type to find a place: postcodes, house numbers, coordinates, names with and without their accents."""

import re
import unicodedata

from townhall.kernel.geo.rules.grid import NotAGridReference, from_grid_reference
from townhall.kernel.geo.rules.points import LonLat, NotInBritain, Point, to_bng

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})\b")
"""Outward and inward part, in upper case. Source: BS 7666, postcodes."""

HOUSE = re.compile(r"^(?:flat \S+,? )?(\d+ ?[a-z]?(?:[-/]\d+[a-z]?)?)\b[ ,]+(.+)$", re.IGNORECASE)
PAIR = re.compile(r"^\(?(-?\d+(?:\.\d+)?)\s*[, ]\s*(-?\d+(?:\.\d+)?)\)?$")
SHORT_WORDS = {
    "rd": "road", "ln": "lane", "ave": "avenue", "av": "avenue", "cl": "close", "cres": "crescent", "ct": "court",
    "dr": "drive", "gdns": "gardens", "gr": "grove", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace",
    "wy": "way", "hse": "house", "stn": "station", "nr": "near", "ch": "church", "pk": "park",
}  # fmt: skip
SAINT_OR_STREET = "st"


def fold(text: str) -> str:
    """The words of a name for comparing: lower case, no accents, no apostrophes, short words written out.

    `st` is a street at the end of a name and a saint elsewhere, but stays `st` there, as maps write it.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "").replace("'", ""))
    found: list[str] = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    words: list[str] = [SHORT_WORDS.get(word, word) if at else word for at, word in enumerate(found)]
    if len(words) > 1 and words[-1] == SAINT_OR_STREET:
        words[-1] = "street"
    return " ".join("st" if word == "saint" else word for word in words)


def tidy_postcode(text: str) -> str:
    """The postcode in the text as `NM1 4PB`; empty where there is none."""
    match = POSTCODE.search(re.sub(r"[^A-Z0-9 ]", "", text.upper())) or POSTCODE.search(
        re.sub(r"[^A-Z0-9]", "", text.upper())
    )
    return f"{match[1]} {match[2]}" if match else ""


def without_postcode(text: str) -> str:
    """The text with a postcode taken out."""
    return re.sub(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}\b", " ", text).strip(" ,")


def outward_code(text: str) -> str:
    """The text as the first part of a postcode (`NM1`, `NM1 4`); empty where it cannot be one."""
    match = re.fullmatch(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ([0-9][A-Z]?))?", " ".join(text.upper().split()))
    return "" if match is None else f"{match[1]} {match[2] or ''}"


def house_number(text: str) -> tuple[str, str]:
    """The house number and the rest of an address (`14a`, `Hope Street`); an empty number where it has none."""
    match = HOUSE.match(" ".join(text.split()))
    return (match[1].replace(" ", "").lower(), match[2].strip(" ,")) if match else ("", text.strip())


def position(text: str) -> Point | None:
    """The point of `54.09, -2.61`, `360123 500456` (metres) or a grid reference; None for other text.

    A reference needs four figures: with two it may be half a postcode (`NM1 4`), and names ten kilometres.
    """
    pair = PAIR.match(text.strip())
    try:
        if pair is None:
            return from_grid_reference(text) if sum(sign.isdigit() for sign in text) >= 4 else None
        first, second = float(pair[1]), float(pair[2])
        if abs(first) > 180 or abs(second) > 180:
            return Point(first, second) if 0 <= first < 700_000 and 0 <= second < 1_300_000 else None
        return to_bng(LonLat(lon=second, lat=first))
    except (NotAGridReference, NotInBritain):
        return None
