"""What may come to the process of an application from outside, and what is said with it."""

from dataclasses import dataclass

from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.models import Application, PartnerAddress
from townhall.residents.services.selectors.listing import live
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.waiting import messages_now
from townhall.residents.services.selectors.words import language

OF_BOOKINGS = frozenset({"booking_moved", "booking_cancelled", "booking_called_off"})
"""What bookings tell the process themselves."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A message that the process of an application waits for, in words, with the form for what is said with it."""

    application: Application
    message: str
    title: Text
    form: Form | None


def tellings(application: Application) -> list[Telling]:
    """What a colleague may tell the process now, in the order of the package; not what comes by itself."""
    held, now = package(application.version), messages_now(application)
    alone = OF_BOOKINGS | {heard for each in held.service.signatures.values() for heard in each.hears.values()}
    return [
        Telling(application, name, each.text, held.forms.get(each.form))
        for name, each in held.process.messages.items()
        if name in now - alone
    ]


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


def tellings_of_partner(application: Application, name: str) -> list[Telling]:
    """What a partner may tell the process now."""
    partner = package(application.version).service.partners.get(name)
    return [each for each in tellings(application) if partner and each.message in partner.tells]


def telling_of_applicant(application: Application, message: str) -> Telling | None:
    """A message that whoever applied may send now by a button, in the button's words."""
    words = package(application.version).service.buttons.get(message)
    found = next((each for each in tellings(application) if each.message == message), None)
    return Telling(application, message, words, found.form) if words is not None and found is not None else None
