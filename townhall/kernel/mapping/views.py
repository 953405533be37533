"""The layers of the map: as tiles for the live map, as a drawing for the still one, and where most of it is."""

import gzip
import time
import zlib
from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from townhall.kernel.geo.rules import Point, to_lonlat
from townhall.kernel.geo.rules.mercator import NoSuchTile
from townhall.kernel.mapping import selectors
from townhall.kernel.mapping.registries import map_layers
from townhall.kernel.mapping.rules import Wanted
from townhall.kernel.mapping.still import View, drawing
from townhall.kernel.modules.databases import may_lag

KEEP_TILES = 4_000
KEEP_SECONDS = 10
"""A tile is made again with every change of the map, and as often as this for titles that were changed in place."""
WORTH_PACKING = 500


@require_safe
@may_lag
def tile(request: HttpRequest, layer: str, zoom: int, column: int, row: int) -> HttpResponse:
    """A vector tile with the layer `cases`: pins (`id`, `reference`, `title`) and rings, each with its `count`."""
    wanted, welsh = _wanted(request, layer), _is_welsh(request)
    try:
        if wanted.among:
            body = selectors.tile(wanted, zoom, column, row, welsh=welsh)
        else:
            body = _kept_tile(selectors.edition(), _period(), wanted, (zoom, column, row), welsh=welsh)
    except NoSuchTile as error:
        raise Http404("no such tile") from error
    return _asked_again(request, body, "application/vnd.mapbox-vector-tile")


@lru_cache(maxsize=KEEP_TILES)
def _kept_tile(
    _edition: UUID | None, _period: int, wanted: Wanted, place: tuple[int, int, int], *, welsh: bool
) -> bytes:
    return selectors.tile(wanted, *place, welsh=welsh)


def _period() -> int:
    return int(time.monotonic() // KEEP_SECONDS)


@require_safe
@may_lag
def middle(request: HttpRequest, layer: str) -> JsonResponse:
    """`bbox` (west, south, east, north in degrees) of where most of the layer's cases are; null where it has none."""
    box = selectors.middle(_wanted(request, layer))
    if box is None:
        return JsonResponse({"bbox": None})
    corners = [to_lonlat(Point(*box[:2])), to_lonlat(Point(*box[2:]))]
    found = [side for corner in corners for side in (corner.lon, corner.lat)]
    return JsonResponse({"bbox": found}, headers={"Cache-Control": "private, no-cache"})


@require_safe
@may_lag
def still(request: HttpRequest, layer: str) -> HttpResponse:
    """The layer as a drawing to lie on the base map's picture: `e`, `n`, `w`, `h` and `scale` as that one has them."""
    view = View.parse(request.GET)
    if view is None:
        raise Http404("no such picture")
    found = selectors.gathered(_wanted(request, layer), view.box, view.zoom, metres_to_a_pixel=view.scale)
    return _asked_again(request, drawing(view, found).encode(), "image/svg+xml; charset=utf-8")


def _wanted(request: HttpRequest, layer: str) -> Wanted:
    if layer not in map_layers:
        raise Http404("no such layer")
    return map_layers[layer](request)


def _is_welsh(request: HttpRequest) -> bool:
    return getattr(request, "LANGUAGE_CODE", "en").startswith("cy")


def _asked_again(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """The answer with a tag of what is in it: a browser asks each time, and hears 304 where nothing has changed."""
    tag = f'W/"{zlib.crc32(body):08x}{len(body):x}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        packs = len(body) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(gzip.compress(body, 1, mtime=0) if packs else body, content_type=content_type)
        if packs:
            response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
