"""The MapLibre style of the base map. The browser draws its text in the page's typeface: no glyph server."""

from typing import Any

from townhall.kernel.geo.drawing.dots import dots
from townhall.kernel.geo.palette import Palette
from townhall.kernel.geo.rules.zooms import FIRST_ZOOM, LAST_ZOOM

FONT = ["Townhall Map Medium", "Atkinson Hyperlegible Next Variable"]
BOLD = ["Townhall Map Bold", "Atkinson Hyperlegible Next Variable"]
ITALIC = ["Townhall Map Medium Italic", "Atkinson Hyperlegible Next Variable"]
"""MapLibre reads the weight from the first name and draws in the first family that exists."""

PIXELS_PER_METRE_AT_0 = 1 / (78271.517 * 0.587)
"""At 54 degrees north: exact for the middle of Great Britain, 8 % wide in Cornwall, 8 % narrow in Caithness."""
Json = dict[str, Any]


def style(
    colours: Palette, *, tiles_url: str, middle: tuple[float, float], language: str = "en", credit: str = ""
) -> Json:
    """The style document. `tiles_url` has {z}, {x} and {y}; `middle` (lon, lat) is where a map begins."""
    source = {
        "type": "vector",
        "tiles": [tiles_url],
        "minzoom": FIRST_ZOOM,
        "maxzoom": LAST_ZOOM,
        "attribution": credit,
    }
    return {
        "version": 8,
        "center": list(middle),
        "zoom": 13.6,
        "metadata": {"townhall:dots": dots(colours)},
        "sources": {"town": source},
        "layers": [
            {"id": "land", "type": "background", "paint": {"background-color": colours.land}},
            *_grounds(colours),
            *_waters(colours),
            *_buildings(colours),
            *_roads(colours),
            *_wards(colours),
            *_labels(colours, _name(language)),
        ],
    }


def _name(language: str) -> list[Any]:
    return ["coalesce", ["get", "name_cy"], ["get", "name"]] if language == "cy" else ["get", "name"]


def _layer(name: str, kind: str, source: str, paint: Json, **more: Any) -> Json:
    return {"id": name, "type": kind, "source": "town", "source-layer": source, "paint": paint, **more}


def _is(*kinds: str) -> list[Any]:
    return ["in", ["get", "kind"], ["literal", list(kinds)]]


def _grounds(colours: Palette) -> list[Json]:
    plain = {
        "field": colours.field, "builtup": colours.builtup, "industry": colours.industry, "civic": colours.civic_ground,
        "cemetery": colours.cemetery, "park": colours.park, "wood": colours.wood, "playground": colours.playground,
    }  # fmt: skip
    areas = [
        _layer(f"area-{kind}", "fill", "area", {"fill-color": colour}, filter=_is(kind))
        for kind, colour in plain.items()
    ]
    dots = [
        _layer(f"dots-{kind}", "fill", "area", {"fill-pattern": f"dots-{kind}"}, filter=_is(kind), minzoom=13.5)
        for kind in ("park", "wood")
    ]
    return areas + dots


def _waters(colours: Palette) -> list[Json]:
    stream = {"line-color": colours.water, "line-width": _by_zoom({11: 0.6, 14: 1.6, 17: 5})}
    footpath = {"line-color": colours.path, "line-width": _by_zoom({14: 1, 17: 2.4}), "line-dasharray": [3, 2]}
    return [
        _layer(
            "stream", "line", "line", stream, filter=_is("stream"), layout={"line-cap": "round", "line-join": "round"}
        ),
        _layer("water", "fill", "water", {"fill-color": colours.water}),
        _layer("bank", "line", "water", {"line-color": colours.bank, "line-width": 1}),
        _layer("footpath", "line", "line", footpath, filter=_is("footpath")),
    ]


def _buildings(colours: Palette) -> list[Json]:
    civic = _is("civic", "church", "station")
    edge = {"line-color": colours.builtup, "line-width": 0.7, "line-opacity": _by_zoom({15: 0, 16: 1})}
    trees = {"circle-color": colours.park_dot, "circle-radius": _by_zoom({15: 1.4, 18: 5})}
    return [
        _layer("building", "fill", "building", {"fill-color": ["case", civic, colours.civic, colours.building]}),
        _layer("building-edge", "line", "building", edge, minzoom=15),
        _layer("tree", "circle", "tree", trees),
    ]


def _by_zoom(stops: dict[float, Any]) -> list[Any]:
    flat = [part for zoom, value in stops.items() for part in (zoom, value)]
    return ["interpolate", ["exponential", 1.6], ["zoom"], *flat]


def _width(least: dict[int, float], more: float = 0.0) -> list[Any]:
    """A road's width: as wide as on the ground, but never under what can be seen. `more` is its edge, half far out."""
    metres = ["coalesce", ["get", "width"], 0]
    stops: list[Any] = []
    for zoom, pixels in least.items():
        edge = more if zoom >= 14 else more / 2
        stops += [zoom, ["+", edge, ["max", pixels, ["*", metres, PIXELS_PER_METRE_AT_0 * 2**zoom]]]]
    return ["interpolate", ["exponential", 2], ["zoom"], *stops]


