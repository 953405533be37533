"""Taking in a report: one transaction that opens its case, says whose it is, and tells everybody through the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.rules import Authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.rules import RoutingRule
from townhall.kernel.cases.selectors import routing_rules
from townhall.kernel.documents import actions as documents
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Described, LonLat, Point, to_bng
from townhall.kernel.identity.models import Person
from townhall.kernel.modules.rows import Maker
from townhall.residents.reports import rules
from townhall.residents.reports.events import ReportReceived
from townhall.residents.reports.models import KIND, Category, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a report is judged by: routing rules in order, the authorities by GSS code, the council's ground."""

    routing: Sequence[RoutingRule]
    authorities: Mapping[str, Authority]
    ground: geo.Ground

    @property
    def nation(self) -> str:
        """The nation whose working days count."""
        return next((one.nation for one in self.authorities.values() if one.is_ours), authority.UNNAMED.nation)


def standing() -> Standing:
    """What reports are judged by now."""
    return Standing(routing=routing_rules(), authorities=authority.directory(), ground=geo.ground())


class Told(TypedDict, total=False):
    """What is told of a problem beside its category and place; `description` and `at` are needed.

    `photos` are kept already. `taken_by` is the officer who wrote it down. `described` is what is known of the place,
    else it is looked up.
    """

    description: Required[str]
    at: Required[datetime]
    reporter: Person | None
    answers: Mapping[str, str]
    photos: Sequence[UUID]
    channel: str
    taken_by: Person | None
    language: str
    title: str
    title_cy: str
    asset: str
    asset_label: str
    source: str
    source_id: str
    is_anonymous: bool
    shows_name: bool
    described: Described | None


