"""Things in drawn photographs. Each is drawn standing at a point, at a scale where 100 is about a metre."""

import numpy as np
from PIL import Image, ImageDraw

from .chance import Rng
from .scenery import Colour, shade, varied

Draw = ImageDraw.ImageDraw
Place = tuple[float, float]


def turned(points: list[Place], at: Place, degrees: float, size: float = 1.0) -> list[Place]:
    """Points turned and scaled about nothing, then set down."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return [(at[0] + size * (x * c - y * s), at[1] + size * (x * s + y * c)) for x, y in points]


def shadow(draw: Draw, at: Place, wide: float, high: float, dark: Colour = (44, 42, 42)) -> None:
    draw.ellipse((at[0] - wide, at[1] - high, at[0] + wide, at[1] + high), fill=dark)


def bag(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A tied black sack, slumped."""
    x, y = at
    angle = np.linspace(0, 2 * np.pi, 26)
    radius = 1 + 0.06 * rng.normal(size=26)
    radius[-1] = radius[0]
    body = [
        (x + size * 0.5 * r * np.cos(a), y - size * 0.42 + size * 0.45 * r * np.sin(a))
        for a, r in zip(angle, radius, strict=True)
    ]
    shadow(draw, (x, y), size * 0.6, size * 0.12)
    draw.polygon(body, fill=(34, 34, 37))
    neck = [(-0.14, -0.8), (0.14, -0.8), (0.05, -0.92), (0.16, -1.08), (-0.14, -1.06), (-0.05, -0.92)]
    draw.polygon(turned(neck, at, 0, size), fill=(28, 28, 31))
    for k in range(3):
        a = rng.uniform(-2.6, -0.6)
        px, py = x + size * 0.33 * np.cos(a), y - size * 0.45 + size * 0.3 * np.sin(a)
        draw.line(
            (px, py, px + size * 0.05, py + size * (0.16 + 0.05 * k)), fill=(82, 82, 88), width=max(2, int(size / 40))
        )


