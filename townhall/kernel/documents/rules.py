"""What may be kept: kinds of file, limits, names. Pure functions over bytes and numbers."""

import re
from dataclasses import dataclass
from typing import Final, Literal

MAX_BYTES: Final = 20_000_000
MAX_PIXELS: Final = {"JPEG": 50_500_000}
MAX_PIXELS_ELSE: Final = 25_000_000
MAX_SIDE: Final = 4096
WEB_SIDE: Final = 1280
THUMB_SIDE: Final = 320

Reason = Literal["empty", "too_large", "too_many_pixels", "heic", "not_accepted", "damaged", "infected"]
Size = Literal["thumb", "web", "full"]

SIDES: Final[dict[str, int]] = {"thumb": THUMB_SIDE, "web": WEB_SIDE}
EXTENSIONS: Final[dict[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
READ_IMAGES: Final[dict[str, str]] = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF", "image/avif": "AVIF",
}  # fmt: skip
"""Content types we decode, each with the one decoder that may touch it."""
WRITTEN_AS: Final[dict[str, str]] = {"PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP"}
"""Decoders whose pictures are not written as JPEG."""

_BRANDS_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_BRANDS_AVIF = {b"avif", b"avis"}


class Refused(ValueError):
    """A file that we do not keep; `reason` says why, `messages.of` says it in words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class TakenAt:
    """Where a photo says it was taken, in WGS84 degrees."""

    lon: float
    lat: float


def content_type_of(head: bytes) -> str:
    """The content type that the first bytes show; empty for anything we have no use for.

    Only the start counts: a PDF or picture that begins as something else is that something else.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"%PDF-1.", b"%PDF-2.")):
        return "application/pdf"
    return _boxed(head)


def _boxed(head: bytes) -> str:
    """HEIC and AVIF share a container (ISO 14496-12): its brand tells them apart."""
    if head[4:8] != b"ftyp":
        return ""
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, min(len(head), 64), 4)}
    if brands & _BRANDS_AVIF:
        return "image/avif"
    return "image/heic" if brands & _BRANDS_HEIC else ""


def must_be_acceptable(head: bytes, size: int) -> str:
    """The content type of a file we take. Raises Refused."""
    if size == 0:
        raise Refused("empty")
    if size > MAX_BYTES:
        raise Refused("too_large")
    kind = content_type_of(head)
    if kind == "image/heic":
        raise Refused("heic")
    if kind not in READ_IMAGES and kind != "application/pdf":
        raise Refused("not_accepted")
    return kind


def must_be_whole_pdf(data: bytes) -> None:
    """Raise Refused unless the PDF has an end and its end is near the end (ISO 32000, 7.5.5)."""
    if b"%%EOF" not in data[-2048:]:
        raise Refused("damaged")


def must_be_few_pixels(width: int, height: int, decoder: str) -> None:
    """Raise Refused for a picture that would fill the memory when unpacked.

    A JPEG may have more (the largest ordinary phone photo, 8160 by 6120), because it can be unpacked at a smaller size.
    """
    if width < 1 or height < 1 or width * height > MAX_PIXELS.get(decoder, MAX_PIXELS_ELSE):
        raise Refused("too_many_pixels")


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Width and height within a square of `side`, in proportion, never larger than before."""
    longest = max(width, height)
    if longest <= side:
        return width, height
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def tidy_name(given: str, content_type: str) -> str:
    """A file name that is safe to show and to save: letters, digits, one extension that tells the truth."""
    stem = given.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w \-()]+", "-", stem).strip(" -.")[:80]
    return f"{stem or 'file'}.{EXTENSIONS[content_type]}"


def degrees(parts: tuple[float, float, float], quarter: str) -> float | None:
    """Decimal degrees of (degrees, minutes, seconds) in the quarter N, S, E or W; None where they make no sense."""
    whole, minutes, seconds = parts
    value = whole + minutes / 60 + seconds / 3600
    if not (0 <= value <= 180) or quarter not in {"N", "S", "E", "W"}:
        return None
    return -value if quarter in {"S", "W"} else value


def place_taken(
    lat: tuple[float, float, float], lat_quarter: str, lon: tuple[float, float, float], lon_quarter: str
) -> TakenAt | None:
    """The position that a photo's own notes give; None where they are empty or impossible."""
    north, east = degrees(lat, lat_quarter), degrees(lon, lon_quarter)
    if north is None or east is None or abs(north) > 90 or (north == 0 and east == 0):
        return None
    return TakenAt(lon=round(east, 7), lat=round(north, 7))
