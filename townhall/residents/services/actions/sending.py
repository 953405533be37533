"""Sending an application: its case is opened, and its answers stand beside it from then on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.rules import ENDS, LONDON, RoutingRule
from townhall.kernel.cases.selectors import routing_rules
from townhall.kernel.catalogue.forms.engine import submitted
from townhall.kernel.catalogue.forms.kinds.files import is_file
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.packages.model import Package, Span
from townhall.kernel.documents import actions as documents
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import LonLat, NotInBritain, Point, to_bng
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.residents.services import rules
from townhall.residents.services.actions.counting import count
from townhall.residents.services.actions.filling import AlreadySent
from townhall.residents.services.events import ApplicationSent
from townhall.residents.services.models import KIND, Application
from townhall.residents.services.rules import CHECK, Mark, What
from townhall.residents.services.selectors import facts, package, team_named


class NotReady(ValueError):
    """An application with something missing or wrong."""


class ChangedMeanwhile(RuntimeError):
    """Answers that are not those any more that were looked at before sending."""


def send_application(
    *, application: Application, at: datetime, signed_in: Person | None, seen: int | None = None, channel: str = "web"
) -> Application:
    """Open the case of an application, once. `seen` is the number that it had when its answers were looked at; None
    where nobody has. Raises NotReady, ChangedMeanwhile, AlreadySent.

    The letters and the process follow from the event, so that a fault of theirs never loses an application.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).select_related("version").get(pk=application.pk)
        if row.is_sent:
            raise AlreadySent
        if seen is not None and seen != row.number:
            raise ChangedMeanwhile
        held = package(row.version)
        found = submitted(held.form, row.answers, facts=facts(at))
        if found.mistakes:
            raise NotReady(found.mistakes[0].text.en)
        row.answers = found.answers
        row.person = row.person if row.taken_by_id else (signed_in or row.person)
        _open(row, held, "phone" if row.taken_by_id else channel, at)
        _settle_files(row)
        count(row, (Mark(CHECK, What.REACHED), Mark("", What.SENT)), at_page=CHECK)
        row.typed, row.prefilled, row.pages, row.counted, row.sent_at, row.updated_at = {}, {}, {}, [], at, at
        row.number += 1
        row.save()
    return row


@dataclass(frozen=True, slots=True)
class Where:
    """The place that an application is about, as its case has it."""

    point: Point | None = None
    place: str = ""
    place_cy: str = ""
    ward: str = ""


def _open(row: Application, held: Package, channel: str, at: datetime) -> None:
    about = held.service
    where, nation = _where(row.answers), authority.ours().nation
    opening = cases.opening_of(
        routing=_routing(held), nation=nation, case_id=row.pk, kind=KIND, category=held.slug,
        title=about.name.en, title_cy=about.name.cy, reporter=_applicant(row, held, at), taken_by=row.taken_by,
        channel=channel, at=at, target_days=working_days(about.target, at, nation),
        due_at=promised_at(about.target, at, nation),
        text=" ".join(texts_in(row.answers)), point=where.point, place=where.place,
        place_cy=where.place_cy, ward=where.ward,
    )  # fmt: skip
    case = opening.case
    opening.facts.append(ApplicationSent(
        at=at, case_id=case.pk, number=case.version, application_id=row.pk, slug=held.slug, content=held.hash,
        channel=channel,
    ))  # fmt: skip
    cases.save_opening(opening)
    row.case = case


def _routing(held: Package) -> list[RoutingRule]:
    """The council's rules; before those that catch whatever is left, the package's own word on whose it is."""
    rules_now = routing_rules()
    chosen = [each for each in rules_now if each.categories or each.wards or each.channels or each.words]
    return [*chosen, *_own_rule(held), *(each for each in rules_now if each not in chosen)]


def _own_rule(held: Package) -> Iterator[RoutingRule]:
    """To the team with its owner's code or name."""
    team = team_named(held, held.service.owner)
    if team is not None:
        yield RoutingRule(
            key=held.slug, name=held.slug, team=str(team.pk), version=1, categories=frozenset({held.slug}),
            reason=f"{team.name} looks after this service.",
            reason_cy=f"{team.name_cy or team.name} sy'n gofalu am y gwasanaeth hwn.",
        )  # fmt: skip


def _applicant(row: Application, held: Package, at: datetime) -> Person | None:
    """Who applies: whoever is signed in, the caller, or what the answers say; nobody where they say nothing."""
    if row.person is not None:
        return row.person
    told = rules.contact_of(held.service.applicant, row.answers)
    if not (told.name or told.email or told.phone):
        return None
    return identity.find_or_make_person(
        name=told.name, email=told.email, phone=told.phone, language=row.language, at=at, signed_in=None
    )


def working_days(span: Span, at: datetime, nation: str) -> int:
    """A target in working days, as clocks of cases count it."""
    if span.unit == "working days":
        return span.count
    return max(1, NationCalendar(nation).between(at, at + timedelta(days=rules.days_of(span)), nation))


def promised_at(span: Span, at: datetime, nation: str) -> datetime:
    """When a target runs out: the end of its last day, counted from the day after `at`, whatever its hour."""
    if span.unit == "working days":
        return NationCalendar(nation).later(at, span.count, span.nation)
    return datetime.combine(at.astimezone(LONDON).date() + timedelta(days=rules.days_of(span)), ENDS, LONDON)


def _where(answers: Mapping[str, Json]) -> Where:
    """The first place, else the first address of the gazetteer, among the answers."""
    held = [each for each in answers.values() if isinstance(each, dict)]
    for each in held:
        if isinstance(each.get("latitude"), float | int):
            return _spot(each)
    for each in held:
        found = geo.search(str(each["uprn"]), 1) if each.get("uprn") else []
        if found:
            ward = found[0].ward.code if found[0].ward else ""
            return Where(found[0].point, found[0].label, found[0].label, ward)
    return Where()


def _spot(answer: Mapping[str, Any]) -> Where:
    try:
        point = to_bng(LonLat(float(answer["longitude"]), float(answer["latitude"])))
    except (NotInBritain, KeyError, ValueError):
        return Where()
    said = geo.describe(point)
    return Where(point, said.place, said.place_cy, said.ward.code if said.ward else "")


def texts_in(value: Any) -> Iterator[str]:
    """Every text that somebody wrote, for the search; not what is known by a number alone."""
    if isinstance(value, str) and not value.isdigit():
        yield value[:500]
    elif isinstance(value, dict) and "account_number" not in value and not is_file(value):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def files_in(value: Any) -> Iterator[str]:
    """The keys of the documents among answers, those inside groups too."""
    if is_file(value):
        yield value["file"]
    held: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in held:
        yield from files_in(each)


def _settle_files(row: Application) -> None:
    """Give the case the documents that the answers have, and forget those that they have no more."""
    kept = {key for key in files_in(row.answers) if key in row.files}
    documents.remove([UUID(key) for key in row.files if key not in kept])
    row.files = {key: one for key, one in row.files.items() if key in kept}
    if row.case_id:
        documents.attach([UUID(key) for key in kept], row.case_id, is_public=False)
