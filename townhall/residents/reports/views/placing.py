"""Where it is: search, tap the map, where I am, or a list of streets with no map at all."""
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.geo import rules as places
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Point
from townhall.residents.reports import selectors
from townhall.residents.reports.rules import steps
from townhall.residents.reports.views.flow import Flow, page_of

SOMEWHERE_ELSE = "none"


@dataclass(frozen=True)
class Here:
    """A picked place in words, with the assets to choose from and whose it is."""

    point: Point
    described: places.Described
    assets: list[places.AssetNear]
    is_inside: bool
    outside: str


@page_of("where")
def where(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Find the place and choose it."""
    if request.method == "POST":
        return _choose(request, flow)
    return _show(request, flow)


def _choose(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What was pressed: find, a place on the picture, a place of the list, or continue."""
    sent, view = request.POST, request.POST.get("view", "")
    point = _sent_point(request)
    if sent.get("do") == "find":
        return _back_to(flow, q=sent.get("q", ""), view=view)
    picked = point or _picked(flow)
    if sent.get("do") == "save":
        return flow.onwards(flow.answers | ({"pick": _plain(picked)} if picked else {}))
    if picked is None:
        return _show(request, flow, error=_("Tap the map, or choose a place from the list"))
    here = look(flow, picked)
    if not here.is_inside:
        flow.keep(flow.answers | {"pick": _plain(picked)})
        return _show(request, flow, error=here.outside)
    if "where.x" in sent or not _has_seen(here, sent.get("asset", "")):
        flow.keep(flow.answers | {"pick": _plain(picked)})
        return _back_to(flow, view=view)
    return flow.onwards(_settled(flow, here, sent.get("asset", "")))


def _has_seen(here: Here, chosen: str) -> bool:
    """Whether the assets around the place were offered: one of them was chosen, or none of them."""
    return not here.assets or chosen == SOMEWHERE_ELSE or any(chosen == asset.reference for asset in here.assets)


def _settled(flow: Flow, here: Here, reference: str) -> dict[str, Any]:
    """The answers with the place; at the chosen asset's own spot where there is one."""
    asset = next((one for one in here.assets if one.reference == reference), None)
    described, point = here.described, asset.point if asset else here.point
    chosen = _plain(point) | {
        "place": described.place, "place_cy": described.place_cy, "street": described.street,
        "postcode": described.postcode, "ward": described.ward.code if described.ward else "",
        "asset": asset.reference if asset else "", "asset_label": asset.label if asset else "",
    }  # fmt: skip
    answers = {name: value for name, value in flow.answers.items() if name != "pick"}
    return steps.with_place(answers, chosen)


def _sent_point(request: HttpRequest) -> Point | None:
    """The point that was picked on the map or chosen from the list in this answer."""
    if found := request.POST.get("found", ""):
        try:
            easting, northing = (float(part) for part in found.split(","))
        except ValueError:
            return None
        return Point(easting, northing)
    return places.picked(request.POST)


def _picked(flow: Flow) -> Point | None:
    pick = flow.answers.get("pick")
    return Point(pick["easting"], pick["northing"]) if pick else flow.point


def _plain(point: Point) -> dict[str, Any]:
    return {"easting": round(point.easting, 2), "northing": round(point.northing, 2)}


def look(flow: Flow, point: Point) -> Here:
    """A point in words, with the assets that the category asks to choose from."""
    inside = geo.is_inside(point)
    kind = flow.category.asks_place_of if flow.category else ""
    return Here(
        point=point, described=geo.describe(point), is_inside=inside,
        assets=geo.nearby_assets(point, kind) if kind and inside else [], outside="" if inside else _outside(point),
    )  # fmt: skip


def _outside(point: Point) -> str:
    """Whose the place is, where it is not ours."""
    others = geo.neighbours_at(point)
    if others:
        return _("That place is in %(council)s, not here. Report it to them, or choose a place nearer.") % {
            "council": others[0].name
        }
    return _("That place is outside %(council)s. Choose a place nearer.") % {"council": authority.ours().short_name}


def _back_to(flow: Flow, **query: str) -> HttpResponseRedirect:
    """The page again, with what was searched for."""
    wanted = urlencode({name: value for name, value in query.items() if value})
    return HttpResponseRedirect(flow.url("where") + (f"?{wanted}" if wanted else ""))


def _show(request: HttpRequest, flow: Flow, error: str = "") -> HttpResponse:
    values = request.POST if request.method == "POST" else request.GET
    text, view = values.get("q", "").strip()[:200], values.get("view", "")
    found = geo.search(text) if text else []
    letter = request.GET.get("letter", "")[:1]
    if view == "list" and letter:
        found = geo.streets(letter)
    picked = _picked(flow) or (found[0].point if len(found) == 1 else None)
    here = look(flow, picked) if picked else None
    errors = [{"text": error, "href": "#q"}] if error else []
    return flow.page(
        "where.html", q=text, view=view, found=found, letter=letter, here=here, errors=errors,
        owner=selectors.owner_name(flow.category.owner_gss) if flow.category and flow.category.owner_gss else "",
        centre=picked or (found[0].point if found else geo.extent().middle), has_searched=bool(text), letters=LETTERS,
        zoom=17 if picked else (15 if found else 13), asset=flow.answers.get("where", {}).get("asset", ""),
        status=422 if error else 200,
    )  # fmt: skip


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWY"


@page_of("where")
def here_fragment(request: HttpRequest, flow: Flow) -> HttpResponse:
    """The picked place in words, for the script: `?where_lon=&where_lat=`. Empty where there is none."""
    point = places.picked(request.GET)
    here = look(flow, point) if point else None
    owner = selectors.owner_name(flow.category.owner_gss) if flow.category and flow.category.owner_gss else ""
    return render(request, "reports/_here.html", {"here": here, "owner": owner, "category": flow.category, "asset": ""})
