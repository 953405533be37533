"""The map's colours, the same for tiles and for drawn pictures; and the one-hue and grey sets made from them."""

from dataclasses import dataclass, fields, replace

from townhall.kernel.design.rules import from_oklch, to_oklch


@dataclass(frozen=True)
class Palette:
    """One colour for each thing on the map. `council` is for ward lines and names."""

    land: str = "#eceee6"
    builtup: str = "#ebebec"
    industry: str = "#e3dfe2"
    field: str = "#e9ebe0"
    civic_ground: str = "#e6e0e2"
    park: str = "#cbdfbd"
    park_dot: str = "#9fc08c"
    wood: str = "#b3cda6"
    wood_dot: str = "#8fb37e"
    playground: str = "#dce6c9"
    cemetery: str = "#d3dccb"
    water: str = "#a9cfe0"
    bank: str = "#7fb0c6"
    building: str = "#d3cfd4"
    civic: str = "#a8929f"
    street: str = "#ffffff"
    street_edge: str = "#bfc0c6"
    main: str = "#fff3cf"
    main_edge: str = "#b9a777"
    path: str = "#ffffff"
    track: str = "#d8d2c4"
    railway: str = "#8d8f96"
    railway_gap: str = "#ffffff"
    label: str = "#33363f"
    water_label: str = "#2d6079"
    park_label: str = "#2f4a26"
    halo: str = "#ffffff"
    council: str = "#571c45"


def palette(council: str) -> Palette:
    """The map's colours, with ward lines in the council's."""
    return replace(Palette(), council=council)


def one_hue(council: str) -> Palette:
    """The map in the council's colour alone, dark, for the hero: lighter means nearer, roads lightest."""
    _, chroma, hue = to_oklch(council)
    base = to_oklch(council)[0]

    def shade(step: float) -> str:
        return from_oklch((base + step, max(0.0, chroma * (1 - step * 0.9)), hue))

    shades = {
        "land": council, "builtup": shade(-0.012), "field": council, "industry": shade(0.01),
        "civic_ground": shade(0.01),
        "park": shade(0.035), "park_dot": shade(0.035), "wood": shade(0.03), "wood_dot": shade(0.03),
        "playground": shade(0.03), "cemetery": shade(0.03), "water": shade(0.075), "bank": shade(0.1),
        "building": shade(0.085), "civic": shade(0.17), "street": shade(0.13), "street_edge": shade(0.06),
        "main": shade(0.27), "main_edge": shade(0.1), "path": shade(0.24), "track": shade(0.1),
        "railway": shade(0.16), "railway_gap": council,
    }  # fmt: skip
    return replace(palette(council), **shades)


def grey() -> Palette:
    """The map for print: every colour at its own lightness, without its hue."""
    plain = Palette()
    return replace(
        plain, **{one.name: from_oklch((to_oklch(getattr(plain, one.name))[0], 0.0, 0.0)) for one in fields(plain)}
    )
