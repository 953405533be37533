"""Files for tests: photos as phones make them, and files that mean harm. Made here, byte by byte."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner reports. Source: EICAR."""


def upload(data: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """The bytes as a browser would send them, with whatever name and type it claims."""
    return SimpleUploadedFile(name, data, content_type)


def picture(width: int = 640, height: int = 480, colour: str = "#a9cfe0", mode: str = "RGB") -> Image.Image:
    """A picture with a red left half, so that turning it can be seen."""
    image = Image.new(mode, (width, height), colour)
    image.paste(Image.new(mode, (width // 2, height), "#b3261e"), (0, 0))
    return image


def as_bytes(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def phone_photo(lat: float = 53.9583, lon: float = -1.0803, orientation: int = 6) -> bytes:
    """A JPEG on its side, that says where it was taken, by which phone, and has a comment."""
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = orientation
    notes[ExifTags.Base.Model] = "Secret Phone 9"
    gps = notes.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N" if lat >= 0 else "S"
    gps[ExifTags.GPS.GPSLatitude] = _parts(abs(lat))
    gps[ExifTags.GPS.GPSLongitudeRef] = "E" if lon >= 0 else "W"
    gps[ExifTags.GPS.GPSLongitude] = _parts(abs(lon))
    return as_bytes(picture(), exif=notes, comment=b"taken at my house", quality=90)


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees % 1) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes % 1) * 60, 4)


def bomb_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it has 900 million pixels."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def text_bomb_png() -> bytes:
    """A PNG whose compressed comment unpacks to 200 MB."""
    comment = b"Comment\0\0" + zlib.compress(b"A" * 200_000_000, 1)
    whole = as_bytes(picture(8, 8), "PNG")
    return whole[:33] + _chunk(b"zTXt", comment) + whole[33:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def gif_that_is_script() -> bytes:
    """A GIF that a browser could also run as JavaScript: its width reads `/*`, and its end closes the comment."""
    image = as_bytes(Image.new("P", (0x2A2F, 1)), "GIF")
    return image + b"*/=1;alert('run');//"


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
