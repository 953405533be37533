"""What may be kept, said in bytes and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.documents import rules
from townhall.kernel.documents.tests import factories


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"GIF89a\x10\0", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf", "image/avif"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"%PDF-1.4\n", "application/pdf"),
        (b"%PDF-2.0\n", "application/pdf"),
        (b"\n%PDF-1.4\n", ""),
        (b"RIFF\x10\0\0\0WAVEfmt ", ""),
        (b"PK\x03\x04", ""),
        (factories.SVG, ""),
        (factories.HTML, ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_say_what_a_file_is(head: bytes, content_type: str) -> None:
    assert rules.content_type_of(head) == content_type


@given(st.binary(max_size=80))
def test_any_bytes_have_one_answer(head: bytes) -> None:
    assert rules.content_type_of(head) in {*rules.READ_IMAGES, "image/heic", "application/pdf", ""}


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("IMG_0001.JPG", "IMG_0001.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\photos\\bin.png", "bin.jpg"),
        ("lamp.php.jpg", "lamp-php.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a-Set-Cookie- x.jpg"),
        ("Tŷ Gwyn (2).jpeg", "Tŷ Gwyn (2).jpg"),
        ("", "file.jpg"),
        ("....", "file.jpg"),
        ("x" * 300, "x" * 80 + ".jpg"),
    ],
)
def test_names_are_made_safe_and_tell_the_truth(given_name: str, kept: str) -> None:
    assert rules.tidy_name(given_name, "image/jpeg") == kept


def test_a_side_is_never_made_longer() -> None:
    assert rules.fitted(200, 100, 320) == (200, 100)
    assert rules.fitted(6400, 100, 320) == (320, 5)
    assert rules.fitted(100_000, 1, 320) == (320, 1)


@given(st.integers(1, 50_000), st.integers(1, 50_000))
def test_a_fitted_picture_fits(width: int, height: int) -> None:
    fitted = rules.fitted(width, height, 320)
    assert max(fitted) <= 320
    assert min(fitted) >= 1


def test_where_a_photo_was_taken_is_read_in_degrees() -> None:
    york = rules.place_taken((53, 57, 29.88), "N", (1, 4, 49.08), "W")
    assert york == rules.TakenAt(lon=-1.0803, lat=53.9583)


@pytest.mark.parametrize(
    ("lat", "lat_quarter", "lon", "lon_quarter"),
    [
        ((0.0, 0.0, 0.0), "N", (0.0, 0.0, 0.0), "E"),
        ((91.0, 0.0, 0.0), "N", (0.0, 0.0, 1.0), "E"),
        ((53.0, 0.0, 0.0), "?", (1.0, 0.0, 0.0), "W"),
        ((float("nan"), 0.0, 0.0), "N", (1.0, 0.0, 0.0), "W"),
    ],
)
def test_a_nonsense_position_is_no_position(
    lat: tuple[float, float, float], lat_quarter: str, lon: tuple[float, float, float], lon_quarter: str
) -> None:
    assert rules.place_taken(lat, lat_quarter, lon, lon_quarter) is None
