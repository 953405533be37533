"""Backgrounds for drawn photographs: walls, cobbles, tarmac, grass and sky."""

import itertools

import numpy as np
from PIL import Image, ImageDraw

from .chance import Rng

Colour = tuple[int, int, int]


def shade(colour: Colour, by: float) -> Colour:
    """A colour made lighter or darker; 1 leaves it."""
    r, g, b = (max(0, min(255, int(part * by))) for part in colour)
    return r, g, b


def varied(colour: Colour, rng: Rng, spread: float = 0.12) -> Colour:
    return shade(colour, 1 + float(rng.normal(0, spread)))


def gradient(image: Image.Image, top: Colour, bottom: Colour, box: tuple[int, int, int, int]) -> None:
    """Fill a box with a colour that changes from its top to its bottom."""
    left, upper, right, lower = box
    t = np.linspace(0, 1, max(lower - upper, 1))[:, None, None]
    rows = (np.array(top) * (1 - t) + np.array(bottom) * t).astype(np.uint8)
    image.paste(Image.fromarray(np.repeat(rows, right - left, axis=1)), (left, upper))


def sky(image: Image.Image, horizon: int, hour: float) -> None:
    """The sky at an hour of the day: grey by day, as it is; amber at its ends; deep blue at night."""
    dark = float(np.clip((abs(hour - 13) - 5) / 4, 0, 1))
    top = _blend((150, 172, 196), (18, 24, 46), dark)
    low = _blend((216, 221, 224), (196, 132, 92) if hour > 12 else (178, 150, 140), min(1, dark * 1.2))
    gradient(image, top, _blend(low, (52, 46, 62), max(0.0, dark - 0.55) * 2), (0, 0, image.width, horizon))


def bricks(image: Image.Image, box: tuple[int, int, int, int], rng: Rng, base: Colour) -> None:
    """A wall in stretcher bond."""
    draw = ImageDraw.Draw(image)
    left, upper, right, lower = box
    draw.rectangle(box, fill=shade(base, 0.62))
    high = image.height // 30
    wide = int(high * 2.7)
    for row, y in enumerate(range(upper - high // 2, lower, high)):
        for x in range(left - (wide // 2) * (row % 2), right, wide):
            fill = varied(base, rng, 0.1)
            top, foot = max(y, upper) + 2, min(y + high - 2, lower)
            if foot > top:
                draw.rectangle((x + 2, top, x + wide - 2, foot), fill=fill)


def cobbles(image: Image.Image, top: int, rng: Rng, base: Colour = (118, 115, 110)) -> None:
    """A lane of setts, larger towards the eye."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top, image.width, image.height), fill=shade(base, 0.45))
    y, size = float(top), image.height / 50
    while y < image.height:
        x = -size * float(rng.random())
        while x < image.width:
            wide = size * (1.5 + 0.5 * float(rng.random()))
            stone = varied(base, rng, 0.13)
            draw.rounded_rectangle((x + 1, y + 1, x + wide - 2, y + size - 1), radius=size * 0.32, fill=stone)
            draw.line(
                (x + wide * 0.2, y + size * 0.2, x + wide * 0.7, y + size * 0.2), fill=shade(stone, 1.18), width=2
            )
            x += wide
        y += size
        size *= 1.085


def tarmac(image: Image.Image, top: int, rng: Rng, base: int = 92) -> None:
    """A road surface: stones, patches, a little wear."""
    high, wide = image.height - top, image.width
    coarse = rng.normal(0, 1, (12, 16)).astype(np.float32)
    patch = np.asarray(Image.fromarray(coarse).resize((wide, high), Image.Resampling.BICUBIC))
    grain = rng.integers(-22, 23, (high, wide)).astype(np.float32)
    depth = np.linspace(-12, 10, high, dtype=np.float32)[:, None]
    grey = np.clip(base + patch * 5 + grain + depth, 0, 255).astype(np.uint8)
    image.paste(Image.merge("RGB", (Image.fromarray(grey),) * 3), (0, top))


def slabs(image: Image.Image, top: int, rng: Rng, base: Colour = (168, 164, 156)) -> None:
    """Paving in perspective."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top, image.width, image.height), fill=shade(base, 0.6))
    rows = top + (image.height - top) * np.linspace(0, 1, 7) ** 1.6
    vanish = image.width * 0.5
    for row, (y1, y2) in enumerate(itertools.pairwise(rows)):
        for column in range(-7, 8):
            near = vanish + (column + 0.5 * (row % 2)) * image.width * 0.2
            spread1, spread2 = (
                0.42 + 0.58 * (y1 - top) / (image.height - top),
                0.42 + 0.58 * (y2 - top) / (image.height - top),
            )
            x1, x2 = vanish + (near - vanish) * spread1, vanish + (near - vanish) * spread2
            step1, step2 = image.width * 0.2 * spread1, image.width * 0.2 * spread2
            corners = ((x1 + 3, y1 + 2), (x1 + step1 - 3, y1 + 2), (x2 + step2 - 3, y2 - 2), (x2 + 3, y2 - 2))
            draw.polygon(corners, fill=varied(base, rng, 0.05))


def grass(image: Image.Image, top: int, rng: Rng, *, height: float = 16, base: Colour = (104, 128, 72)) -> None:
    """Mown or unmown grass."""
    gradient(image, shade(base, 1.12), shade(base, 0.78), (0, top, image.width, image.height))
    draw = ImageDraw.Draw(image)
    count = 1700
    x, y = rng.uniform(0, image.width, count), top + (image.height - top) * np.sort(rng.random(count))
    lean, tall = (
        rng.normal(0, height * 0.35, count),
        height * rng.uniform(0.5, 1.5, count) * (0.4 + (y - top) / image.height),
    )
    for i in range(count):
        draw.line((x[i], y[i], x[i] + lean[i], y[i] - tall[i]), fill=varied(base, rng, 0.2), width=2)


def houses(image: Image.Image, base: int, rng: Rng, *, lit: bool, colour: Colour = (58, 50, 58)) -> None:
    """A terrace against the sky, some of its windows lit."""
    draw = ImageDraw.Draw(image)
    wide, x = image.width // 7, -int(rng.integers(0, 80))
    while x < image.width:
        tall = int(image.height * (0.27 + 0.03 * rng.random()))
        wall = varied(colour, rng, 0.08)
        draw.rectangle((x, base - tall, x + wide, base), fill=wall)
        eaves, ridge = base - tall, base - tall - wide * 0.34
        roof = ((x - 4, eaves), (x + wide + 4, eaves), (x + wide - 12, ridge), (x + 12, ridge))
        draw.polygon(roof, fill=shade(wall, 0.72))
        draw.rectangle(
            (x + wide * 0.72, base - tall - wide * 0.52, x + wide * 0.86, base - tall - wide * 0.2),
            fill=shade(wall, 0.85),
        )
        for row in (0.72, 0.3):
            for place in (0.16, 0.58):
                glow = lit and rng.random() < 0.45
                pane = (240, 200, 122) if glow else shade(wall, 1.35 if not lit else 0.6)
                top = base - tall * row - tall * 0.16
                draw.rectangle((x + wide * place, top, x + wide * (place + 0.24), top + tall * 0.26), fill=pane)
        x += wide


def _blend(first: Colour, second: Colour, share: float) -> Colour:
    r, g, b = (int(a * (1 - share) + c * share) for a, c in zip(first, second, strict=True))
    return r, g, b
