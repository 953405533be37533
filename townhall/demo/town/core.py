"""The old middle of the town, drawn by hand: every town grows round it, each a little differently.

Positions are in paces (1.2 m) east and south of the market cross, as they were sketched.
"""

from dataclasses import dataclass

import numpy as np

from .chance import Rng
from .plan import Points, StreetKind

PACE_METRES = 1.2
Sketch = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CoreStreet:
    name: str
    kind: StreetKind
    width_metres: float
    sketch: Sketch
    theme: str = "core"


def _main(name: str, *sketch: tuple[int, int]) -> CoreStreet:
    return CoreStreet(name, "main", 12.0, sketch)


def _street(name: str, *sketch: tuple[int, int], theme: str = "core") -> CoreStreet:
    return CoreStreet(name, "street", 8.0, sketch, theme)


def _lane(name: str, *sketch: tuple[int, int]) -> CoreStreet:
    return CoreStreet(name, "lane", 6.0, sketch)


STREETS: tuple[CoreStreet, ...] = (
    _main("Market Street", (0, 0), (-4, -118)),
    _main("North Road", (-4, -118), (-11, -212), (-23, -292), (-34, -400), (-30, -517)),
    _main("Merrow Road", (0, 0), (-83, -7), (-183, -20), (-293, -27), (-400, -20), (-517, -30)),
    _main("Station Road", (0, 0), (77, -16), (167, -29), (293, -34), (380, -30), (452, -32), (517, -40)),
    _main("Bridge Street", (0, 0), (27, 108), (52, 228), (75, 333)),
    _main("London Road", (75, 333), (102, 403), (127, 488), (150, 600), (160, 700)),
    _main("Mill Lane", (75, 333), (-53, 358), (-163, 383), (-293, 386), (-420, 420), (-520, 440)),
    _main("Quay Road", (75, 333), (207, 343), (293, 368), (417, 425), (520, 470), (600, 520)),
    _lane("Church Lane", (-1, -115), (-83, -92), (-143, -52), (-163, -18)),
    _lane("Priory Lane", (-283, -27), (-243, -74), (-190, -83), (-141, -54)),
    _street(
        "Abbey Road", (-5, -125), (-83, -132), (-143, -177), (-243, -192), (-293, -177), (-400, -160), (-485, -140)
    ),
    _lane("Back Lane", (-83, -134), (-91, -182), (-83, -222), (-17, -257)),
    _street("Friar Gate", (-3, -104), (97, -157), (157, -212), (179, -262), (207, -332), (237, -459)),
    _lane("Well Lane", (-11, -210), (67, -217), (163, -222)),
    _street("Chapel Street", (-1, -50), (57, -92), (127, -117), (187, -117), (232, -99)),
    _lane("Wool Lane", (70, -97), (92, -19)),
    _lane("Butcher Lane", (172, -119), (152, -27)),
    _lane("Swan Yard", (42, -82), (60, -50), (66, -14)),
    _lane("Market Place", (-2, -44), (-47, -44), (-47, -4)),
    _lane("Guildhall Lane", (-47, -44), (-103, -50), (-134, -58)),
    _street("Cobden Street", (178, -262), (207, -170), (232, -99), (262, -31), theme="terrace"),
    _street("Victoria Street", (203, -322), (247, -202), (297, -117), (330, -32), theme="terrace"),
    _street("Peel Street", (228, -110), (262, -140), (283, -146), theme="terrace"),
    _street("Bright Street", (181, -270), (222, -268), theme="terrace"),
    _street("Raglan Street", (252, -196), (330, -214), (424, -226), theme="terrace"),
    _street("Tanner's Row", (23, 96), (117, 78), (177, 53), (222, -31)),
    _lane("Water Lane", (107, 80), (117, 150)),
    _street("Gas Street", (177, 53), (257, 73), (317, 108), (332, 188)),
    _lane("Quayside", (36, 150), (117, 148), (232, 178), (332, 188)),
    _street("Sebastopol Street", (113, 425), (217, 399), (322, 376), theme="terrace"),
    _street("Hope Street", (122, 476), (227, 453), (327, 430), (407, 420), theme="terrace"),
    _street("Ropewalk", (138, 546), (257, 520), (377, 493), (512, 466), theme="terrace"),
    _street("Garden Street", (187, 405), (199, 460), (217, 530), theme="terrace"),
    _street("Grey Street", (93, 380), (167, 372), (232, 352), theme="terrace"),
    _street("Ash Grove", (108, 430), (67, 450), (-60, 470), (-163, 384), theme="semi"),
)
# A village has only the oldest of them.
VILLAGE = frozenset({
    "Market Street", "North Road", "Merrow Road", "Station Road", "Bridge Street", "London Road", "Mill Lane",
    "Quay Road", "Church Lane", "Friar Gate", "Chapel Street", "Cobden Street", "Wool Lane", "Butcher Lane",
    "Market Place",
    "Guildhall Lane", "Tanner's Row", "Hope Street", "Garden Street", "Ropewalk", "Well Lane", "Swan Yard",
})  # fmt: skip
NORTHWAY: Sketch = (
    (-517, -30), (-485, -140), (-400, -330), (-240, -460), (-30, -517), (110, -505), (237, -459), (400, -330),
    (490, -190), (517, -40),
)  # fmt: skip
SOUTHWAY: Sketch = ((-520, 440), (-440, 560), (-260, 660), (-60, 710), (160, 700), (340, 670), (500, 590), (600, 520))
# Where each way out of town begins, its name and its bearing in radians from east.
RADIALS: tuple[tuple[str, tuple[int, int], float], ...] = (
    ("North Road", (-30, -517), 1.62),
    ("Fell Road", (237, -459), 0.95),
    ("Eastfield Road", (517, -40), 0.16),
    ("Quay Road", (600, 520), -0.52),
    ("London Road", (160, 700), -1.45),
    ("Mill Lane", (-520, 440), -2.62),
    ("Merrow Road", (-517, -30), 2.93),
    ("Forge Road", (-400, -330), 2.28),
)
RIVER: Sketch = (
    (-700, 110), (-560, 165), (-400, 160), (-233, 188), (-163, 213), (-83, 193), (-33, 183),
    (67, 173), (167, 188), (293, 243), (417, 312), (560, 330), (700, 300),
)  # fmt: skip
RAILWAY: Sketch = (
    (395, -1500), (410, -1000), (412, -700), (425, -400), (440, -232), (448, -32), (452, 168), (470, 420), (520, 760),
    (600, 1200), (640, 1700),
)  # fmt: skip
CASTLE_PARK: Sketch = (
    (-345, -16), (-293, -12), (-193, 6), (-123, 30), (-73, 88), (-58, 138), (-83, 170), (-163, 184), (-243, 162),
    (-320, 140), (-352, 60),
)  # fmt: skip
CHURCH: tuple[int, int] = (-40, -77)
TOWN_HALL: tuple[int, int] = (-14, -22)
STATION: tuple[int, int] = (436, -50)
CASTLE: tuple[int, int] = (-160, 110)
CROSS: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Bend:
    """How one town's core differs from the sketch: two slow waves, a few metres high."""

    phases: tuple[float, ...]
    height_metres: float = 9.0

    def metres(self, sketch: Sketch) -> Points:
        """Positions in metres east and north of the cross."""
        flat = np.asarray(sketch, dtype=float) * (PACE_METRES, -PACE_METRES)
        x, y = flat[:, 0], flat[:, 1]
        a, b, c, d = self.phases
        east = np.sin(y / 190 + a) + np.sin(x / 310 + b) - np.sin(a) - np.sin(b)
        north = np.sin(x / 210 + c) + np.sin(y / 330 + d) - np.sin(c) - np.sin(d)
        return flat + self.height_metres * np.column_stack((east, north))

    def metre(self, place: tuple[int, int]) -> tuple[float, float]:
        """One position in metres."""
        x, y = self.metres((place,))[0]
        return float(x), float(y)


def bend(rng: Rng) -> Bend:
    return Bend(tuple(float(v) for v in rng.uniform(0, 2 * np.pi, 4)))
