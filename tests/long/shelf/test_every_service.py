"""Every page of every service of the shelf, for residents and officers, in both languages: axe finds nothing, nothing
overflows.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.serving import apart, serving
from tests.long.shelf.walking import Walk, chosen, clock
from townhall.kernel.cases.tests import factories
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF, slugs
from townhall.residents.services import actions

Visit = Callable[[Package, str, int], Walk]
WAYS = [("en", 1280), ("cy", 360)]
pytestmark = [pytest.mark.long, pytest.mark.browser]


@pytest.fixture
def people(own_database: str, settings: Any) -> factories.Council:
    """A council's people in a database of its own; a sandbox takes payments."""
    settings.ALLOWED_HOSTS, settings.TOWNHALL_PAYMENTS = ["*"], "sandbox"
    return factories.council()


@pytest.fixture
def address(people: factories.Council) -> Iterator[str]:
    """A live server."""
    yield from serving()


@pytest.fixture
def visit(chromium: Browser, address: str, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Call it for a walk through a service, with a clock that can be set."""

    def come(package: Package, language: str, width: int) -> Walk:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale=f"{language}-GB")
        context.set_default_timeout(30_000)
        return Walk(context.new_page(), address, package, language, width, lambda at: clock(monkeypatch, at))

    return come


@pytest.mark.parametrize("way", WAYS, ids=["english", "welsh"])
@pytest.mark.parametrize("slug", slugs())
def test_every_page_of_a_service_is_free_of_what_axe_finds(
    visit: Visit, people: factories.Council, slug: str, way: tuple[str, int]
) -> None:
    package = read(SHELF / slug)
    version = apart(lambda: actions.publish(package=package, at=moment_of("2026-01-05")))
    walk = visit(package, *way)
    walk.look("start", f"/services/{slug}/")
    for example in chosen(package):
        walk.through(version, example, people.administrator)
    assert walk.wrong == {}
    pages = {name for name, page in package.form.pages.items() if any(not each.is_computed for each in page.questions)}
    assert {f"page {name}" for name in pages} <= walk.seen
