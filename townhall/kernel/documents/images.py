"""Decodes a picture and writes it anew, so that only the picture itself is kept."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps

from townhall.kernel.documents import rules

OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "WEBP": {"quality": 85},
    "PNG": {},
}
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@dataclass(frozen=True)
class Cleaned:
    """A picture without its past: its bytes at each size, and where its notes said it was taken."""

    content_type: str
    width: int
    height: int
    full: bytes
    web: bytes
    thumb: bytes
    taken_at: rules.TakenAt | None


def clean(data: bytes, content_type: str) -> Cleaned:
    """The picture upright, in sRGB terms, without notes, and its two smaller sizes as JPEG. Raises Refused.

    Only the decoder of its content type is tried. Of a moving picture the first frame is kept. A colour profile is
    dropped, not applied: a photo in a wide colour space looks a little paler.
    """
    decoder = rules.READ_IMAGES[content_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=(decoder, "MPO") if decoder == "JPEG" else (decoder,))
            rules.must_be_few_pixels(*image.size, decoder)
            return _rewritten(image, decoder)
    except rules.Refused:
        raise
    except Image.DecompressionBombError as error:
        raise rules.Refused("too_many_pixels") from error
    except Exception as error:  # a decoder may fail in any way on a hostile file
        raise rules.Refused("damaged") from error


def _rewritten(image: Image.Image, decoder: str) -> Cleaned:
    image.draft("RGB", (rules.MAX_SIDE, rules.MAX_SIDE))
    taken_at = _taken_at(image)
    upright = ImageOps.exif_transpose(image)
    written_as = rules.WRITTEN_AS.get(decoder, "JPEG")
    bare = _bare(upright, keeps_alpha=written_as != "JPEG")
    full = _within(bare, rules.MAX_SIDE)
    flat = _bare(full, keeps_alpha=False)
    return Cleaned(
        content_type=MIME[written_as], width=full.width, height=full.height, full=_bytes(full, written_as),
        web=_bytes(_within(flat, rules.WEB_SIDE), "JPEG"), thumb=_bytes(_within(flat, rules.THUMB_SIDE), "JPEG"),
        taken_at=taken_at,
    )  # fmt: skip


def _bare(image: Image.Image, *, keeps_alpha: bool) -> Image.Image:
    """A new picture of the same pixels and nothing else of the old one; for JPEG, what is see-through becomes white."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if keeps_alpha and has_alpha:
        return _only_pixels(image.convert("RGBA"))
    if has_alpha:
        layer = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(layer, mask=layer.getchannel("A"))
        return white
    return _only_pixels(image.convert("RGB"))


def _only_pixels(image: Image.Image) -> Image.Image:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _within(image: Image.Image, side: int) -> Image.Image:
    size = rules.fitted(*image.size, side)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _bytes(image: Image.Image, written_as: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, written_as, **OPTIONS[written_as])
    return buffer.getvalue()


def _taken_at(image: Image.Image) -> rules.TakenAt | None:
    """The position in the photo's notes; None where there is none or it is nonsense."""
    try:
        notes = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat, lon = _three(notes[ExifTags.GPS.GPSLatitude]), _three(notes[ExifTags.GPS.GPSLongitude])
        quarters = [str(notes[tag]).strip("\0 ") for tag in (ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLongitudeRef)]
        return rules.place_taken(lat, quarters[0], lon, quarters[1])
    except Exception:  # notes are whatever a camera, or somebody else, wrote
        return None


def _three(parts: Any) -> tuple[float, float, float]:
    whole, minutes, seconds = (float(part) for part in parts)
    return whole, minutes, seconds
