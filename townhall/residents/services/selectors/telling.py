"""What may come to the process of an application from outside, and what is said with it."""

from dataclasses import dataclass, replace
from typing import Any

from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.bookables import TOLD_BY_BOOKINGS
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.models import Application, Course, PartnerAddress
from townhall.residents.services.selectors.listing import live
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.waiting import messages_now
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Telling:
    """A message of the process of an application, in words, with the name of the form for what is said
    with it.
    """

    application: Application
    message: str
    title: Text
    form_name: str
    is_waited: bool

    @property
    def form(self) -> Form | None:
        """The form for what is said with it, where it has one."""
        return package(self.application.version).forms.get(self.form_name)


def tellings(application: Application) -> list[Telling]:
    """The messages that people may send, in the order of the package; not what comes by itself."""
    held, now = package(application.version), messages_now(application)
    alone = TOLD_BY_BOOKINGS | held.service.heard
    return [
        Telling(application, name, each.text, each.form, name in now)
        for name, each in held.process.messages.items()
        if name not in alone
    ]


def telling_of(application: Application, message: str) -> Telling | None:
    """A message that a colleague may send."""
    return next((each for each in tellings(application) if each.message == message), None)


def telling_of_applicant(application: Application, message: str) -> Telling | None:
    """A message that whoever applied may send by a button, in the button's words."""
    words = package(application.version).service.buttons.get(message)
    found = telling_of(application, message) if words else None
    return replace(found, title=words) if found and words else None


def tellings_of_partner(application: Application, name: str) -> list[Telling]:
    """The messages that a partner may send."""
    partner = package(application.version).service.partners.get(name)
    return [each for each in tellings(application) if partner and each.message in partner.tells]


def is_told(application: Application, message: str, said: Any) -> bool:
    """Whether just this was told before: a request came twice. Files are the same by name and size."""
    course = Course.objects.filter(application=application).first()
    told = [each for each in course.told if (each["kind"], each.get("name")) == ("message", message)] if course else []
    return any(_bare(each.get("data", {})) == _bare(said) for each in told)


def _bare(said: Any) -> Any:
    """What is said, without the keys of documents."""
    if isinstance(said, dict):
        return {name: _bare(each) for name, each in said.items() if name != "file" and each is not None}
    return [_bare(each) for each in said] if isinstance(said, list) else said


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partner of a service, and where they are written to where that is set up."""

    slug: str
    name: str
    service: str
    text: str
    address: PartnerAddress | None


def partnerships() -> list[Partnership]:
    """The partners of all services that are live, by service."""
    known = {(each.slug, each.name): each for each in PartnerAddress.objects.all()}
    return [
        Partnership(one.slug, name, one.title(language()), each.text.said(language()), known.get((one.slug, name)))
        for one in live()
        for name, each in package(one).service.partners.items()
    ]
