"""What each photograph shows: a scene per sort of trouble, put together from scenery and props."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import props, scenery
from .chance import Rng
from .scenery import shade

Scene = Callable[[Image.Image, ImageDraw.ImageDraw, Rng], None]
BRICK = ((146, 74, 56), (160, 92, 66), (128, 66, 54), (172, 120, 84))
DUSK = 20.5


def _lane(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> int:
    """A back lane: a wall with a door or two, setts before it; the row where they meet."""
    foot = int(image.height * rng.uniform(0.42, 0.52))
    base = BRICK[int(rng.integers(0, len(BRICK)))]
    scenery.bricks(image, (0, 0, image.width, foot), rng, base)
    door = int(image.width * rng.uniform(0.03, 0.2) if rng.random() < 0.6 else image.width * rng.uniform(0.75, 0.85))
    paint = ((46, 84, 60), (60, 74, 100), (110, 50, 46))[int(rng.integers(0, 3))]
    draw.rectangle((door - 10, image.height * 0.08, door + image.width * 0.11, foot), fill=shade(paint, 0.6))
    for plank in range(5):
        x = door + plank * image.width * 0.02
        draw.rectangle((x, image.height * 0.1, x + image.width * 0.019, foot), fill=scenery.varied(paint, rng, 0.07))
    scenery.cobbles(image, foot, rng)
    draw.rectangle((0, foot - 6, image.width, foot + 10), fill=(58, 54, 52))
    return foot


def _road(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng, *, hour: float = 12, houses: bool = True) -> int:
    """A street: houses over the way, pavement and kerb, tarmac before us; the row where the tarmac starts."""
    horizon = int(image.height * rng.uniform(0.3, 0.38))
    scenery.sky(image, horizon, hour)
    if houses:
        scenery.houses(image, horizon, rng, lit=False, colour=(150, 118, 102))
    kerb = horizon + int(image.height * 0.08)
    draw.rectangle((0, horizon, image.width, kerb), fill=scenery.varied((158, 154, 148), rng, 0.05))
    scenery.tarmac(image, kerb, rng, base=int(rng.integers(82, 106)))
    draw.rectangle((0, kerb - 5, image.width, kerb + 11), fill=(182, 178, 170))
    draw.rectangle((0, kerb + 11, image.width, kerb + 17), fill=(60, 60, 60))
    return kerb


def _fly_tipping(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng, thing: str = "") -> None:
    foot, w, h = _lane(image, draw, rng), image.width, image.height
    middle = (w * float(rng.uniform(0.42, 0.62)), foot + h * 0.1)
    chosen = ("mattress", "mattress", "sofa", "fridge", "tyres")[int(rng.integers(0, 5))]
    thing = thing or chosen
    if thing == "mattress":
        props.mattress(draw, middle, h * 0.3, rng)
    elif thing == "sofa":
        props.sofa(draw, (middle[0], foot + h * 0.16), h * 0.26, rng)
    elif thing == "fridge":
        props.fridge(draw, (middle[0], foot + h * 0.14), h * 0.28, rng)
    elif thing == "tyres":
        for _ in range(6):
            props.tyre(draw, (w * rng.uniform(0.3, 0.7), foot + h * rng.uniform(0.05, 0.3)), h * 0.1, rng)
    places = sorted(
        (foot + h * rng.uniform(0.13, 0.4), w * rng.uniform(0.06, 0.94)) for _ in range(int(rng.integers(2, 6)))
    )
    for y, x in places:
        props.bag(draw, (x, y), h * 0.2 * (0.6 + (y - foot) / h), rng)
    board = props.turned(
        [(-1, -0.1), (1, -0.14), (1.1, 0.1), (-0.95, 0.16)], (w * 0.55, h * 0.86), float(rng.uniform(-30, 30)), h * 0.13
    )
    draw.polygon(board, fill=(186, 132, 74))


def _litter_bin(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    horizon = int(image.height * 0.34)
    scenery.sky(image, horizon, float(rng.uniform(8, 18)))
    scenery.grass(image, horizon, rng)
    for x in rng.uniform(0, image.width, 3):
        props.tree(draw, (float(x), horizon + 30), image.height * 0.2, rng)
    top = int(image.height * 0.6)
    draw.polygon(
        [(0, top + 40), (image.width, top - 20), (image.width, image.height), (0, image.height)], fill=(148, 142, 132)
    )
    props.litter_bin(draw, (image.width * float(rng.uniform(0.4, 0.6)), image.height * 0.84), image.height * 0.4, rng)


def _litter_street(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb = _road(image, draw, rng)
    props.litter(draw, (0, kerb + 20, image.width, image.height * 0.9), 34, image.height * 0.06, rng)


def _graffiti(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    foot = int(image.height * 0.76)
    scenery.bricks(image, (0, 0, image.width, foot), rng, BRICK[int(rng.integers(0, len(BRICK)))])
    scenery.slabs(image, foot, rng)
    for _ in range(int(rng.integers(1, 3))):
        size = image.height * float(rng.uniform(0.14, 0.24))
        props.words(
            image,
            (image.width * float(rng.uniform(0.12, 0.34)), image.height * float(rng.uniform(0.26, 0.55))),
            size,
            rng,
        )
    draw.rectangle((0, foot - 8, image.width, foot + 6), fill=(56, 54, 54))


def _car(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb = _road(image, draw, rng)
    props.car(draw, (image.width * float(rng.uniform(0.45, 0.55)), kerb + image.height * 0.3), image.height * 0.24, rng)
    props.litter(draw, (0, kerb + image.height * 0.3, image.width, image.height), 7, image.height * 0.03, rng)


def _bins(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    foot = _lane(image, draw, rng)
    colours = ((40, 44, 48), (44, 92, 60), (40, 78, 132), (104, 72, 48))
    count = int(rng.integers(1, 4))
    for k in range(count):
        place = (image.width * (0.36 + 0.2 * k), foot + image.height * 0.24)
        props.wheelie_bin(
            draw, place, image.height * 0.46, colours[int(rng.integers(0, 4))], full=bool(rng.random() < 0.8)
        )
    props.bag(draw, (image.width * 0.2, foot + image.height * 0.28), image.height * 0.2, rng)


def _needles(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    scenery.slabs(image, 0, rng)
    scenery.grass(image, int(image.height * 0.62), rng, height=30)
    for _ in range(int(rng.integers(2, 5))):
        at = (image.width * float(rng.uniform(0.25, 0.75)), image.height * float(rng.uniform(0.3, 0.7)))
        turn, size = float(rng.uniform(0, 180)), image.height * 0.1
        draw.line(props.turned([(-1.4, 0), (-0.8, 0)], at, turn, size), fill=(150, 152, 156), width=3)
        draw.line(props.turned([(-0.8, 0), (0.7, 0)], at, turn, size), fill=(222, 226, 230), width=17)
        draw.line(props.turned([(-0.2, 0), (0.7, 0)], at, turn, size), fill=(236, 160, 60), width=9)
        draw.line(props.turned([(0.7, 0), (1.2, 0)], at, turn, size), fill=(238, 240, 242), width=6)
    props.litter(draw, (0, image.height * 0.2, image.width, image.height * 0.8), 5, image.height * 0.05, rng)


def _pothole(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng), image.width, image.height
    x, y = w * float(rng.uniform(0.4, 0.6)), kerb + (h - kerb) * float(rng.uniform(0.45, 0.6))
    angle = np.linspace(0, 2 * np.pi, 40)[:-1]
    for out, fill in ((1.12, (112, 110, 106)), (1.0, (62, 58, 54)), (0.84, (44, 41, 39)), (0.6, (86, 80, 70))):
        ragged = out * (1 + 0.09 * rng.normal(size=39)) * h * 0.26
        draw.polygon(
            [(x + r * np.cos(a) * 1.3, y + r * np.sin(a) * 0.52) for a, r in zip(angle, ragged, strict=True)], fill=fill
        )
    if rng.random() < 0.5:
        draw.ellipse((x - h * 0.2, y - h * 0.05, x + h * 0.18, y + h * 0.08), fill=(120, 134, 146))
        draw.ellipse((x - h * 0.12, y - h * 0.03, x + h * 0.02, y), fill=(178, 190, 200))
    for _ in range(60):
        px, py, s = x + rng.normal(0, h * 0.36), y + rng.normal(0, h * 0.13), rng.uniform(2, 8)
        draw.ellipse((px, py, px + s * 1.5, py + s), fill=scenery.varied((104, 100, 94), rng, 0.2))


def _pavement(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    scenery.slabs(image, 0, rng, base=scenery.varied((170, 165, 156), rng, 0.06))
    w, h, lift = image.width, image.height, float(rng.uniform(0.02, 0.05))
    x, y = w * float(rng.uniform(0.3, 0.5)), h * 0.5
    draw.polygon(
        [(x, y), (x + w * 0.26, y + h * 0.03), (x + w * 0.24, y + h * 0.26), (x - w * 0.04, y + h * 0.22)],
        fill=(52, 48, 44),
    )
    slab = [(x, y - h * lift), (x + w * 0.26, y), (x + w * 0.24, y + h * 0.23), (x - w * 0.04, y + h * (0.2 - lift))]
    draw.polygon(slab, fill=scenery.varied((184, 179, 170), rng, 0.04))
    draw.line((x + w * 0.1, y, x + w * 0.13, y + h * 0.1, x + w * 0.08, y + h * 0.22), fill=(96, 92, 86), width=5)


def _drain(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng), image.width, image.height
    x, y, s = w * 0.5, kerb + h * 0.2, h * 0.17
    draw.ellipse((x - s * 2.6, y - s * 0.75, x + s * 2.6, y + s * 1.2), fill=(92, 90, 84))
    draw.polygon(props.turned([(-1, -0.6), (1, -0.6), (1.2, 0.7), (-1.2, 0.7)], (x, y), 0, s), fill=(40, 40, 42))
    for k in range(7):
        draw.line(
            (x - s * (0.85 - 0.28 * k), y - s * 0.52, x - s * (1.02 - 0.34 * k), y + s * 0.62),
            fill=(104, 104, 106),
            width=9,
        )
    for _ in range(120):
        px, py, r = x + rng.normal(0, s * 1.1), y + rng.normal(0, s * 0.42), rng.uniform(6, 17)
        draw.polygon(props.turned([(-1, 0), (0, -0.5), (1, 0), (0, 0.5)], (px, py), float(rng.uniform(0, 180)), r),
                     fill=scenery.varied((126, 88, 46), rng, 0.22))  # fmt: skip


def _flood(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng, hour=9), image.width, image.height
    water = kerb + int(h * 0.06)
    mirror = image.crop((0, max(0, 2 * water - h), w, water)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    tint = Image.new("RGB", mirror.size, (112, 104, 88))
    image.paste(Image.blend(mirror.filter(ImageFilter.GaussianBlur(9)), tint, 0.55), (0, water))
    for _ in range(110):
        x, y = rng.uniform(0, w), water + (h - water) * rng.random() ** 0.7
        long = rng.uniform(20, 110) * (y / h)
        draw.line((x, y, x + long, y + 2), fill=scenery.varied((166, 164, 154), rng, 0.1), width=2)


def _ice(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng, hour=8), image.width, image.height
    frost = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(frost)
    for _ in range(26):
        x, y, s = rng.uniform(0, w), kerb + (h - kerb) * rng.random(), rng.uniform(60, 260)
        pen.ellipse((x - s * 1.6, y - s * 0.3, x + s * 1.6, y + s * 0.3), fill=int(rng.integers(60, 150)))
    image.paste(Image.new("RGB", image.size, (220, 230, 240)), (0, 0), frost.filter(ImageFilter.GaussianBlur(14)))
    draw.rectangle((0, kerb - 5, w, kerb + 4), fill=(232, 238, 244))


def _light(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    horizon = int(image.height * 0.72)
    scenery.sky(image, horizon, DUSK + float(rng.uniform(-0.8, 1.2)))
    scenery.houses(image, horizon, rng, lit=True)
    scenery.tarmac(image, horizon, rng, base=38)
    image.paste(image.crop((0, horizon, image.width, image.height)).point(lambda v: int(v * 0.8)), (0, horizon))
    glow = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(glow)
    far = image.width * float(rng.uniform(0.76, 0.86))
    top = horizon - image.height * 0.58
    pen.ellipse((far - 60, top - 100, far + 260, top + 200), fill=120)
    pen.polygon([(far + 100, top), (far - 180, image.height), (far + 330, image.height)], fill=46)
    image.paste(Image.new("RGB", image.size, (255, 206, 130)), (0, 0), glow.filter(ImageFilter.GaussianBlur(46)))
    props.lamp(draw, (image.width * float(rng.uniform(0.26, 0.4)), image.height * 0.9), image.height * 0.31, lit=False)
    props.lamp(draw, (far, horizon + 30), image.height * 0.21, lit=True)


def _tree(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb = _road(image, draw, rng, houses=bool(rng.random() < 0.6))
    props.tree(draw, (image.width * 0.1, kerb), image.height * 0.26, rng)
    props.fallen_tree(draw, (image.width * 0.48, kerb + image.height * 0.3), image.height * 0.28, rng)


def _grass(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    horizon = int(image.height * 0.38)
    scenery.sky(image, horizon, float(rng.uniform(9, 17)))
    scenery.houses(image, horizon, rng, lit=False, colour=(160, 130, 112))
    draw.rectangle((0, horizon, image.width, int(image.height * 0.5)), fill=(160, 156, 150))
    scenery.grass(image, int(image.height * 0.46), rng, height=95, base=(122, 134, 70))


def _swing(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    w, h = image.width, image.height
    scenery.sky(image, int(h * 0.42), float(rng.uniform(9, 17)))
    scenery.grass(image, int(h * 0.42), rng)
    props.tree(draw, (w * 0.86, h * 0.46), h * 0.22, rng)
    draw.ellipse((w * 0.12, h * 0.76, w * 0.88, h * 0.97), fill=(104, 92, 84))
    paint = ((186, 50, 46), (40, 92, 160), (226, 172, 40))[int(rng.integers(0, 3))]
    for x in (0.22, 0.78):
        draw.line((w * (x - 0.06), h * 0.88, w * x, h * 0.2, w * (x + 0.06), h * 0.88), fill=paint, width=16)
    draw.line((w * 0.22, h * 0.2, w * 0.78, h * 0.2), fill=shade(paint, 0.85), width=18)
    for x, hang in ((0.38, 0.0), (0.6, 0.17)):
        draw.line((w * x, h * 0.2, w * x, h * 0.66), fill=(96, 98, 102), width=5)
        if not hang:
            draw.line((w * (x + 0.1), h * 0.2, w * (x + 0.1), h * 0.66), fill=(96, 98, 102), width=5)
        draw.line((w * x, h * 0.66, w * (x + 0.1 - hang * 0.4), h * (0.66 + hang)), fill=(30, 30, 32), width=20)


def _river(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    w, h = image.width, image.height
    scenery.sky(image, int(h * 0.24), 14)
    scenery.grass(image, int(h * 0.22), rng, height=40)
    scenery.gradient(image, (110, 128, 128), (66, 82, 84), (0, int(h * 0.44), w, h))
    for _ in range(190):
        x, y = rng.uniform(0, w), h * (0.45 + 0.55 * rng.random())
        draw.line((x, y, x + rng.uniform(16, 110), y), fill=scenery.varied((132, 150, 150), rng, 0.14), width=3)
    props.trolley(draw, (w * float(rng.uniform(0.4, 0.6)), h * 0.8), h * 0.36, float(rng.uniform(-50, 50)))
    draw.ellipse((w * 0.25, h * 0.8, w * 0.75, h * 0.94), fill=(84, 102, 104))


def _sign(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng), image.width, image.height
    at, lean = (w * float(rng.uniform(0.4, 0.6)), kerb + h * 0.2), float(rng.uniform(12, 34))
    draw.line(props.turned([(0, 0), (0, -1.8)], at, lean, h * 0.28), fill=(128, 130, 134), width=16)
    middle = props.turned([(0, -1.75)], at, lean, h * 0.28)[0]
    for out, fill in ((0.46, (196, 36, 40)), (0.36, (242, 242, 238)), (0.16, (40, 40, 44))):
        s = h * 0.28 * out
        draw.ellipse((middle[0] - s, middle[1] - s, middle[0] + s, middle[1] + s), fill=fill)


def _signal(image: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    kerb, w, h = _road(image, draw, rng), image.width, image.height
    x, y, s = w * float(rng.uniform(0.35, 0.65)), kerb + h * 0.16, h * 0.16
    draw.line((x, y, x, y - s * 3.4), fill=(70, 72, 76), width=18)
    draw.rounded_rectangle((x - s * 0.42, y - s * 3.5, x + s * 0.42, y - s * 1.5), radius=s * 0.14, fill=(26, 27, 29))
    for row, glass in enumerate(((92, 32, 30), (96, 74, 30), (34, 74, 50))):
        top = y - s * (3.38 - 0.62 * row)
        draw.ellipse((x - s * 0.27, top, x + s * 0.27, top + s * 0.54), fill=glass)
        draw.arc((x - s * 0.32, top - 6, x + s * 0.32, top + s * 0.5), 190, 350, fill=(12, 12, 13), width=9)


SCENES: dict[str, Scene] = {
    "fly_tipping": _fly_tipping, "litter_bin": _litter_bin, "street_litter": _litter_street, "graffiti": _graffiti,
    "abandoned_vehicle": _car, "missed_bin": _bins, "bin_store": _bins, "pests": _bins, "needles": _needles,
    "overgrown_grass": _grass, "fallen_tree": _tree, "play_equipment": _swing, "abandoned_trolley": _river,
    "street_light": _light, "pothole": _pothole, "pavement": _pavement, "blocked_drain": _drain, "flooding": _flood,
    "traffic_signal": _signal, "road_sign": _sign, "icy_road": _ice,
}  # fmt: skip
# Titles that say what must be in the picture.
TITLED: dict[str, Scene] = {
    "Mattress and bags dumped": partial(_fly_tipping, thing="mattress"),
    "Sofa left on the pavement": partial(_fly_tipping, thing="sofa"),
    "Tyres dumped": partial(_fly_tipping, thing="tyres"),
    "Fridge and white goods dumped": partial(_fly_tipping, thing="fridge"),
    "Bags of rubbish dumped": partial(_fly_tipping, thing="bags"),
    "Builder's rubble dumped": partial(_fly_tipping, thing="bags"),
}
