"""The letters of a package: written in the applicant's language, with what the process, the answers and we know."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case
from townhall.kernel.catalogue.packages.filling import filled
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Order, State
from townhall.kernel.catalogue.processes.model import ROOT
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.rules import Address
from townhall.residents.services import rules
from townhall.residents.services.models import APPLICANT, Application, PartnerAddress

SALT, PARTNER = "services.sent", "services.partner"


def sent_key(opened: Application | Case) -> str:
    """What a letter's link has behind it, so that it opens the page of how an application stands, and no answers.

    An application and the case that it opened have one key, always the same.
    """
    return signing.Signer(salt=SALT).sign_object(str(opened.pk))


def is_sent_key(application: Application, key: str) -> bool:
    """Whether a key is the one of this application."""
    try:
        return bool(key) and signing.Signer(salt=SALT).unsign_object(key) == str(application.pk)
    except signing.BadSignature:
        return False


def language_of(application: Application) -> str:
    """The language in which an applicant is written to: the form's, or a caller's own."""
    caller = application.case.reporter if application.case and application.taken_by_id else None
    return caller.language if caller else application.language


def write_letter(
    *, application: Application, held: Package, state: State, order: Order, key: str, at: datetime,
    by_day: bool = False, partner: PartnerAddress | None = None,
) -> bool:  # fmt: skip
    """Write the letter that a process has ordered; False where nobody can be reached with it.

    The words are those of the application's version, in the language in which it was filled in; a caller's are in the
    caller's own, a partner's in theirs. `by_day` is for what a timer sends. What goes to an address that was asked for
    goes there alone.
    """
    name, to = str(order.details["name"]), str(order.details.get("to", ""))
    case = application.case
    if case is None:
        return False
    person = case.reporter if to in APPLICANT else None
    language = partner.language if partner else language_of(application) if person else application.language
    with translation.override(language):
        wording = held.letters[name].wording
        said = told(application, held, language, at) | _for_partner(application, held, partner)
        values = filled(
            held, wording, language, given=order.details.get("with", {}), answers=application.answers,
            variables=state.values.get(ROOT, {}), told=said,
        )  # fmt: skip
        letter = notify.write(
            kind=f"{held.slug}/{name}", key=f"service:{application.pk}:{key}", values=values, at=at, person=person,
            address=_address(application, held, to, partner), case_id=case.pk, language=language,
            wording=wording, by_day=by_day,
        )  # fmt: skip
    return letter is not None


def partner_key(application: Application, name: str) -> str:
    """What a letter to a partner has behind its link: it tells the process what they may tell, and shows no answers."""
    return signing.Signer(salt=PARTNER).sign_object([str(application.pk), name])


def partner_of_key(application: Application, key: str) -> str:
    """The partner whose key it is for this application; empty where it is none."""
    try:
        found = signing.Signer(salt=PARTNER).unsign_object(key) if key else []
    except signing.BadSignature:
        return ""
    return found[1] if found and found[0] == str(application.pk) else ""


def address_of(held: Package, partner: str) -> PartnerAddress | None:
    """Where a partner of a service is written to, where that is set up."""
    return PartnerAddress.objects.filter(slug=held.slug, name=partner).first()


def _for_partner(application: Application, held: Package, partner: PartnerAddress | None) -> dict[str, Any]:
    """What a letter to a partner says otherwise: its link is their own."""
    if partner is None:
        return {}
    address = reverse("services:partner", args=[application.pk])
    return {
        "link": f"{address}?key={partner_key(application, partner.name)}",
        "name": held.service.partners[partner.name].text.said(partner.language),
    }


def _address(application: Application, held: Package, to: str, partner: PartnerAddress | None) -> Address | None:
    """Where it goes where that is not the person's own: what is set up, or the form was told."""
    if partner is not None:
        return Address(name=held.service.partners[to].text.said(partner.language), email=partner.email)
    if to not in APPLICANT:
        answer = application.answers.get(to)
        email = answer.get("email", "") if isinstance(answer, dict) else str(answer or "")
        return Address(email=email)
    said = rules.contact_of(held.service.applicant, application.answers)
    if application.case and application.case.reporter_id:
        return None
    return Address(name=said.name, email=said.email, phone=said.phone, lines=said.lines if said.name else ())


def told(application: Application, held: Package, language: str, at: datetime) -> dict[str, Any]:
    """What every letter and document may say, beside what the process and the answers have."""
    ours, case = authority.ours(), application.case
    said = rules.contact_of(held.service.applicant, application.answers)
    reporter = case.reporter if case else None
    return {
        "reference": case.reference if case else "",
        "link": f"{reverse('services:sent', args=[application.pk])}?key={sent_key(application)}",
        "name": (reporter.name if reporter else "") or said.name or (case.reference if case else ""),
        "service": held.service.name.said(language),
        "council": (ours.name_cy if language == "cy" else "") or ours.name,
        "contact": held.service.contact.said(language),
        "date": timezone.localtime(at).date().isoformat(),
    }