UNTOLD: dict[str, Any] = {
    "reporter": None, "answers": {}, "photos": (), "channel": "web", "taken_by": None, "language": "en", "title": "",
    "title_cy": "", "asset": "", "asset_label": "", "source": "", "source_id": "", "is_anonymous": False,
    "shows_name": False, "described": None,
}  # fmt: skip
"""What stands for what was not told."""
new_report = Maker(Report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A report as it will be taken in: rows that are not saved yet."""

    report: Report
    opening: cases.Opening
    photos: Sequence[UUID]


def receive_report(
    *, category: str, where: LonLat | Point, key: UUID | None = None, **told: Unpack[Told]
) -> Report:
    """Take in a problem report and open its case; pass it on at once where another authority deals with its category.

    `where` is WGS84 or the National Grid. With a `key` a repeated call returns the report that the first one made.
    A report whose words speak of danger to a person is held from the public and stays with us until an officer looks.
    Raises Category.DoesNotExist, OutsideCouncil, NotAccepted, BadAnswer, NotInBritain.
    """
    if key and (existing := Report.objects.select_related("case").filter(case_id=key).first()):
        return existing
    kind = Category.objects.active().get(code=category)
    point = where if isinstance(where, Point) else to_bng(where)
    made = received(standing=standing(), kind=kind, point=point, key=key, **told)
    try:
        return save_received(made)
    except IntegrityError:
        if key and (existing := Report.objects.select_related("case").filter(case_id=key).first()):
            return existing
        raise


def received(
    *, standing: Standing, kind: Category, point: Point, key: UUID | None = None, **fields: Unpack[Told]
) -> Received:
    """The report as it will be, with its case; nothing is read or written.

    Raises OutsideCouncil, NotAccepted, BadAnswer.
    """
    told: dict[str, Any] = {**UNTOLD, **fields}
    is_anonymous = told["is_anonymous"] or told["reporter"] is None
    _must_be_accepted(kind, point, standing.ground, is_anonymous=is_anonymous)
    kept = {name: told[name] for name in ("description", "language", "asset", "asset_label", "source_id", "shows_name")}
    danger = rules.danger_in(f"{told['title']} {told['description']}")
    report = new_report(
        **kept, answers=rules.check_answers(kind.asked, dict(told["answers"])), is_anonymous=is_anonymous,
        source=told["source"] or told["channel"], safeguarding=danger, is_held=bool(danger),
        photo_count=len(told["photos"]), received_at=told["at"],
    )  # fmt: skip
    place = told["described"] or standing.ground.describe(point)
    opening = _opening(standing, report, kind, key=key, told=told, place=place, point=point)
    belongs_to = "" if report.is_held else kind.owner_gss
    if belongs_to:
        cases.pass_at_once(opening, at=told["at"], **_passing(standing.authorities.get(belongs_to), kind))
    report.case = opening.case
    opening.facts.append(_fact(report, opening.case, belongs_to))
    return Received(report=report, opening=opening, photos=told["photos"])


def save_received(made: Received) -> Report:
    """Write the report and its case in one transaction, give its photos to the case, and publish."""
    with transaction.atomic():
        return write_received(made)


def write_received(made: Received) -> Report:
    """The same in the caller's transaction, without a savepoint: where it fails, all of that is undone."""
    cases.save_opening(made.opening)
    made.report.save(force_insert=True)
    if made.photos:
        documents.attach(list(made.photos), made.opening.case.pk, is_public=made.opening.case.is_public)
    return made.report


def _must_be_accepted(kind: Category, point: Point, ground: geo.Ground, *, is_anonymous: bool) -> None:
    if kind.stops:
        raise rules.NotAccepted(kind.code)
    if not kind.is_anonymous_allowed and is_anonymous:
        raise rules.NotAccepted(kind.code)
    if not ground.is_inside(point):
        raise rules.OutsideCouncil(f"{point.easting:.0f} {point.northing:.0f}")


def _opening(
    standing: Standing, report: Report, kind: Category, *, key: UUID | None, told: Mapping[str, Any], place: Described,
    point: Point,
) -> cases.Opening:  # fmt: skip
    """The case; its title is safe to show, and says nothing of what was typed where the report is held."""
    words = f"{report.description} {rules.ROUTING_WORD}" if report.is_held else report.description
    typed = told["title"] or rules.title_of(report.description, report.language) or kind.name
    return cases.opening_of(
        routing=standing.routing, nation=standing.nation, kind=KIND, category=kind.code, case_id=key,
        reporter=told["reporter"], taken_by=told["taken_by"], channel=told["channel"], at=told["at"],
        title=kind.name if report.is_held else typed, title_cy=kind.name_cy if report.is_held else told["title_cy"],
        text=words, point=point, place=place.place, place_cy=place.place_cy,
        ward=place.ward.code if place.ward else "", target_days=None if kind.owner_gss else kind.target_days,
        is_public=kind.is_public and not report.is_held,
    )  # fmt: skip


def _fact(report: Report, case: Case, belongs_to: str) -> ReportReceived:
    return ReportReceived(
        at=report.received_at, case_id=case.pk, number=case.version, report_id=report.pk, category=case.category,
        ward=case.ward, channel=case.channel, belongs_to=belongs_to, is_held=report.is_held,
    )  # fmt: skip


def pass_on(case: Case, kind: Category, *, at: datetime, by: Person | None = None) -> None:
    """Give the case to the authority that deals with its category, in words that the reporter reads at once."""
    cases.pass_to_authority(case_id=case.pk, at=at, by=by, **_passing(authority.by_code(kind.owner_gss), kind))
    case.refresh_from_db(fields=["status", "passed_to", "due_at", "version", "updated_at"])


def _passing(other: Authority | None, kind: Category) -> dict[str, Any]:
    name = other.short_name if other else kind.owner_gss
    days = f" {name} aims to deal with it within {kind.target_days} working days." if kind.target_days else ""
    name_cy = (other.name_cy or other.name) if other else name
    days_cy = f" Eu nod yw delio ag ef o fewn {kind.target_days} diwrnod gwaith." if kind.target_days else ""
    return {
        "gss_code": kind.owner_gss, "name": name,
        "text": f"{name} looks after this, not us. We have passed your report to them.{days}",
        "text_cy": f"{name_cy} sy'n gofalu am hyn, nid ni. Rydym wedi anfon eich adroddiad atynt.{days_cy}",
    }  # fmt: skip
