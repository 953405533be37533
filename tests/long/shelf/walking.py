"""Walking through a service in a browser as its examples do: each at its own moment, in its own nation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser import violations
from tests.journeys.serving import apart
from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.catalogue.forms.engine import asked, submitted
from townhall.kernel.catalogue.forms.kinds.files import is_file
from townhall.kernel.catalogue.packages.calendars import facts_on
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Example, Happening, Package
from townhall.kernel.catalogue.processes.engine import Event, Refused
from townhall.kernel.documents.tests.factories import as_bytes, picture, upload
from townhall.kernel.identity.models import Person
from townhall.kernel.notify.models import Letter
from townhall.residents.bookings.models import Wish
from townhall.residents.bookings.selectors import free
from townhall.residents.payments.models import Payment
from townhall.residents.payments.models import State as Bill
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Course, Version

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINKS = "() => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))"
BELOW = ("bookings:", "payments:", "services:do")
"""What the page of an application leads to: a day, a bill, a button."""
SECRET = "somebody who walks"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def facts_of(example: Example) -> dict[str, Any]:
    """What the form is told at an example's moment."""
    return facts_on(moment_of(example.at).date(), example.nation) | dict(example.facts)


def pages_of(package: Package, example: Example) -> list[str]:
    """The pages with something to fill in that an example's answers lead to."""
    found = asked(package.form, answers_of(example), facts_of(example)).pages
    return [each.page.name for each in found if any(not question.is_computed for question in each.questions)]


def answers_of(example: Example) -> dict[str, Any]:
    """The answers of an example, as answers are kept."""
    return dict(example.answers)


def chosen(package: Package) -> list[Example]:
    """Examples that together come to every page, letter and state: the one that shows most that is new comes first."""
    left = {each.file: shown_by(package, each) for each in package.examples if each.answers}
    files = {each.file: each for each in package.examples}
    found: list[Example] = []
    seen = set[str]()
    while left:
        best = max(left, key=lambda each: len(left[each] - seen))
        if not left[best] - seen:
            break
        seen |= left.pop(best)
        found.append(files[best])
    return found


def shown_by(package: Package, example: Example) -> set[str]:
    """What an example comes to: pages, and where it can be sent also letters, requests and states."""
    found = {f"page {each}" for each in pages_of(package, example)}
    if submitted(package.form, answers_of(example), facts=facts_of(example)).mistakes:
        return found
    for each in example.happens:
        found |= {f"letter {one}" for one in each.letters} | {f"state {one}" for one in each.state or ()}
    return found | {"sent"}


@dataclass
class Walk:
    """Somebody who looks at every page of a service, in one language and at one width."""

    page: Page
    address: str
    package: Package
    language: str
    width: int
    at: Callable[[datetime], None]
    """Sets the clock of the installation."""
    seen: set[str] = field(default_factory=set[str])
    wrong: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def look(self, key: str, path: str) -> bool:
        """Look at a page, once for each key: whether it was looked at now."""
        if key in self.seen:
            return False
        self.seen.add(key)
        parts = urlsplit(path)
        joined = f"{parts.path}?{parts.query + '&' if parts.query else ''}lang={self.language}"
        response = self.page.goto(f"{self.address}{joined}")
        found = [] if response is not None and response.status == 200 else [f"answers {response and response.status}"]
        if urlsplit(self.page.url).path != parts.path:
            found.append(f"leads on to {urlsplit(self.page.url).path}")
        if self.page.locator("html").get_attribute("lang") != self.language:
            found.append("is in another language")
        found += violations(self.page)
        if (beyond := self.page.evaluate(TOO_WIDE)) > 0:
            found.append(f"is {beyond} pixels too wide")
        if found:
            self.wrong[f"{key}: {parts.path}"] = found
        return True

    def be(self, person: Person | None) -> None:
        """Be somebody: signed in, or the browser of whoever fills in."""
        self.page.context.clear_cookies()
        cookies = [{"name": "applications", "value": SECRET, "url": self.address}]
        if person is not None:
            client = Client()
            apart(lambda: client.force_login(person, backend=BACKEND))
            secret = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": secret, "url": self.address})
        self.page.context.add_cookies(cookies)  # pyright: ignore[reportArgumentType]

    def through(self, version: Version, example: Example, officer: Person) -> None:
        """Look at all that an example comes to."""
        self.move_to(example)
        at = moment_of(example.at)
        application = apart(lambda: begun(version, example, self.language, at))
        self.be(None)
        for name in pages_of(self.package, example):
            self.look(f"page {name}", reverse("services:page", args=[application.pk, name]))
        if submitted(self.package.form, application.answers, facts=facts_of(example)).mistakes:
            return
        self.look("check", reverse("services:check", args=[application.pk]))
        sent = apart(lambda: actions.send_application(application=application, at=at, signed_in=None))
        apart(lambda: actions.begin_course(application_id=sent.pk, at=at))
        for each in example.happens:
            self.at(moment_of(each.at))
            apart(lambda each=each: happen(sent, self.package, each, officer))
            self.stand(sent, officer)

    def move_to(self, example: Example) -> None:
        """Be where and when an example plays."""
        self.at(moment_of(example.at))
        apart(lambda: Authority.objects.filter(is_ours=True).update(nation=example.nation))
        authority.forget()

    def stand(self, sent: Application, officer: Person) -> None:
        """Look at where a case stands: its page and what that leads to, the letters, the officer's page and tasks."""
        states = " ".join(sorted(apart(lambda: Course.objects.get(application=sent)).state.get("active", {})))
        if f"sent {states}" not in self.seen:
            self.be(None)
            self.look(f"sent {states}", reverse("services:sent", args=[sent.pk]))
            self.look("copy", reverse("services:copy", args=[sent.pk]))
            self.go_below(reverse("services:sent", args=[sent.pk]))
        self.read(sent)
        self.work(sent, officer, states)

    def go_below(self, path: str) -> None:
        """Look at what the page of an application leads to."""
        self.page.goto(f"{self.address}{path}")
        for link in self.page.evaluate(LINKS):
            name = resolve(urlsplit(link).path).view_name if link.startswith("/") else ""
            if name.startswith(BELOW):
                self.look(f"{name} {urlsplit(link).path.split('/')[-2] if name == 'services:do' else ''}", link)

    def read(self, sent: Application) -> None:
        """Look at each letter, as whoever applied reads it in the account."""
        letters = apart(lambda: list(Letter.objects.filter(case_id=sent.pk, is_secret=False).select_related("person")))
        for each in letters:
            if each.person is not None and f"letter {each.kind}" not in self.seen:
                self.be(each.person)
                self.look(f"letter {each.kind}", reverse("portal:message", args=[each.pk]))

    def work(self, sent: Application, officer: Person, states: str) -> None:
        """Look at the officer's page of the case, and at what it asks for."""
        if f"case {states}" in self.seen or sent.case is None:
            return
        self.be(officer)
        self.look(f"case {states}", reverse("casework:case", args=[sent.case.reference]))
        for key, task in apart(lambda: tasks_of(sent)):
            self.look(f"task {key}", reverse("services:finish", args=[sent.pk, task]))


