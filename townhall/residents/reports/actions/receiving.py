"""Taking in a report: one transaction that opens its case, says whose it is, and tells everybody through the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.documents import actions as documents
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Described, LonLat, Point, to_bng
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.reports import rules
from townhall.residents.reports.events import ReportReceived
from townhall.residents.reports.models import KIND, Category, Report


def receive_report(
    *,
    reporter: Person | None,
    category: str,
    where: LonLat | Point,
    description: str,
    at: datetime,
    answers: Mapping[str, str] | None = None,
    photos: Sequence[UUID] = (),
    channel: str = "web",
    key: UUID | None = None,
    taken_by: Person | None = None,
    language: str = "en",
    title: str = "",
    title_cy: str = "",
    asset: str = "",
    asset_label: str = "",
    source: str = "",
    source_id: str = "",
    is_anonymous: bool = False,
    shows_name: bool = False,
    described: Described | None = None,
) -> Report:
    """Take in a problem report and open its case; pass it on at once where another authority deals with its category.

    `where` is WGS84 or the National Grid; `described` is what is known of the place, else it is looked up. With a `key`
    a repeated call returns the report that the first one made.
    A report whose words speak of danger to a person is held from the public and stays with us until an officer looks.
    Raises Category.DoesNotExist, OutsideCouncil, NotAccepted, BadAnswer, NotInBritain.
    """
    if key and (existing := Report.objects.select_related("case").filter(case_id=key).first()):
        return existing
    kind = Category.objects.active().get(code=category)
    point = where if isinstance(where, Point) else to_bng(where)
    _must_be_accepted(kind, point, is_anonymous=is_anonymous, reporter=reporter)
    checked = rules.check_answers(rules.questions(kind.questions), dict(answers or {}))
    report = Report(
        description=description, language=language, answers=checked, asset=asset, asset_label=asset_label,
        source=source or channel, source_id=source_id, shows_name=shows_name,
        is_anonymous=is_anonymous or reporter is None,
        safeguarding=rules.danger_in(f"{title} {description}"), photo_count=len(photos), received_at=at,
    )  # fmt: skip
    report.is_held = bool(report.safeguarding)
    try:
        with transaction.atomic():
            case = _open(report, kind, point, key=key, reporter=reporter, taken_by=taken_by, channel=channel,
                         titles=(title, title_cy), place=described or geo.describe(point), at=at)  # fmt: skip
            _save(report, kind, case, photos=photos, at=at)
    except IntegrityError:
        if key and (existing := Report.objects.select_related("case").filter(case_id=key).first()):
            return existing
        raise
    return report


def _must_be_accepted(kind: Category, point: Point, *, is_anonymous: bool, reporter: Person | None) -> None:
    if kind.stops:
        raise rules.NotAccepted(kind.code)
    if not kind.is_anonymous_allowed and (is_anonymous or reporter is None):
        raise rules.NotAccepted(kind.code)
    if not geo.is_inside(point):
        raise rules.OutsideCouncil(f"{point.easting:.0f} {point.northing:.0f}")


def _open(
    report: Report, kind: Category, point: Point, *, key: UUID | None, reporter: Person | None, taken_by: Person | None,
    channel: str, titles: tuple[str, str], place: Described, at: datetime,
) -> Case:  # fmt: skip
    """The opened case; its title is safe to show, and says nothing of what was typed where the report is held."""
    words = f"{report.description} {rules.ROUTING_WORD}" if report.is_held else report.description
    typed = titles[0] or rules.title_of(report.description, report.language) or kind.name
    return cases.open_case(
        kind=KIND, category=kind.code, case_id=key, reporter=reporter, taken_by=taken_by, channel=channel, at=at,
        title=kind.name if report.is_held else typed, title_cy=kind.name_cy if report.is_held else titles[1],
        text=words, point=point, place=place.place, place_cy=place.place_cy,
        ward=place.ward.code if place.ward else "", target_days=None if kind.owner_gss else kind.target_days,
        is_public=kind.is_public and not report.is_held,
    )  # fmt: skip


def _save(report: Report, kind: Category, case: Case, *, photos: Sequence[UUID], at: datetime) -> None:
    """Save the report, give its photos to the case, pass it on where it is another's, and publish."""
    report.case = case
    report.save(force_insert=True)
    if photos:
        documents.attach(list(photos), case.pk, is_public=case.is_public)
    belongs_to = "" if report.is_held else kind.owner_gss
    if belongs_to:
        pass_on(case, kind, at=at)
    outbox.publish(
        ReportReceived(
            at=at, case_id=case.pk, number=case.version, report_id=report.pk, category=kind.code, ward=case.ward,
            channel=case.channel, belongs_to=belongs_to, is_held=report.is_held,
        )
    )  # fmt: skip


def pass_on(case: Case, kind: Category, *, at: datetime, by: Person | None = None) -> None:
    """Give the case to the authority that deals with its category, in words that the reporter reads at once."""
    other = authority.by_code(kind.owner_gss)
    name = other.short_name if other else kind.owner_gss
    days = f" {name} aims to deal with it within {kind.target_days} working days." if kind.target_days else ""
    name_cy = (other.name_cy or other.name) if other else name
    days_cy = f" Eu nod yw delio ag ef o fewn {kind.target_days} diwrnod gwaith." if kind.target_days else ""
    cases.pass_to_authority(
        case_id=case.pk, gss_code=kind.owner_gss, name=name, at=at, by=by,
        text=f"{name} looks after this, not us. We have passed your report to them.{days}",
        text_cy=f"{name_cy} sy'n gofalu am hyn, nid ni. Rydym wedi anfon eich adroddiad atynt.{days_cy}",
    )  # fmt: skip
    case.refresh_from_db(fields=["status", "passed_to", "due_at", "version", "updated_at"])
