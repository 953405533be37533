"""Tiles, style, still pictures and look-ups for maps, and the page that says what is loaded."""

import gzip
import zlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.authority import selectors as authorities
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.geo import palette, selectors, tiles
from townhall.kernel.geo.picture import Frame, PinAt, picture
from townhall.kernel.geo.rules.mercator import NoSuchTile
from townhall.kernel.geo.rules.points import LonLat, NotInBritain, Point, to_bng, to_lonlat
from townhall.kernel.geo.style import style
from townhall.kernel.identity.permissions import requires

YEAR_SECONDS = 365 * 24 * 60 * 60
LARGEST_PICTURE = 2000
MOST_PIXELS = 1_600_000
MOST_IN_A_RING = 10_000
FRAME = {"w": "640", "h": "400", "scale": "0.7"}
"""What is asked for of a picture, and what it is without."""


@require_safe
def tile(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """A vector tile. With the edition's name (`?v=`) a browser may keep it: a new load has a new name."""
    edition = selectors.edition()
    try:
        body = tiles.tile(edition, zoom, column, row)
    except NoSuchTile as error:
        raise Http404("no such tile") from error
    response = _kept(request, _packed(request, body, "application/vnd.mapbox-vector-tile"), edition)
    if request.GET.get("v") == edition:
        response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response


@require_safe
def style_document(request: HttpRequest) -> HttpResponse:
    """The style of the base map; in Welsh, places have their Welsh names where they have one."""
    edition, language = selectors.edition(), _language(request)
    address = reverse("geo:tile", args=(0, 0, 0)).replace("0/0/0", "{z}/{x}/{y}") + f"?v={edition}"
    colour = authorities.ours().colour_1
    middle = selectors.extent().middle.lonlat
    document = style(
        palette.palette(colour),
        tiles_url=address,
        middle=(middle.lon, middle.lat),
        language=language,
        credit=selectors.credit(),
    )
    response = JsonResponse(document)
    return _kept(request, response, f"{edition}{colour}{language}")


@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """The same map as a drawn picture: `e`, `n` (its middle), `w`, `h` (pixels), `scale` (metres to a pixel), `tone`
    (map, hero, grey), `pins` (`easting,northing,status[,late][,chosen]` with semicolons between).
    """
    frame = _frame(request)
    tone = request.GET.get("tone", "map")
    colour = authorities.ours().colour_1
    makers = {"map": lambda: palette.palette(colour), "hero": lambda: palette.one_hue(colour), "grey": palette.grey}
    if frame is None or tone not in makers:
        raise Http404("no such picture")
    edition, language = selectors.edition(), _language(request)
    body = picture(
        edition,
        frame,
        makers[tone](),
        _pins(request.GET.get("pins", "")),
        language=language,
        tone=tone,
        credit=selectors.credit(),
    )
    return _kept(request, _packed(request, body, "image/svg+xml; charset=utf-8"), f"{edition}{colour}{language}")


def _frame(request: HttpRequest) -> Frame | None:
    """The frame that was asked for; without a middle, about the middle of the town. None if it cannot be drawn."""
    try:
        width, height, scale = (float(request.GET.get(name, usual)) for name, usual in FRAME.items())
        middle = selectors.extent().middle
        if "e" in request.GET:
            middle = Point(float(request.GET["e"]), float(request.GET["n"]))
    except (KeyError, ValueError):
        return None
    if not (0 <= middle.easting < 700_000 and 0 <= middle.northing < 1_300_000 and 0.1 <= scale <= 60):
        return None
    if not (16 <= width <= LARGEST_PICTURE and 16 <= height <= LARGEST_PICTURE and width * height <= MOST_PIXELS):
        return None
    return Frame(middle, int(width), int(height), scale)


def _pins(text: str) -> tuple[PinAt, ...]:
    """The pins of the query; those that cannot be read are left out, and no more than forty are drawn."""
    return tuple(pin for part in text.split(";")[:40] if (pin := _pin(part)))


def _pin(text: str) -> PinAt | None:
    """`easting,northing,status` and `late` or `chosen`; a ring is `easting,northing,ring,status=number,late=number`."""
    try:
        easting, northing, status, *words = text.split(",")
        counts = {name: int(number) for name, _, number in (word.partition("=") for word in words) if number}
        point = Point(float(easting), float(northing))
    except ValueError:
        return None
    if not (0 <= point.easting < 700_000 and 0 <= point.northing < 1_300_000):
        return None
    late = min(counts.pop("late", 0), MOST_IN_A_RING)
    shares = tuple((name, max(0, min(count, MOST_IN_A_RING))) for name, count in counts.items())
    return PinAt(point, status, "late" in words, "chosen" in words, shares, late)


@require_safe
def pins(request: HttpRequest) -> JsonResponse:
    """The pins of `?pins=` (as for a picture) as GeoJSON, for a live map of one place."""
    found = [pin for pin in _pins(request.GET.get("pins", "")) if pin.status in STATUSES]
    return JsonResponse({"type": "FeatureCollection", "features": [_feature(pin) for pin in found]})


def _feature(pin: PinAt) -> dict[str, Any]:
    where, words = to_lonlat(pin.point), str(STATUSES[pin.status].words)
    about = {"id": "", "status": pin.status, "late": pin.is_late, "chosen": pin.is_chosen, "count": 1, "title": words}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]},
        "properties": about,
    }