def tasks_of(sent: Application) -> list[tuple[str, Any]]:
    """What the process asks of colleagues now: the state that asks, and the task."""
    row = Application.objects.select_related("version").get(pk=sent.pk)
    return [(each.node.path, each.task.pk) for each in selectors.doings(row)]


def begun(version: Version, example: Example, language: str, at: datetime) -> Application:
    """An application with an example's answers; its documents are pictures that are kept."""
    made = actions.start_application(version=version, secret=SECRET, language=language, at=at, answers={})
    answers = with_files(made, answers_of(example), at)
    with actions.changing(made, at) as row:
        form = selectors.package(version).form
        row.answers = answers
        row.pages = dict.fromkeys(form.pages, 1)
    made.answers = answers
    return Application.objects.select_related("version").get(pk=made.pk)


def with_files(made: Application, value: Any, at: datetime) -> Any:
    """Answers in which each document is one that is kept."""
    if is_file(value):
        place = str(len(made.files))
        key = actions.keep_file(application=made, file=upload(as_bytes(picture())), place=place, by=None, at=at)
        return {"file": key, **made.files[key]}
    if isinstance(value, dict):
        return {name: with_files(made, each, at) for name, each in value.items()}
    return [with_files(made, each, at) for each in value] if isinstance(value, list) else value


def happen(sent: Application, held: Package, each: Happening, by: Person) -> None:
    """Let something happen to a case at its moment: what is due by then first. Days are booked and bills paid as
    residents do it; what our own modules have answered already happens no more.
    """
    at = moment_of(each.at)
    while actions.come_due(at):
        pass
    active = Course.objects.get(application=sent).state.get("active", {})
    node = held.process.nodes.get(each.name)
    kind = node.service.kind if node is not None and node.service is not None else ""
    if not each.kind or (kind in {"booking", "payment"} and each.name not in active):
        return
    if each.kind == "done" and ((kind == "booking" and book(sent, each, at)) or (kind == "payment" and pay(sent))):
        return
    name = f"{each.name}#{active[each.name]}" if each.name in active else each.name
    event = Event(each.kind, name, dict(each.data), each.reason, each.by)
    row = Application.objects.select_related("version").get(pk=sent.pk)
    task = next((one.task.pk for one in selectors.doings(row) if one.node.path == each.name), None)
    try:
        if task is not None and each.kind in {"done", "failed"}:
            told: dict[str, Any] = {"outcome": each.kind, "result": dict(each.data), "by": by, "reason": each.reason}
            actions.finish_task(application_id=sent.pk, task_id=task, at=at, **told)
            return
        actions.move_on(application_id=sent.pk, event=event, at=at)
    except Refused:
        assert each.refused is not None, (each.place, active)


def browsing() -> Client:
    """The browser of whoever applied."""
    client = Client()
    client.cookies["applications"] = SECRET
    return client


def book(sent: Application, each: Happening, at: datetime) -> bool:
    """Choose a day: that of the example, else the first that is free; False where a colleague books."""
    wish = Wish.objects.filter(case_id=sent.pk).order_by("-id").first()
    if wish is None or wish.state != Wish.State.OPEN:
        return False
    days = [one.begins for one in free(wish.code, wish.places, at)]
    slot = next((one for one in days if str(timezone.localdate(one)) == str(each.data.get("on"))), days[0])
    answer = browsing().post(reverse("bookings:choose", args=[wish.pk]), {"slot": slot.isoformat()})
    assert answer.status_code == 302
    return True


def pay(sent: Application) -> bool:
    """Pay what is asked; False where nothing is."""
    bill = Payment.objects.filter(case_id=sent.pk).order_by("-id").first()
    if bill is None or bill.state != Bill.OPEN:
        return False
    begun = browsing().post(reverse("payments:pay", args=[bill.pk]), {"sandbox": "works"})
    browsing().post(begun["Location"], {"choice": "paid"}, follow=True)
    return True


def clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Set the clock of the installation."""
    monkeypatch.setattr(timezone, "now", lambda: at)
