"""The live map in a real browser: it draws, tells of its moves, and lets a place be picked by tap, key or position."""

import shutil
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Page, sync_playwright

from townhall.kernel.geo.rules import Point
from townhall.kernel.geo.tests.factories import CROSSROADS, load_hamlet

pytestmark = [pytest.mark.browser, pytest.mark.commits]
PAGE = """{% extends "design/resident.html" %}{% from "geo/map.html" import map %}{% block title %}Where{% endblock %}
{% block content %}<h1>Where is it?</h1><form method="get">
<button type="button" data-map-locate="m" hidden>Use where I am now</button>
{{ map("m", centre, 16, pins=pins, picker=True, placed=False, label="Map of the hamlet", asset_kind="street_light") }}
</form>{% endblock %}"""


def page_with_map(request: HttpRequest) -> HttpResponse:
    pins = f"{CROSSROADS.easting + 40},{CROSSROADS.northing + 20},booked"
    return render(request, "a-map.html", {"centre": CROSSROADS, "pins": pins})


urlpatterns = [
    path("a-map", page_with_map),
    path("geo/", include("townhall.kernel.geo.urls")),
    path("design/", include("townhall.kernel.design.urls")),
]


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - wsgiref's name
        """Nothing."""


@pytest.fixture
def site(own_database: str, at: datetime, tmp_path: Any) -> Iterator[str]:
    """The address of a server with the hamlet loaded and one page with a map."""
    (tmp_path / "a-map.html").write_text(PAGE)
    load_hamlet(at)
    templates = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}, *settings.TEMPLATES[1:]]
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=templates):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/a-map"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def browser() -> Iterator[Any]:
    """A browser on a phone's screen that stands in Wool Lane."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs chromium on PATH")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


def opened(browser: Any, address: str, **more: Any) -> Page:
    where = Point(CROSSROADS.easting + 5, CROSSROADS.northing + 150).lonlat
    position = {"longitude": where.lon, "latitude": where.lat}
    page = browser.new_context(
        viewport={"width": 360, "height": 780}, permissions=["geolocation"], geolocation=position, **more
    ).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def until(page: Page, expression: str) -> Any:
    """The expression's value once it is true."""
    for _ in range(100):
        if value := page.evaluate(expression):
            return value
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def test_a_place_is_picked_by_tap_by_key_and_by_position(site: str, browser: Any) -> None:
    page = opened(browser, site)
    page.evaluate("window.told = []; addEventListener('map:picked', (event) => told.push(event.detail))")
    until(page, "document.querySelector('[data-map]').dataset.ready")
    assert page.locator("input[type=image]").is_hidden()
    assert page.get_by_label("Work booked").count() == 1

    page.locator("canvas").click(position={"x": 150, "y": 159})
    first = until(page, "told[0]")
    assert first["place"] == "Chapel Street, near Wool Lane"
    assert first["assets"][0]["label"].startswith("Light ")
    assert page.get_by_role("status").filter(has_text="Chapel Street, near Wool Lane").count() == 1

    page.locator("canvas").focus()
    page.keyboard.press("Shift+ArrowRight")
    second = until(page, "told[1]")
    assert second["lon"] > first["lon"]
    assert abs(second["lat"] - first["lat"]) < 1e-6
    assert page.locator("[data-lon-field]").input_value() == f"{second['lon']:.7f}"

    page.get_by_role("button", name="Use where I am now").click()
    assert until(page, "told[2]")["place"].startswith("Wool Lane")


def test_the_map_says_where_it_moved_and_zooms_by_button(site: str, browser: Any) -> None:
    page = opened(browser, site, reduced_motion="reduce")
    until(page, "document.querySelector('[data-map]').dataset.ready")
    page.evaluate("window.moved = null; addEventListener('map:moved', (event) => { moved = event.detail })")
    page.get_by_role("button", name="Zoom in").click()
    moved = until(page, "moved")
    assert moved["zoom"] == 17
    west, south, east, north = (float(part) for part in moved["bbox"].split(","))
    where = CROSSROADS.lonlat
    assert west < where.lon < east
    assert south < where.lat < north


def test_without_script_the_picture_sends_where_it_was_pressed(site: str, browser: Any) -> None:
    page = opened(browser, site, java_script_enabled=False)
    page.locator("input[type=image]").click(position={"x": 320, "y": 320})
    assert "where.x=320" in page.url
    assert "where_view=" in page.url
