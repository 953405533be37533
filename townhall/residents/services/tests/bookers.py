"""Somebody who applies for a collection of bulky waste, in a browser: chooses a day, pays, changes it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.residents.bookings.models import Booking, Resource, Wish
from townhall.residents.bookings.selectors import free
from townhall.residents.payments.models import Payment
from townhall.residents.services import actions as services
from townhall.residents.services.models import Application
from townhall.residents.services.tests.factories import press

ANSWERS: dict[str, Any] = {
    "address": {"line_1": "4 Mill Lane", "town": "Northmere", "postcode": "NM2 6RD"},
    "full_name": "Asha Begum", "email": "asha@example.org", "things": [{"what": "bed", "how_many": 1}],
    "reduction": False,
}  # fmt: skip


def van(**values: Any) -> Resource:
    """The van, its week and numbers changed."""
    Resource.objects.filter(code="van").update(**values)
    return Resource.objects.get(code="van")


class Booker:
    """One applicant."""

    def __init__(self, at: datetime, relay: Callable[[], Any], number: int = 1) -> None:
        self.at, self.relay, self.secret = at, relay, f"booker {number}"
        version = services.publish(package=read(SHELF / "bulky_waste"), at=at)
        answers = ANSWERS | {"email": f"asha.{number}@example.org"}
        begun = services.start_application(version=version, secret=self.secret, language="en", at=at, answers=answers)
        self.application: Application = services.send_application(application=begun, at=at, signed_in=None)
        services.begin_course(application_id=self.application.pk, at=at)
        self.client = Client()
        self.client.cookies["applications"] = self.secret

    @property
    def wish(self) -> Wish:
        """The latest that was wished for."""
        return Wish.objects.filter(case_id=self.application.pk).latest("id")

    @property
    def booking(self) -> Booking:
        """The latest place."""
        return Booking.objects.filter(wish__case_id=self.application.pk).select_related("slot").latest("id")

    @property
    def payment(self) -> Payment:
        """The latest payment."""
        return Payment.objects.filter(case_id=self.application.pk).latest("id")

    @property
    def url(self) -> str:
        """The page of the wish."""
        return f"/bookings/{self.wish.pk}/"

    @property
    def sent_url(self) -> str:
        """The page of the application."""
        return f"/services/application/{self.application.pk}/sent/"

    def days(self) -> list[datetime]:
        """When one could come."""
        return [each.begins for each in free("van", 1, self.at)]

    def choose(self, number: int = 0) -> Any:
        """Choose one of the free days."""
        return self.client.post(self.url, {"slot": self.days()[number].isoformat()})

    def pay(self, outcome: str = "paid") -> Any:
        """Pay, or let something else happen."""
        begun = self.client.post(f"/payments/{self.payment.pk}/", {"sandbox": "works"})
        return self.client.post(begun["Location"], {"choice": outcome}, follow=True)

    def press(self, message: str) -> Any:
        """Press a button of the application's page."""
        return press(self.client, self.application, message)

    def states(self) -> list[str]:
        """Where the process is."""
        return list(Application.objects.select_related("course").get(pk=self.application.pk).course.state["active"])  # pyright: ignore

    def variable(self, name: str) -> Any:
        """A variable of the process."""
        return Application.objects.get(pk=self.application.pk).course.state["values"][""][name]  # pyright: ignore


def minutes(count: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)
