"""What a sent application waits for from whoever applied: messages they may send, money, a day."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from townhall.kernel.cases.models import Case
from townhall.residents.bookings.selectors import Place, places
from townhall.residents.payments.selectors import Bill, bills
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Button:
    """A message that the applicant may send now, with the words on its button."""

    message: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the page of an application offers: days, bills, buttons. `query` is what a letter's link has behind it."""

    places: list[Place]
    bills: list[Bill]
    buttons: list[Button]
    query: str

    @property
    def to_pay(self) -> list[Bill]:
        """The bills that wait."""
        return [each for each in self.bills if each.is_open]

    @property
    def to_choose(self) -> list[Place]:
        """The days that are to be chosen, those that are offered first."""
        return sorted((each for each in self.places if each.is_open), key=lambda each: not each.is_offer)


def number_of(application: Application) -> int:
    """How far the process of an application has come: another number after each event."""
    course = Course.objects.filter(application=application).first()
    return course.number if course else 0


def is_running(application: Application) -> bool:
    """Whether the process of an application has begun and not ended."""
    return Course.objects.filter(application=application, state__status="running").exists()


def messages_now(application: Application) -> set[str]:
    """The messages that the process of an application would look at now."""
    course = Course.objects.filter(application=application).first()
    if course is None or course.state.get("status", "running") != "running":
        return set()
    process = package(application.version).process
    active = [process.nodes[path] for path in course.state.get("active", {}) if path in process.nodes]
    return {name for node in active for each in node.line() for name in each.on if name in process.messages}


def waits_for(case: Case, message: str) -> bool:
    """Whether the process of a case would look at a message now."""
    application = Application.objects.filter(case_id=case.pk).select_related("version").defer("version__files").first()
    return application is not None and message in messages_now(application)


def buttons(application: Application, key: str) -> list[Button]:
    """What the applicant may do now by pressing a button."""
    offered, now = package(application.version).service.buttons, messages_now(application)
    return [
        Button(name, text.said(language()), own_url("services:do", application, key, name))
        for name, text in offered.items()
        if name in now
    ]


def own_url(name: str, application: Application, key: str, *more: str) -> str:
    """A page of an application, with what the letter had behind its link."""
    address = reverse(name, args=[application.pk, *more])
    return f"{address}?{urlencode({'key': key})}" if key else address


def to_do(application: Application, key: str, at: datetime) -> ToDo:
    """All of it."""
    query = f"?{urlencode({'key': key})}" if key else ""
    return ToDo(places(application.pk, at), bills(application.pk), buttons(application, key), query)
