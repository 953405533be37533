"""Every page that each role can reach by links, in both languages and at both widths: no error, axe finds nothing,
nothing overflows.
"""

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser import violations

ROLES = ["", "resident", "officer", "call-centre", "manager", "administrator"]
WAYS = [("en", 1280), ("cy", 360)]
MOST_PAGES = 120
NOT_PAGES = (
    ".csv", ".json", ".atom", ".xml", ".geojson", ".zip", ".pdf", ".svg", ".bpmn", ".dmn", ".jpg", ".mvt", ".html",
)  # fmt: skip
LINKS = "() => [...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.long


def route_of(path: str) -> str:
    """The pattern that answers a path; empty where none does."""
    try:
        return resolve(path).route
    except Resolver404:
        return ""


def crawl(page: Page, base: str, language: str, start: list[str]) -> dict[str, list[str]]:
    """What is wrong with each kind of page that links lead to, one page of each kind."""
    waiting, seen, wrong = deque(start), set(), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        route = route_of(urlsplit(path).path)
        if (not route and urlsplit(path).path != "/") or route in seen:
            continue
        seen.add(route)
        found, links = visit(page, base, path, language)
        if found:
            wrong[path] = found
        waiting.extend(link for link in links if link not in waiting)
    return wrong


def visit(page: Page, base: str, path: str, language: str) -> tuple[list[str], list[str]]:
    """What is wrong with one page, and the paths on this site that it links to."""
    joined = f"{path}{'&' if '?' in path else '?'}lang={language}"
    response = page.goto(urljoin(base, joined))
    if response is None or "text/html" not in (response.header_value("content-type") or ""):
        return [], []
    found = [] if response.status < 400 else [f"answers {response.status}"]
    if page.locator("html").get_attribute("lang") != language:
        found.append("is in another language")
    found += violations(page)
    if (beyond := page.evaluate(TOO_WIDE)) > 0:
        found.append(f"is {beyond} pixels too wide")
    return found, [local for link in page.evaluate(LINKS) if (local := on_site(link, base))]


def on_site(link: str, base: str) -> str:
    """A link's path where it leads to a page of this site, without its language; else empty."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" != base or parts.path.endswith(NOT_PAGES) or "sign-out" in parts.path:
        return ""
    query = "&".join(one for one in parts.query.split("&") if one and not one.startswith("lang="))
    return parts.path + (f"?{query}" if query else "")


@pytest.mark.parametrize("role", ROLES, ids=[role or "nobody" for role in ROLES])
@pytest.mark.parametrize(("language", "width"), WAYS, ids=["English 1280", "Welsh 360"])
def test_every_page_a_role_can_reach_is_sound(visitor, demo, role, language, width):
    page = visitor(role=role, width=width, language=language)
    begin = (
        ["/", "/work/", "/demo/", "/reports/new/"] if role not in {"", "resident"} else ["/", "/demo/", "/reports/new/"]
    )
    wrong = crawl(page, demo.northmere, language, begin)
    assert not wrong, "\n".join(f"{path}: {'; '.join(found)}" for path, found in wrong.items())
