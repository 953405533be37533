"""What other modules add to every page: their context, their place in the navigation, their links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from townhall.kernel.modules.registries import Registry

Context = Callable[[HttpRequest], dict[str, Any]]


@dataclass(frozen=True)
class NavEntry:
    """One word in the navigation. `title` may be lazy; `count` is asked only when the entry is shown.

    `prefix` is the start of the paths it stands for; without it, the entry's own address.
    """

    title: Any
    url_name: str
    order: int = 50
    may: Callable[[HttpRequest], bool] = lambda _request: True
    count: Callable[[HttpRequest], int | None] | None = None
    prefix: str = ""


@dataclass(frozen=True)
class Face:
    """What the shell says about the council, in the language of the page. Telephone hours are one plain sentence."""

    name: str = "Townhall"
    title: str = ""
    council_1: str = "#571c45"
    council_2: str = "#b9cf4a"
    telephone: str = ""
    hours: str = ""
    is_open: bool | None = None
    text_relay: str = ""
    sign_language_url: str = ""
    address: str = ""
    out_of_hours: str = ""
    desk_telephone: str = ""
    desk_hours: str = ""
    emblem_url: str = ""


page_context: Registry[Context] = Registry("page context")
"""Functions of the request whose dictionaries every template gets (`council`, `person` and the like)."""

resident_nav: Registry[NavEntry] = Registry("residents' navigation")
officer_nav: Registry[NavEntry] = Registry("officers' navigation")
footer_nav: Registry[NavEntry] = Registry("links in the footer")

links: Registry[str] = Registry("links of the shell")
"""URL names for the shell's own links: home, officer_home, sign_in, sign_out, account, officer_search."""

faces: Registry[Callable[[], Face]] = Registry("faces")
"""`faces.add("council", function)`: who the shell says we are. Without it, a nameless Townhall."""
