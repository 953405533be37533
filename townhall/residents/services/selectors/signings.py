"""What waits for a second person's signature: as whoever applied sees it, and as that person sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from townhall.kernel.catalogue.packages.model import Signature
from townhall.residents.services.models import Application, Signing
from townhall.residents.services.selectors.applications import rows_of
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import day_of, language


@dataclass(frozen=True, slots=True)
class Waiting:
    """A signature on the page of an application. `line` is how it stands, in words."""

    signing: Signing
    line: str

    @property
    def is_open(self) -> bool:
        """Whether somebody may still sign."""
        return self.signing.state == Signing.State.ASKED


def signings_of(application: Application) -> list[Waiting]:
    """The signatures that were asked for, each with how it stands."""
    found = Signing.objects.filter(application=application).order_by("asked_at")
    return [Waiting(each, line_of(each)) for each in found]


def line_of(signing: Signing) -> str:
    """How it stands, without saying who it is."""
    day = day_of(signing.answered_at or signing.until)
    return {
        Signing.State.ASKED: _("Asked for; there is time until %(day)s") if signing.letters else _("Not mailed yet"),
        Signing.State.SIGNED: _("Signed on %(day)s"),
        Signing.State.REFUSED: _("Refused on %(day)s"),
        Signing.State.LAPSED: _("Nobody signed by %(day)s"),
        Signing.State.WITHDRAWN: _("Not asked for since %(day)s"),
    }[Signing.State(signing.state)] % {"day": day}


def signing_of_link(secret_hash: str) -> Signing | None:
    """The request that a mailed link is of; None where there is no such link, or another took its place."""
    found = Signing.objects.select_related("application__version", "application__case")
    return found.filter(secret_hash=secret_hash).first()


def is_open_at(signing: Signing, at: datetime) -> bool:
    """Whether it can be signed now: the case may have gone on with a version that asks for no such signature."""
    case, known = signing.application.case, package(signing.application.version).service.signatures
    is_waiting = signing.state == Signing.State.ASKED and signing.until > at and signing.question in known
    return is_waiting and case is not None and case.is_open


def signed_by(signing: Signing) -> Signature:
    """What the package says of the signature."""
    return package(signing.application.version).service.signatures[signing.question]


def shown_to_signer(signing: Signing, at: datetime) -> list[tuple[str, str]]:
    """The answers that the package shows to who signs, in the order asked, and no others."""
    shows, spoken = set(signed_by(signing).shows), language()
    return [
        (row.label.said(spoken), row.answer.said(spoken) if row.answer else "")
        for row in rows_of(signing.application, at)
        if row.question.partition(".")[0] in shows
    ]