MAIN = {8: 0.5, 11: 1.2, 13: 2.6, 14: 4.2, 16: 10, 20: 20}
STREET = {12: 0.5, 13: 1.2, 14: 2.6, 16: 8, 20: 16}
LANE = {12: 0.3, 13: 0.8, 14: 1.8, 16: 6, 20: 10}


def _roads(colours: Palette) -> list[Json]:
    round_ends = {"line-cap": "round", "line-join": "round"}

    def road(name: str, least: dict[int, float], colour: str, more: float, *kinds: str, **extra: Any) -> Json:
        paint = {"line-color": colour, "line-width": _width(least, more)}
        return _layer(name, "line", "road", paint, filter=_is(*kinds), layout=round_ends, **extra)

    track = {"line-color": colours.track, "line-width": _by_zoom({13: 0.8, 17: 4}), "line-dasharray": [4, 1.6]}
    path = {"line-color": colours.path, "line-width": _by_zoom({14: 1.2, 17: 3.4})}
    rail = {"line-color": colours.railway, "line-width": _by_zoom({10: 0.8, 14: 2, 17: 4})}
    sleepers = {
        "line-color": colours.railway_gap,
        "line-width": _by_zoom({13: 0.6, 14: 1, 17: 2.4}),
        "line-dasharray": [6, 6],
    }
    return [
        _layer("track", "line", "road", track, filter=_is("track")),
        _layer("path", "line", "road", path, filter=_is("path"), layout=round_ends),
        road("lane-edge", LANE, colours.street_edge, 1.6, "lane", minzoom=12.5),
        road("street-edge", STREET, colours.street_edge, 1.6, "street", minzoom=12.5),
        road("main-edge", MAIN, colours.main_edge, 1.8, "main"),
        road("lane", LANE, colours.street, 0, "lane"),
        road("street", STREET, colours.street, 0, "street"),
        road("main", MAIN, colours.main, 0, "main"),
        _layer("railway", "line", "line", rail, filter=_is("railway")),
        _layer("railway-gap", "line", "line", sleepers, filter=_is("railway"), minzoom=13),
    ]


def _wards(colours: Palette) -> list[Json]:
    paint = {"line-color": colours.council, "line-opacity": 0.6, "line-dasharray": [7, 2.4, 1.2, 2.4]}
    return [
        _layer(
            "ward", "line", "ward", {**paint, "line-width": _by_zoom({10: 0.6, 14: 1.4, 17: 2})}, filter=_is("line")
        ),
        _layer("council", "line", "ward", {**paint, "line-width": _by_zoom({8: 1.4, 14: 2.6})}, filter=_is("council")),
    ]


def _labels(colours: Palette, name: list[Any]) -> list[Json]:
    def text(layer: str, source: str, colour: str, layout: Json, **more: Any) -> Json:
        paint = {"text-color": colour, "text-halo-color": colours.halo, "text-halo-width": 1.6, "text-halo-blur": 0.3}
        return _layer(layer, "symbol", source, paint, layout={"text-field": name, "text-font": FONT, **layout}, **more)

    def street(layer: str, size: float, spacing: int, *kinds: str, **more: Any) -> Json:
        along = {
            "symbol-placement": "line", "symbol-spacing": spacing, "text-size": size, "text-max-angle": 34,
            "text-padding": 3, "text-letter-spacing": 0.01,
        }  # fmt: skip
        return text(layer, "road", colours.label, along, filter=["all", ["has", "name"], _is(*kinds)], **more)

    ward = {
        "text-size": _by_zoom({12: 11, 15: 13}), "text-font": BOLD, "text-transform": "uppercase",
        "text-letter-spacing": 0.16,
        "text-max-width": 9,
    }  # fmt: skip
    town = {"text-size": _by_zoom({8: 13, 12: 17}), "text-font": BOLD}
    green, water = {"text-size": 13, "text-max-width": 7}, {"text-size": 13, "text-font": ITALIC, "text-max-width": 7}
    river = {**water, "symbol-placement": "line", "symbol-spacing": 420}
    site = {"text-size": 12, "text-max-width": 7}
    return [
        street("lane-name", 12, 260, "lane", "path", minzoom=15.2),
        street("street-name", 12.5, 300, "street", minzoom=14.2),
        street("main-name", 13, 320, "main", minzoom=13.2),
        text(
            "stream-name",
            "line",
            colours.water_label,
            river,
            filter=["all", ["has", "name"], _is("stream", "river")],
            minzoom=13,
        ),
        text("site-name", "label", colours.label, site, filter=_is("site"), minzoom=16),
        text("green-name", "label", colours.park_label, green, filter=_is("park", "wood", "cemetery", "playground")),
        text("water-name", "label", colours.water_label, water, filter=_is("water")),
        text("ward-name", "label", colours.council, ward, filter=_is("ward"), maxzoom=15.5),
        text(
            "village-name",
            "label",
            colours.label,
            {"text-size": 14, "text-font": BOLD},
            filter=_is("village"),
            maxzoom=15,
        ),
        text("town-name", "label", colours.label, town, filter=_is("town"), maxzoom=12.5),
    ]
