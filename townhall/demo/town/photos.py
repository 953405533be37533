"""Photographs of what was reported, drawn: nothing in them was ever in front of a camera."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .chance import Rng, stream
from .scenes import SCENES, TITLED

CANVAS = (1280, 960)


def draw_photo(category: str, seed: int, width: int = 1280, height: int = 960, *, title: str = "") -> bytes:
    """A JPEG for a category, the same for the same seed; its EXIF names a camera and a place, as a telephone's would.

    A request's English title, where it is given, decides what has been dumped.
    """
    rng = stream(seed, f"photo {category}")
    image = Image.new("RGB", CANVAS, (120, 120, 120))
    scene = TITLED.get(title) or SCENES.get(category) or SCENES["street_litter"]
    scene(image, ImageDraw.Draw(image), rng)
    image = _developed(image, rng, dusk=category == "street_light")
    if (width, height) != CANVAS:
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "JPEG", quality=82, exif=_exif(rng))
    return out.getvalue()


def _developed(image: Image.Image, rng: Rng, *, dusk: bool) -> Image.Image:
    """Soft focus, light from one side, darker corners, grain."""
    image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(1.0, 1.9))))
    wide, high = image.size
    x, y = np.linspace(-1, 1, wide // 8, dtype=np.float32), np.linspace(-1, 1, high // 8, dtype=np.float32)
    light = 1.04 - 0.2 * (x[None, :] ** 2 + y[:, None] ** 2) + float(rng.uniform(-0.12, 0.12)) * x[None, :]
    mask = Image.fromarray((np.clip(light, 0, 1) * 255).astype(np.uint8)).resize(image.size)
    image = Image.composite(image, Image.new("RGB", image.size, (8, 8, 12)), mask)
    strength = 11 if dusk else 7
    grain = rng.integers(128 - strength, 129 + strength, (high // 2, wide // 2), dtype=np.uint8)
    noise = Image.fromarray(grain).resize(image.size)
    return Image.blend(image, Image.merge("RGB", (noise, noise, noise)), 0.1 if not dusk else 0.07)


def _exif(rng: Rng) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Fellcam", "Pocket 4"
    month, day, hour, minute = (int(rng.integers(low, high)) for low, high in ((1, 6), (10, 28), (10, 19), (10, 59)))
    exif[0x0132] = f"2026:0{month}:{day} {hour}:{minute}:07"
    position = exif.get_ifd(0x8825)
    position[1], position[3] = "N", "W"
    position[2] = (54.0, 23.0, round(float(rng.uniform(0, 59)), 2))
    position[4] = (2.0, 37.0, round(float(rng.uniform(0, 59)), 2))
    return exif
