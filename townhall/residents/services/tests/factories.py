"""A published service that asks a question of every kind, and somebody who fills it in."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

from babel import Locale
from django.conf import settings
from django.test import Client

from townhall.kernel.catalogue.forms.engine import checked
from townhall.kernel.catalogue.forms.model import Answers
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.identity.models import Person
from townhall.residents.services import actions, rules
from townhall.residents.services.models import Application, Version

FOLDER = Path(__file__).parent / "packages" / "grant"
YOU = {"full_name": "Asha Begum", "email": "asha@example.org", "phone": "07700 900142"}
HOME = {"home.line_1": "14 Hope Street", "home.town": "Northmere", "home.postcode": "NM2 6RD"}
SHOP = {"trade": "books", "staff": "3", "has_lease": "no"}
SPOT = {"spot.latitude": "53.79", "spot.longitude": "-1.75", "spot.description": "Opposite the chapel"}
WORKS = {"jobs.0.what": "Window", "jobs.0.cost": "900", "jobs.0.is_listed": "no"}
MORE = {"region": "north", "features": ["awning"], "views.door": "good", "views.window": "bad"}
PAYING = {
    "bank.account_name": "A Begum", "bank.sort_code": "20-00-00", "bank.account_number": "12345678", "true_all": "yes",
}  # fmt: skip
PAGES: dict[str, dict[str, Any]] = {
    "you": YOU, "home": HOME, "shop": SHOP, "place": SPOT, "works": WORKS, "more": MORE, "paying": PAYING,
}  # fmt: skip


def grant(at: datetime) -> Version:
    """The service, published."""
    return actions.publish(package=read(FOLDER), at=at)


def changed(at: datetime) -> Version:
    """Another version of it, published: one question is worded otherwise."""
    files = dict(read(FOLDER).files)
    files["form.yaml"] = files["form.yaml"].replace(b"en: Your name", b'en: "What are you called?"')
    return actions.publish(package=read_files("grant", files), at=at)


def known(uprn: str, line: str) -> rules.Known:
    """A property of the gazetteer."""
    return rules.Known(uprn, line, line, "Northmere", "NM2 6RD")


class Inputs(HTMLParser):
    """What a browser would send of a page's form if nothing were touched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.off = 0
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an input in, unless it stands in a part that is put away."""
        told = {name: value or "" for name, value in attrs}
        if tag == "fieldset" and (self.off or "disabled" in told):
            self.off += 1
        if self.off:
            return
        if tag == "textarea":
            self.area = told["name"]
        if tag == "select":
            self.select = told["name"]
        if tag == "option" and "selected" in told:
            self.add(self.select, told["value"])
        kind = told.get("type", "text")
        is_on = kind not in {"radio", "checkbox"} or "checked" in told
        if tag == "input" and "name" in told and is_on and kind not in {"submit", "image", "file", "search"}:
            self.add(told["name"], told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a part that is put away."""
        if tag == "fieldset" and self.off:
            self.off -= 1
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        """What stands in a text of several lines."""
        if self.area:
            self.add(self.area, data.strip())

    def add(self, name: str, value: str) -> None:
        """Keep a value."""
        self.found.setdefault(name, []).append(value)


def inputs(response: Any) -> dict[str, list[str]]:
    """What the form of a page would send as it stands."""
    parser = Inputs()
    parser.feed(re.sub(r"(?s)<header.*?</header>", "", response.content.decode()))
    return parser.found


def press(browser: Client, application: Application, message: str) -> Any:
    """Follow a button of the application's page, and say on the page that follows that it is meant; the answer."""
    path = f"/services/application/{application.pk}/do/{message}/"
    return browser.post(path, inputs(browser.get(path)))


def begin(browser: Client, slug: str = "grant") -> Application:
    """Press Start now."""
    response = browser.post(f"/services/{slug}/")
    assert response.status_code == 302, response.content
    return Application.objects.get(pk=response["Location"].split("/")[3])


def page_url(application: Application, page: str) -> str:
    """The address of a page of the form."""
    return f"/services/application/{application.pk}/page/{page}/"


def send_page(
    browser: Client, application: Application, page: str, *, do: str = "continue", files: Any = None, **typed: Any
) -> Any:
    """Open a page, type into it, choose files and press a button; the answer."""
    address = page_url(application, page)
    held = inputs(browser.get(address))
    chosen = {f"_file.{name}": file for name, file in (files or {}).items()}
    return browser.post(address, {**held, **typed, **chosen, "_do": do})


def fill(browser: Client, application: Application, until: str = "") -> Any:
    """Fill in every page, or those before one; the last answer."""
    response: Any = None
    for page, typed in PAGES.items():
        if page == until:
            break
        response = send_page(browser, application, page, **typed)
        assert response.status_code == 302, (page, response.content.decode())
    return response


def whole_answers() -> Answers:
    """What the pages come to, as it is kept."""
    package, answers = read(FOLDER), Answers()
    for page, typed in PAGES.items():
        answers = checked(package.form, page, typed, answers, facts={"today": "2026-05-12"}).answers
    return answers


def sent(at: datetime, relay: Callable[[], Any]) -> Application:
    """The grant, applied for by somebody without an account; its process has begun."""
    grant(at)
    browser = Client()
    application = begin(browser)
    fill(browser, application)
    browser.post(f"/services/application/{application.pk}/check/")
    relay()
    return Application.objects.select_related("case").get(pk=application.pk)


def with_a_long_list(at: datetime) -> Version:
    """The service with a list of all countries, in both languages, where it has the districts."""
    english: dict[str, str] = dict(cast("Any", Locale("en").territories))
    welsh: dict[str, str] = dict(cast("Any", Locale("cy").territories))
    codes = sorted(code for code in english if len(code) == 2 and code.isalpha() and code in welsh and code != "NO")
    options = {code.lower(): {"en": english[code], "cy": welsh[code]} for code in codes}
    files = dict(read(FOLDER).files)
    form = files["form.yaml"].decode()
    told = "{north: {en: North, cy: Gogledd}, south: {en: South, cy: De}, east: {en: East, cy: Dwyrain}}"
    assert told in form
    files["form.yaml"] = form.replace(told, json.dumps(options, ensure_ascii=False)).encode()
    return actions.publish(package=read_files("grant", files), at=at)


def session_of(person: Person) -> tuple[str, str]:
    """The name and value of the cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value
