"""What every template is given, and the navigation worked out for one request."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import get_language

from townhall.kernel.design import registries
from townhall.kernel.design.addresses import address
from townhall.kernel.modules.registries import Registry


@dataclass(frozen=True)
class Item:
    """A navigation entry, resolved for one request."""

    title: str
    url: str
    is_current: bool
    count: int | None


class Navigation:
    """The navigation of one request; each list is worked out when a template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def resident(self) -> list[Item]:
        """Entries of the resident shell."""
        return self._items(registries.resident_nav)

    @cached_property
    def officer(self) -> list[Item]:
        """Entries of the officer shell that this person may use."""
        return self._items(registries.officer_nav)

    @cached_property
    def footer(self) -> list[Item]:
        """Links under "This site"."""
        return self._items(registries.footer_nav)

    def _items(self, registry: Registry[registries.NavEntry]) -> list[Item]:
        shown = [
            (entry, address)
            for entry in sorted(registry, key=lambda entry: entry.order)
            if (address := address_of(entry.url_name)) and entry.may(self.request)
        ]
        places = [entry.prefix or address for entry, address in shown]
        here = max((place for place in places if self.request.path.startswith(place)), key=len, default=None)
        return [
            Item(str(entry.title), address, place == here, entry.count(self.request) if entry.count else None)
            for (entry, address), place in zip(shown, places, strict=True)
        ]


_faces_seen: dict[str, registries.Face] = {}
"""The council's face by language, as last read; what a page that must not read the database shows."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: the shell's parts first, then what modules add."""
    context = basics(request, face=read_face())
    context |= {"nav": Navigation(request), "person": getattr(request, "user", None) or AnonymousUser()}
    for more in registries.page_context:
        context |= more(request)
    return context | {"person_name": name_of(context["person"])}


def page_language() -> str:
    """en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def read_face() -> registries.Face:
    """Who the shell says we are, read afresh and kept for a page that cannot read it."""
    read = registries.faces.get("council") or registries.Face
    _faces_seen[page_language()] = face = read()
    return face


def safe_face() -> registries.Face:
    """The face as last read; where this process never read it, one try that may fail."""
    if page_language() not in _faces_seen:
        try:
            return read_face()
        except DatabaseError:
            return registries.Face()
    return _faces_seen[page_language()]


def face_now_or_last() -> registries.Face:
    """The face read afresh; as last read where the database is away."""
    try:
        return read_face()
    except DatabaseError:
        return _faces_seen.get(page_language(), registries.Face())


def basics(request: HttpRequest, *, face: registries.Face) -> dict[str, Any]:
    """The context that needs neither database nor session: enough for a page that says something broke."""
    language = page_language()
    return {
        "face": face,
        **look_of(face),
        "page_address": settings.TOWNHALL_URL + request.path,
        "demo": settings.TOWNHALL_DEMO,
        "today": timezone.localdate(),
        "language": language,
        "languages": language_choices(request, language),
        "other_language_url": language_url(request, "en" if language == "cy" else "cy"),
        "nav": None,
        "link": shell_link,
        "person": AnonymousUser(),
        "person_name": "",
    }


def look_of(face: registries.Face) -> dict[str, str]:
    """The addresses of the theme and the emblem; they change with the colours, so that browsers may keep them."""
    colours = f"{face.council_1}{face.council_2}".replace("#", "")
    theme, drawn = address_of("design:theme"), address_of("design:emblem")
    return {
        "theme_url": theme and f"{theme}?v={colours}",
        "emblem_url": face.emblem_url or (drawn and f"{drawn}?v={colours}"),
    }


def name_of(person: Any) -> str:
    """What a person is called in the shell; empty for nobody."""
    return str(getattr(person, "name", "") or person) if person.is_authenticated else ""


def is_for_staff(request: HttpRequest) -> bool:
    """Whether an address is one of the officers': below their first page, or one that asks for a permission."""
    home = shell_link("officer_home")
    if home and request.path.startswith(home):
        return True
    found = getattr(request, "resolver_match", None)
    return bool(found and getattr(found.func, "permission", ""))


def works_here(request: HttpRequest) -> bool:
    """Whether the officers' first page is in this reader's navigation."""
    home = shell_link("officer_home")
    return any(item.url == home for item in Navigation(request).officer)


def language_choices(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The languages a page can be read in, each with its own name and its address."""
    return [
        {"code": code, "name": name, "url": language_url(request, code), "is_current": code == current}
        for code, name in settings.LANGUAGES
    ]


def language_url(request: HttpRequest, language: str) -> str:
    """The same place in another language."""
    query = request.GET.copy()
    query["lang"] = language
    return f"{request.path}?{query.urlencode()}"


def shell_link(name: str) -> str:
    """The address that a module registered for one of the shell's links; empty where none did."""
    return address_of(registries.links.get(name) or "")


def address_of(url_name: str) -> str:
    """The address of a URL name; empty where this installation has no such page."""
    try:
        return address(url_name) if url_name else ""
    except NoReverseMatch:
        return ""
