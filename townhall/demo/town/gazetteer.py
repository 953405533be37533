"""Addresses: house numbers along each street, flats, postcodes by neighbourhood."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .chance import Rng
from .frontages import Lots
from .plan import Points
from .roads import Road

INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
SHOPPING = frozenset(
    {"Market Street", "Station Road", "Merrow Road", "Bridge Street", "Market Place", "Church Lane", "Chapel Street"}
)
# Postcodes that the demonstration quotes, with a house number on the street that must have it.
KEPT_POSTCODES = {"Chapel Street": ("NM1 4PB", "22"), "Hope Street": ("NM2 6RD", "14")}


@dataclass(slots=True)
class Homes:
    """One row per address, in street order."""

    lot: npt.NDArray[np.int64]
    number: list[str]
    postcode: list[str]
    shop: npt.NDArray[np.bool_]


def number_homes(found: Lots, roads: list[Road], target: int, rng: Rng) -> Homes:
    """Addresses for every lot, with flats added until there are about `target`."""
    order = np.lexsort((found.at, found.road))
    numbers = _numbers(found, order)
    shop = _shops(found, roads, rng)
    flats = _flats(found, shop, target - len(found.at), rng)
    lot, number, shops = [], [], []
    for i in order.tolist():
        if shop[i] or not flats[i]:
            lot.append(i)
            number.append(numbers[i])
            shops.append(bool(shop[i]))
        for flat in range(flats[i]):
            lot.append(i)
            number.append(f"Flat {flat + 1}, {numbers[i]}")
            shops.append(False)
    homes = Homes(np.array(lot), number, [], np.array(shops))
    homes.postcode = _postcodes(found, homes, roads)
    return homes


def _numbers(found: Lots, order: npt.NDArray[np.int64]) -> list[str]:
    """Odd numbers on one side, even on the other, from the first point of the street."""
    numbers = [""] * len(order)
    last: dict[tuple[int, int], int] = {}
    road, side = found.road.tolist(), found.side.tolist()
    for i in order.tolist():
        key = (road[i], side[i])
        last[key] = last.get(key, -1 if side[i] > 0 else 0) + 2
        numbers[i] = str(last[key])
    return numbers


def _shops(found: Lots, roads: list[Road], rng: Rng) -> npt.NDArray[np.bool_]:
    busy = np.array([0.8 if r.name in SHOPPING else 0.25 if r.kind == "main" else 0.06 for r in roads])
    share = np.where(found.style == "core", busy[found.road], 0.004)
    return rng.random(len(found.at)) < share


def _flats(found: Lots, shop: npt.NDArray[np.bool_], short: int, rng: Rng) -> list[int]:
    """How many flats each lot holds: over shops first, then in the larger houses of the older streets."""
    flats = np.zeros(len(found.at), dtype=int)
    likely = np.where(shop, 0.0, np.where(found.style == "core", 1.0, np.where(found.style == "terrace", 2.0, 3.0)))
    for i in np.argsort(likely + rng.random(len(likely)) * 1.4, kind="stable").tolist():
        if short <= 0 or likely[i] >= 3.0:
            break
        flats[i] = int(rng.integers(2, 4))
        short -= int(flats[i]) - (0 if shop[i] else 1)
    return flats.tolist()


def _postcodes(found: Lots, homes: Homes, roads: list[Road]) -> list[str]:
    """A unit postcode for each sixteen or so addresses of a street; areas are numbered round the compass."""
    middles = found.quads.mean(axis=1)
    units: dict[str, int] = {}
    kept = {code for code, _ in KEPT_POSTCODES.values()}
    names: list[str] = []
    current, left, street = "", 0, -1
    for lot in homes.lot.tolist():
        if left == 0 or found.road[lot] != street:
            street, left = int(found.road[lot]), 16
            current = _next(_area(middles[lot]), units, kept)
        names.append(current)
        left -= 1
    return _keep(names, homes, found, roads)


def _keep(names: list[str], homes: Homes, found: Lots, roads: list[Road]) -> list[str]:
    """Give the streets of the demonstration the postcodes it quotes."""
    for street, (code, number) in KEPT_POSTCODES.items():
        at = [i for i, lot in enumerate(homes.lot.tolist()) if roads[found.road[lot]].name == street]
        wanted = [names[i] for i in at if homes.number[i].split(", ")[-1] == number]
        for i in at:
            if wanted and names[i] == wanted[0]:
                names[i] = code
    return names


def _area(place: Points) -> str:
    x, y = float(place[0]), float(place[1])
    if (np.hypot(x, y) > 2600 and np.hypot(x, y) < 4200) or np.hypot(x, y) > 7000:
        return "NM6" if y > 0 else "NM7"
    if np.hypot(x, y) < 620 and y > -160:
        return "NM1"
    if y < -150 and abs(x) < abs(y) * 1.3:
        return "NM2"
    if y > 0 and abs(x) < y:
        return "NM3"
    return "NM4" if x < 0 else "NM5"


def _next(area: str, units: dict[str, int], kept: set[str]) -> str:
    while True:
        unit = units.get(area, 0)
        units[area] = unit + 1
        letters = len(INWARD_LETTERS)
        # Sectors fill a few hundred units at a time, as they do where towns grew.
        sector, rest = unit // 90 % 9 + 1, unit % 90 + 90 * (unit // 810)
        code = f"{area} {sector}{INWARD_LETTERS[rest // letters % letters]}{INWARD_LETTERS[rest % letters]}"
        if code not in kept:
            return code