def mattress(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A stained mattress leaning on something."""
    lean = float(rng.uniform(-13, 13))
    shape = turned([(-1.0, -1.05), (1.0, -1.05), (1.0, 0.0), (-1.0, 0.0)], at, lean, size)
    edge = turned([(1.0, -1.05), (1.12, -1.0), (1.12, 0.05), (1.0, 0.0)], at, lean, size)
    base = varied((222, 211, 190), rng, 0.04)
    shadow(draw, at, size * 1.15, size * 0.14)
    draw.polygon(edge, fill=shade(base, 0.72))
    draw.polygon(shape, fill=base)
    for k in range(1, 7):
        for j in range(1, 4):
            spot = turned([(-1 + k * 0.285, -1.05 + j * 0.262)], at, lean, size)[0]
            draw.ellipse((spot[0] - 4, spot[1] - 4, spot[0] + 4, spot[1] + 4), fill=shade(base, 0.86))
    stain = turned([(rng.uniform(-0.6, 0.6), rng.uniform(-0.8, -0.3))], at, lean, size)[0]
    draw.ellipse(
        (stain[0] - size * 0.2, stain[1] - size * 0.12, stain[0] + size * 0.22, stain[1] + size * 0.14),
        fill=shade(base, 0.9),
    )
    draw.line([*shape, shape[0]], fill=shade(base, 0.78), width=5)


def sofa(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    x, y = at
    base = varied(((112, 74, 52), (92, 96, 108), (120, 52, 50))[int(rng.integers(0, 3))], rng)
    shadow(draw, at, size * 1.3, size * 0.14)
    draw.rounded_rectangle(
        (x - size * 1.1, y - size * 0.95, x + size * 1.1, y - size * 0.2), radius=size * 0.14, fill=shade(base, 0.9)
    )
    for left in (-0.92, 0.02):
        draw.rounded_rectangle(
            (x + size * left, y - size * 0.5, x + size * (left + 0.9), y - size * 0.2),
            radius=size * 0.08,
            fill=shade(base, 1.12),
        )
    for left in (-1.28, 0.98):
        draw.rounded_rectangle(
            (x + size * left, y - size * 0.66, x + size * (left + 0.32), y), radius=size * 0.12, fill=base
        )
    draw.rectangle((x - size, y - size * 0.22, x + size, y - size * 0.03), fill=shade(base, 0.7))


def tyre(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    x, y = at
    flat = float(rng.uniform(0.34, 0.9))
    for out, fill in ((1.0, (30, 30, 31)), (0.88, (48, 48, 50)), (0.58, (24, 24, 25)), (0.5, (70, 68, 64))):
        draw.ellipse(
            (x - size * out, y - size * (flat + flat * out), x + size * out, y - size * (flat - flat * out)), fill=fill
        )


def fridge(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    lean = float(rng.uniform(-6, 6))
    base = varied((226, 228, 226), rng, 0.03)
    shadow(draw, at, size * 0.6, size * 0.1)
    draw.polygon(turned([(-0.4, -1.7), (0.4, -1.7), (0.4, 0), (-0.4, 0)], at, lean, size), fill=base)
    draw.polygon(turned([(0.4, -1.7), (0.55, -1.62), (0.55, -0.04), (0.4, 0)], at, lean, size), fill=shade(base, 0.76))
    draw.line(turned([(-0.4, -1.15), (0.4, -1.15)], at, lean, size), fill=shade(base, 0.6), width=5)
    draw.line(turned([(-0.3, -1.05), (-0.3, -0.7)], at, lean, size), fill=shade(base, 0.5), width=8)


def wheelie_bin(draw: Draw, at: Place, size: float, base: Colour, *, full: bool) -> None:
    x, y = at
    shadow(draw, at, size * 0.45, size * 0.08)
    draw.polygon(
        [(x - size * 0.32, y - size), (x + size * 0.32, y - size), (x + size * 0.26, y), (x - size * 0.26, y)],
        fill=base,
    )
    draw.polygon(
        [(x + size * 0.12, y - size), (x + size * 0.32, y - size), (x + size * 0.26, y), (x + size * 0.12, y)],
        fill=shade(base, 0.78),
    )
    lift = 0.24 if full else 0.0
    lid = [(-0.37, -1.0), (0.37, -1.0 - lift), (0.34, -1.09 - lift), (-0.34, -1.09)]
    draw.polygon(turned(lid, at, 0, size), fill=shade(base, 1.2))
    draw.ellipse((x + size * 0.14, y - size * 0.15, x + size * 0.32, y + size * 0.03), fill=(24, 24, 25))


def litter(draw: Draw, box: tuple[float, float, float, float], count: int, size: float, rng: Rng) -> None:
    """Cups, cans, cartons and paper."""
    colours = (
        (214, 60, 48),
        (236, 232, 220),
        (60, 110, 170),
        (232, 196, 70),
        (172, 120, 72),
        (210, 214, 216),
        (70, 140, 86),
    )
    for _ in range(count):
        x, y = rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
        s = size * rng.uniform(0.5, 1.2) * (0.6 + 0.6 * (y - box[1]) / max(box[3] - box[1], 1))
        fill = varied(colours[int(rng.integers(0, len(colours)))], rng)
        shape = turned([(-0.5, -0.3), (0.5, -0.34), (0.55, 0.3), (-0.45, 0.28)], (x, y), float(rng.uniform(0, 180)), s)
        draw.polygon([(px + 4, py + 5) for px, py in shape], fill=(46, 44, 44))
        draw.polygon(shape, fill=fill)
        draw.line(shape[:2], fill=shade(fill, 0.7), width=3)


def litter_bin(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A street bin with its hood, fuller than it should be."""
    x, y = at
    base = (42, 58, 50)
    shadow(draw, at, size * 0.5, size * 0.08)
    draw.rounded_rectangle((x - size * 0.38, y - size * 1.25, x + size * 0.38, y), radius=size * 0.06, fill=base)
    draw.rectangle((x + size * 0.16, y - size * 1.2, x + size * 0.38, y), fill=shade(base, 0.75))
    draw.rectangle((x - size * 0.3, y - size * 1.02, x + size * 0.3, y - size * 0.74), fill=(14, 16, 15))
    draw.rectangle((x - size * 0.42, y - size * 1.36, x + size * 0.42, y - size * 1.22), fill=shade(base, 1.25))
    litter(draw, (x - size * 0.28, y - size * 0.98, x + size * 0.28, y - size * 0.7), 9, size * 0.22, rng)
    litter(draw, (x - size * 0.9, y - size * 0.08, x + size * 0.9, y + size * 0.22), 13, size * 0.2, rng)


def car(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A hatchback from the side, neglected: no plates, one tyre flat."""
    x, y = at
    base = varied(((150, 156, 162), (60, 84, 120), (128, 44, 42), (70, 92, 74))[int(rng.integers(0, 4))], rng)
    shadow(draw, (x, y), size * 2.1, size * 0.13)
    body = [
        (-2, -0.25),
        (-1.95, -0.75),
        (-1.3, -0.86),
        (-0.85, -1.36),
        (0.75, -1.4),
        (1.5, -0.86),
        (1.98, -0.72),
        (2.02, -0.25),
    ]
    draw.polygon(turned(body, at, 0, size), fill=base)
    draw.polygon(
        turned([(-1.1, -0.88), (-0.76, -1.26), (-0.08, -1.28), (-0.08, -0.88)], at, 0, size), fill=(54, 62, 68)
    )
    draw.polygon(turned([(0.02, -0.88), (0.02, -1.28), (0.68, -1.3), (1.24, -0.88)], at, 0, size), fill=(48, 56, 62))
    draw.line(turned([(-1.98, -0.55), (2.0, -0.52)], at, 0, size), fill=shade(base, 0.8), width=4)
    draw.line(turned([(-0.03, -0.88), (-0.06, -0.28)], at, 0, size), fill=shade(base, 0.66), width=4)
    for wheel, flat in ((-1.22, 0.0), (1.28, 0.06)):
        cx, cy = x + wheel * size, y - size * (0.3 - flat)
        for out, fill in ((0.36, (26, 26, 27)), (0.2, (130, 132, 134)), (0.07, (60, 60, 62))):
            draw.ellipse((cx - size * out, cy - size * out, cx + size * out, cy + size * (out - flat)), fill=fill)
    for _ in range(26):
        px, py = x + size * rng.uniform(-1.9, 1.9), y - size * rng.uniform(0.3, 0.8)
        draw.line((px, py, px + 3, py + size * 0.1), fill=shade(base, float(rng.uniform(0.8, 0.94))), width=2)


def tree(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A broad tree in leaf."""
    x, y = at
    bark = varied((84, 68, 54), rng)
    draw.polygon(
        [
            (x - size * 0.1, y),
            (x + size * 0.1, y),
            (x + size * 0.05, y - size * 1.1),
            (x - size * 0.05, y - size * 1.1),
        ],
        fill=bark,
    )
    for _ in range(130):
        a, r = rng.uniform(0, 6.28), np.sqrt(rng.random()) * size * 0.72
        px, py, s = x + r * np.cos(a), y - size * 1.45 + r * 0.8 * np.sin(a), size * rng.uniform(0.07, 0.17)
        leaf = shade((78, 108, 58), 1.25 - 0.55 * (py - y + size * 2.1) / (size * 1.3) + float(rng.normal(0, 0.08)))
        draw.ellipse((px - s, py - s * 0.8, px + s, py + s * 0.8), fill=leaf)


def fallen_tree(draw: Draw, at: Place, size: float, rng: Rng) -> None:
    """A trunk across the way, torn end towards us, crown beyond."""
    x, y = at
    bark = varied((92, 76, 60), rng)
    shadow(draw, (x, y + size * 0.06), size * 1.9, size * 0.12)
    trunk = [
        (x - size * 1.7, y - size * 0.34),
        (x + size * 1.2, y - size * 0.2),
        (x + size * 1.2, y - size * 0.02),
        (x - size * 1.7, y),
    ]
    draw.polygon(trunk, fill=bark)
    draw.line((x - size * 1.6, y - size * 0.28, x + size, y - size * 0.17), fill=shade(bark, 1.3), width=6)
    draw.ellipse((x - size * 1.86, y - size * 0.36, x - size * 1.54, y + size * 0.02), fill=(206, 172, 122))
    draw.ellipse((x - size * 1.78, y - size * 0.27, x - size * 1.62, y - size * 0.07), fill=(178, 140, 94))
    for _ in range(150):
        px, py = x + size * (1.1 + rng.normal(0, 0.5)), y - size * (0.3 + abs(rng.normal(0, 0.36)))
        s = size * rng.uniform(0.05, 0.13)
        draw.ellipse((px - s, py - s, px + s, py + s), fill=varied((84, 112, 60), rng, 0.18))


def lamp(draw: Draw, at: Place, size: float, *, lit: bool) -> None:
    """A street light on its column."""
    x, y = at
    steel = (46, 48, 54)
    wide = max(4, int(size * 0.045))
    draw.line((x, y, x, y - size * 2.6), fill=steel, width=wide)
    draw.line((x, y - size * 0.5, x, y), fill=shade(steel, 0.9), width=wide + 6)
    draw.arc((x, y - size * 2.85, x + size * 0.6, y - size * 2.3), 180, 285, fill=steel, width=wide)
    draw.polygon(
        turned([(0.25, -2.87), (0.72, -2.86), (0.76, -2.78), (0.25, -2.76)], at, 0, size),
        fill=(255, 226, 160) if lit else (30, 31, 36),
    )


def trolley(draw: Draw, at: Place, size: float, degrees: float) -> None:
    """A supermarket trolley, not on its wheels."""
    steel = (176, 180, 184)
    for k in range(9):
        t = k / 8
        draw.line(
            turned([(-0.6 + 0.1 * t, -0.9 + 0.5 * t), (0.6 - 0.06 * t, -0.82 + 0.42 * t)], at, degrees, size),
            fill=steel,
            width=4,
        )
        draw.line(
            turned([(-0.6 + 1.2 * t, -0.9 + 0.08 * t), (-0.5 + 1.04 * t, -0.4)], at, degrees, size), fill=steel, width=3
        )
    draw.line(
        turned([(-0.75, -1.02), (-0.6, -0.9), (-0.42, -0.1), (0.55, -0.1)], at, degrees, size),
        fill=shade(steel, 0.8),
        width=7,
    )
    draw.line(turned([(-0.85, -1.04), (-0.66, -1.0)], at, degrees, size), fill=(190, 40, 44), width=13)


def words(image: Image.Image, at: Place, size: float, rng: Rng) -> None:
    """A sprayed tag: loops and drips that say nothing."""
    draw = ImageDraw.Draw(image)
    paint = ((196, 204, 214), (210, 64, 120), (40, 40, 46), (74, 160, 196), (228, 196, 60))[int(rng.integers(0, 5))]
    x, y = at
    for letter in range(int(rng.integers(3, 6))):
        turn = np.linspace(0, 2 * np.pi * rng.uniform(0.7, 1.3), 22) + rng.uniform(0, 6)
        cx = x + letter * size * 0.95
        path = [
            (cx + size * 0.42 * np.cos(a) + size * 0.1 * np.sin(3 * a), y + size * 0.62 * np.sin(a * (1 + letter % 2)))
            for a in turn
        ]
        draw.line(path, fill=shade(paint, 0.55), width=int(size * 0.2), joint="curve")
        draw.line(path, fill=paint, width=int(size * 0.13), joint="curve")
        if rng.random() < 0.7:
            px, py = path[int(rng.integers(0, len(path)))]
            draw.line((px, py, px + 2, py + size * rng.uniform(0.3, 0.9)), fill=paint, width=max(3, int(size * 0.035)))
