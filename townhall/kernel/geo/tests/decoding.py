"""A reader of vector tiles for the tests, written from the specification and not from our writer."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass
class Feature:
    """A feature as it was read: `paths` in absolute units, rings closed."""

    kind: int
    properties: dict[str, Any]
    paths: list[list[tuple[int, int]]]


@dataclass
class Layer:
    """A layer as it was read."""

    name: str = ""
    version: int = 0
    extent: int = 4096
    features: list[Feature] = field(default_factory=list)


def number(body: bytes, at: int) -> tuple[int, int]:
    """A varint and where the next field begins."""
    value = shift = 0
    while True:
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(body: bytes) -> Iterator[tuple[int, int, Any]]:
    """(field number, wire type, value) of a message."""
    at = 0
    while at < len(body):
        key, at = number(body, at)
        if key & 7 == 2:
            size, at = number(body, at)
            yield key >> 3, 2, body[at : at + size]
            at += size
        elif key & 7 == 1:
            yield key >> 3, 1, body[at : at + 8]
            at += 8
        else:
            value, at = number(body, at)
            yield key >> 3, 0, value


def numbers(body: bytes) -> list[int]:
    """A packed list of varints."""
    found, at = [], 0
    while at < len(body):
        value, at = number(body, at)
        found.append(value)
    return found


def unzigzag(value: int) -> int:
    """The signed number."""
    return (value >> 1) ^ -(value & 1)


def paths(commands: list[int]) -> list[list[tuple[int, int]]]:
    """The drawn paths of a geometry's commands."""
    found: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            found[-1].append(found[-1][0])
            continue
        for _ in range(count):
            x, y = x + unzigzag(commands[at]), y + unzigzag(commands[at + 1])
            at += 2
            if command == 1:
                found.append([])
            found[-1].append((x, y))
    return found


def value_of(body: bytes) -> Any:
    """A property's value."""
    for name, _, value in fields(body):
        if name == 1:
            return value.decode()
        if name == 3:
            return struct.unpack("<d", value)[0]
        if name == 6:
            return unzigzag(value)
        return bool(value) if name == 7 else value
    return None


def decode(tile: bytes) -> dict[str, Layer]:
    """The layers of a tile by name."""
    layers = {}
    for _, _, body in fields(tile):
        layer, keys, values, raw = Layer(), [], [], []
        for name, _, value in fields(body):
            if name == 1:
                layer.name = value.decode()
            elif name == 2:
                raw.append({one: part for one, _, part in fields(value)})
            elif name == 3:
                keys.append(value.decode())
            elif name == 4:
                values.append(value_of(value))
            elif name == 5:
                layer.extent = value
            elif name == 15:
                layer.version = value
        for one in raw:
            tags = numbers(one.get(2, b""))
            properties = {keys[key]: values[at] for key, at in zip(tags[::2], tags[1::2], strict=True)}
            layer.features.append(Feature(one[3], properties, paths(numbers(one[4]))))
        layers[layer.name] = layer
    return layers


def shoelace(ring: list[tuple[int, int]]) -> float:
    """The ring's signed area in tile units."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
