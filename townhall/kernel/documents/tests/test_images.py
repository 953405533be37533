"""Pictures are written anew: what is hidden in or behind them does not survive."""

from io import BytesIO

import pytest
from PIL import Image

from townhall.kernel.documents import images, rules
from townhall.kernel.documents.tests import factories


def opened(data: bytes) -> Image.Image:
    """A picture's bytes as a picture."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_a_phones_notes_are_gone_from_every_size() -> None:
    photo = factories.phone_photo()
    assert b"Secret Phone 9" in photo
    cleaned = images.clean(photo, "image/jpeg")
    for data in (cleaned.full, cleaned.web, cleaned.thumb):
        assert b"Secret Phone" not in data
        assert b"my house" not in data
        assert b"Exif" not in data
        assert not opened(data).getexif()


def test_where_it_was_taken_is_handed_back() -> None:
    cleaned = images.clean(factories.phone_photo(53.9583, -1.0803), "image/jpeg")
    assert cleaned.taken_at is not None
    assert cleaned.taken_at.lat == pytest.approx(53.9583, abs=1e-5)
    assert cleaned.taken_at.lon == pytest.approx(-1.0803, abs=1e-5)


def test_a_photo_on_its_side_is_put_upright() -> None:
    cleaned = images.clean(factories.phone_photo(orientation=6), "image/jpeg")
    assert (cleaned.width, cleaned.height) == (480, 640)
    top, bottom = (opened(cleaned.full).getpixel((240, y)) for y in (20, 620))
    assert top[0] > 150  # pyright: ignore[reportOptionalSubscript, reportIndexIssue]
    assert bottom[2] > 200  # pyright: ignore[reportOptionalSubscript, reportIndexIssue]


@pytest.mark.parametrize(
    ("kind", "content_type", "written_as"),
    [
        ("JPEG", "image/jpeg", "image/jpeg"),
        ("PNG", "image/png", "image/png"),
        ("WEBP", "image/webp", "image/webp"),
        ("GIF", "image/gif", "image/png"),
        ("AVIF", "image/avif", "image/jpeg"),
    ],
)
def test_every_kind_we_take_is_written_as_one_that_browsers_show(kind: str, content_type: str, written_as: str) -> None:
    cleaned = images.clean(factories.as_bytes(factories.picture(2000, 1000), kind), content_type)
    assert cleaned.content_type == written_as
    assert opened(cleaned.web).size == (1280, 640)
    assert opened(cleaned.thumb).size == (320, 160)
    assert opened(cleaned.thumb).format == "JPEG"


def test_a_picture_with_two_pictures_in_it_gives_the_first() -> None:
    buffer = BytesIO()
    factories.picture().save(buffer, "MPO", save_all=True, append_images=[factories.picture(colour="#000000")])
    assert images.clean(buffer.getvalue(), "image/jpeg").width == 640


def test_see_through_stays_in_the_large_picture_and_is_white_in_the_small() -> None:
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    cleaned = images.clean(factories.as_bytes(clear, "PNG"), "image/png")
    assert opened(cleaned.full).mode == "RGBA"
    assert opened(cleaned.thumb).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_kept_no_larger_than_it_needs_to_be() -> None:
    cleaned = images.clean(factories.as_bytes(factories.picture(6000, 3000)), "image/jpeg")
    assert (cleaned.width, cleaned.height) == (4096, 2048)


def test_a_script_behind_a_picture_is_gone() -> None:
    hostile = factories.gif_that_is_script()
    assert hostile.startswith((b"GIF89a/*", b"GIF87a/*"))
    cleaned = images.clean(hostile, "image/gif")
    assert b"alert" not in cleaned.full + cleaned.web + cleaned.thumb


def test_an_archive_behind_a_photo_is_gone() -> None:
    cleaned = images.clean(factories.as_bytes(factories.picture()) + b"PK\x03\x04 secret archive", "image/jpeg")
    assert b"secret archive" not in cleaned.full


@pytest.mark.parametrize("data", [factories.bomb_png(), factories.bomb_png(1, 2_000_000_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(data: bytes) -> None:
    with pytest.raises(rules.Refused) as refused:
        images.clean(data, "image/png")
    assert refused.value.reason in {"too_many_pixels", "damaged"}


def test_a_comment_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(rules.Refused) as refused:
        images.clean(factories.text_bomb_png(), "image/png")
    assert refused.value.reason == "damaged"


@pytest.mark.parametrize("cut", [200, 1000])
def test_a_picture_that_was_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(rules.Refused):
        images.clean(factories.as_bytes(factories.picture(1500, 900), "PNG")[:-cut], "image/png")


def test_another_decoder_is_never_tried() -> None:
    with pytest.raises(rules.Refused):
        images.clean(factories.as_bytes(factories.picture(), "TIFF"), "image/jpeg")
