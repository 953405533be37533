"""A council's two colours in, every themed colour out; the codes said over the telephone."""

import math
import re
from dataclasses import dataclass

INK = "#1a1c23"
WHITE = "#ffffff"
SPOKEN_LETTERS = "ABCDEFGHJKLMNPRTUVWXY"

Oklch = tuple[float, float, float]
"""Lightness 0 to 1, chroma 0 to about 0.4, hue in degrees."""


class ColourError(ValueError):
    """The text is not a colour written as #rrggbb."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What one council's pages are coloured with. Every value is #rrggbb."""

    council_1: str
    on_council_1: str
    quiet_on_council_1: str
    council_1_pressed: str
    council_1_tint: str
    button_edge: str
    link: str
    council_2: str
    on_council_2: str
    accent_on_council_1: str


def theme(first: str, second: str) -> Theme:
    """The theme made of a council's two colours. Raises ColourError."""
    council_1, council_2 = usable_ground(tidy_colour(first)), usable_ground(tidy_colour(second))
    on_1 = better_text_on(council_1)
    tint = tint_of(council_1)
    return Theme(
        council_1=council_1,
        on_council_1=on_1,
        quiet_on_council_1=quiet_text_on(council_1, on_1),
        council_1_pressed=pressed(council_1),
        council_1_tint=tint,
        button_edge=council_1 if on_1 == WHITE else INK,
        link=link_colour(council_1, tint),
        council_2=council_2,
        on_council_2=INK if contrast(INK, council_2) >= 4.5 else WHITE,
        accent_on_council_1=council_2 if contrast(council_2, council_1) >= 3 else on_1,
    )


def tidy_colour(text: str) -> str:
    """The colour in lower case. Raises ColourError unless it is written as #rrggbb."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ColourError(text)
    return text.lower()


def usable_ground(colour: str) -> str:
    """The colour itself, or, where neither white nor ink can be read on it, the nearest darker one that bears white."""
    lightness, chroma, hue = to_oklch(colour)
    while max(contrast(WHITE, colour), contrast(INK, colour)) < 4.5:
        lightness -= 0.002
        colour = from_oklch((lightness, chroma, hue))
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def better_text_on(ground: str) -> str:
    """White or ink, whichever contrasts more; ink where white would be under 4.5 to 1."""
    white = contrast(WHITE, ground)
    return WHITE if white >= 4.5 and white >= contrast(INK, ground) else INK


def link_colour(first: str, tint: str) -> str:
    """The council's colour made fit for links: same hue, 7 : 1 on white and 4.5 : 1 on the tint.

    A colour nearly as dark as ink is lightened until it is 10 : 1, so that a link can be told from text.
    """
    lightness, chroma, hue = to_oklch(first)
    colour = first
    if contrast(first, WHITE) > 10.2:
        lighter = lightness
        while contrast(colour, WHITE) > 10.15:
            lighter += 0.002
            colour = from_oklch((lighter, chroma * lighter / max(lightness, 0.05), hue))
        return colour
    while contrast(colour, WHITE) < 7 or contrast(colour, tint) < 4.5:
        lightness -= 0.002
        colour = from_oklch((lightness, chroma, hue))
    return colour


def tint_of(first: str) -> str:
    """The quiet ground of chosen rows and panels: OKLCH lightness 0.96, chroma at most 0.011."""
    _, chroma, hue = to_oklch(first)
    return from_oklch((0.96, min(chroma, 0.011), hue))


def pressed(first: str) -> str:
    """The colour under a pointer: a little darker, or lighter where it is nearly black."""
    lightness, chroma, hue = to_oklch(first)
    return from_oklch((lightness - 0.06 if lightness > 0.25 else lightness + 0.1, chroma, hue))


def quiet_text_on(ground: str, text: str) -> str:
    """Second text on the council's colour: a tinge of it in the text, at least 4.5 to 1."""
    if text == INK:
        return INK
    _, chroma, hue = to_oklch(ground)
    tinged = from_oklch((0.925, min(chroma, 0.025), hue))
    return tinged if contrast(tinged, ground) >= 4.5 else WHITE


def to_oklch(colour: str) -> Oklch:
    """The colour in OKLCH. Source: Ottosson, "A perceptual color space for image processing", 2020."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(value: Oklch) -> str:
    """The nearest sRGB colour of the same lightness and hue: chroma is lowered until it fits."""
    lightness, chroma, hue = value
    lightness = min(1.0, max(0.0, lightness))
    while not _fits(channels := _channels((lightness, chroma, hue))) and chroma > 0:
        chroma = max(0.0, chroma - 0.002)
    return "#" + "".join(f"{round(_encode(min(1.0, max(0.0, channel))) * 255):02x}" for channel in channels)


def spoken_code(seed: str) -> str:
    """A code short enough to say over the telephone, as in `K7R-204`, made of a request's id (hexadecimal)."""
    number = int(seed, 16) if re.fullmatch(r"[0-9a-fA-F]+", seed) else sum(seed.encode())
    number, digits = divmod(number, 1000)
    number, last = divmod(number, len(SPOKEN_LETTERS))
    number, digit = divmod(number, 8)
    first = SPOKEN_LETTERS[number % len(SPOKEN_LETTERS)]
    return f"{first}{digit + 2}{SPOKEN_LETTERS[last]}-{digits:03d}"


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_decode(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _decode(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encode(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _channels(value: Oklch) -> tuple[float, float, float]:
    lightness, chroma, hue = value
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
