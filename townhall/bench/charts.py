"""Charts of growth as SVG: one line per figure over the number of cases, both axes in powers of ten. Pure."""

import math
from collections.abc import Callable, Mapping
from html import escape

from townhall.bench.rules import Figure

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 220, 52, 16, 34, 34
Scale = Callable[[float], float]
INK, LINE, LIMIT, GRID = "#1a1c23", "#571c45", "#b3261e", "#d5d8de"


def chart(figure: Figure, values: Mapping[int, float]) -> str:
    """A figure's values by size, with its limit as a dashed line."""
    sizes = sorted(values)
    shown = [value for value in (*values.values(), figure.limit) if value > 0] or [1.0]
    low, high = math.floor(math.log10(min(shown))), math.ceil(math.log10(max(shown)) + 1e-9)
    across = _scale(math.log10(sizes[0]), math.log10(sizes[-1]), LEFT, WIDTH - RIGHT)
    up = _scale(low, max(high, low + 1), HEIGHT - BOTTOM, TOP)
    points = [(across(math.log10(size)), up(math.log10(max(values[size], 10**low)))) for size in sizes]
    told = "; ".join(f"{size:,} cases: {values[size]:,g}" for size in sizes)
    label = f"{figure.meaning}, {figure.unit}. {told}. Limit: {figure.goal} {figure.limit:,g}."
    parts = [_grid(low, max(high, low + 1), up), *[_tick(across(math.log10(size)), size) for size in sizes]]
    if figure.limit > 0:
        y = up(math.log10(figure.limit))
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{LIMIT}" stroke-dasharray="5 4"/>')
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    parts.append(f'<path d="M{path}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>' for x, y in points]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(label)}" font-family="system-ui, sans-serif" font-size="12" fill="{INK}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<text x="{LEFT}" y="20" font-weight="700">{escape(figure.name)}, {escape(figure.unit)}</text>'
        + "".join(parts)
        + "</svg>\n"
    )


def _scale(start: float, end: float, first: float, last: float) -> Scale:
    span = (end - start) or 1.0
    return lambda value: first + (value - start) / span * (last - first)


def _grid(low: int, high: int, up: Scale) -> str:
    lines: list[str] = []
    for power in range(low, high + 1):
        y = up(power)
        lines.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>')
    return "".join(lines)


def _tick(x: float, size: int) -> str:
    words = f"{size // 1_000_000} m" if size >= 1_000_000 else f"{size // 1000} k" if size >= 1000 else str(size)
    return f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{words}</text>'