@require_safe
def describe(request: HttpRequest) -> JsonResponse:
    """The point at `?lon=&lat=` in words, in the language of the page; and, with `kind=`, the assets around it."""
    try:
        point = to_bng(LonLat(float(request.GET["lon"]), float(request.GET["lat"])))
    except (KeyError, ValueError, NotInBritain):
        return JsonResponse({"error": _("Choose a place in Great Britain.")}, status=400)
    described, welsh = selectors.describe(point), _language(request) == "cy"
    kind = request.GET.get("kind", "")
    near = selectors.nearby_assets(point, kind) if kind else []
    ward = described.ward
    return JsonResponse({
        "place": described.place_cy if welsh else described.place,
        "postcode": described.postcode,
        "ward": (ward.name_cy if welsh else "") or ward.name if ward else "",
        "inside": selectors.is_inside(point),
        "assets": [
            {"reference": one.reference, "label": one.label_cy if welsh else one.label, "metres": round(one.metres)}
            for one in near
        ],
    })  # fmt: skip


@requires("identity.set_up")
@require_safe
def loaded(request: HttpRequest) -> HttpResponse:
    """What boundaries, gazetteer and base map hold, and where they came from."""
    shown = selectors.loaded()
    names = {
        "councils": _("Council boundaries"), "wards": _("Wards"), "neighbours": _("Neighbouring authorities"),
        "streets": _("Streets"), "addresses": _("Addresses"), "assets": _("Lights, bins and other things"),
        "places": _("Places by name"), "features": _("Shapes of the base map"),
    }  # fmt: skip
    rows = [(names[key], count) for key, count in shown.counts.items()]
    return render(request, "geo/loaded.html", {"rows": rows, "loads": shown.loads, "extent": selectors.extent()})


def _packed(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """The gzipped body as it is, or unpacked for the rare client that cannot."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if packed else gzip.decompress(body), content_type=content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _kept(request: HttpRequest, response: HttpResponse, of: str) -> HttpResponse:
    """The answer with a tag of what it was made of, to be asked for again each time; 304 where the browser has it."""
    made_of = f"{of}{request.get_full_path()}{response.get('Content-Encoding', '')}"
    tag = f'"{zlib.crc32(made_of.encode()):08x}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    return response


def _language(request: HttpRequest) -> str:
    """The language that places are named in: the one asked for with `l`, else the page's."""
    return "cy" if request.GET.get("l", getattr(request, "LANGUAGE_CODE", "en")).startswith("cy") else "en"
