"""What must be true of a drawn photograph."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from townhall.demo.town.demand import CATEGORIES
from townhall.demo.town.photos import draw_photo


@pytest.mark.parametrize("category", [category.code for category in CATEGORIES if category.photo >= 0.04])
def test_each_category_has_a_picture(category: str) -> None:
    image = Image.open(BytesIO(draw_photo(category, 3, 320, 240)))
    assert (image.format, image.size) == ("JPEG", (320, 240))
    assert np.asarray(image.convert("L")).std() > 12


def test_same_seed_draws_the_same_picture() -> None:
    assert draw_photo("pothole", 7, 320, 240) == draw_photo("pothole", 7, 320, 240)
    assert draw_photo("pothole", 7, 320, 240) != draw_photo("pothole", 8, 320, 240)


def test_pictures_of_different_troubles_differ() -> None:
    first, second = (
        np.asarray(Image.open(BytesIO(draw_photo(c, 1, 320, 240))), float) for c in ("graffiti", "street_light")
    )
    assert np.abs(first - second).mean() > 25


def test_title_decides_what_was_dumped() -> None:
    sofa = draw_photo("fly_tipping", 4, 320, 240, title="Sofa left on the pavement")
    assert sofa != draw_photo("fly_tipping", 4, 320, 240, title="Mattress and bags dumped")


def test_picture_carries_a_place_and_a_camera_to_be_stripped() -> None:
    exif = Image.open(BytesIO(draw_photo("fly_tipping", 1, 320, 240))).getexif()
    assert exif[0x010F] == "Fellcam"
    assert exif.get_ifd(0x8825)[1] == "N"
