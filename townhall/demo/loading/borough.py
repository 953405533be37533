"""The whole borough into one installation, in the order in which it depends on itself."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from rich.progress import Progress

from townhall.demo.loading.councils import COUNTY_TEAMS, DISTRICT_TEAMS, load_council
from townhall.demo.loading.ground import load_ground
from townhall.demo.loading.keys import Keys
from townhall.demo.loading.people import load_people
from townhall.demo.loading.reports import Loader
from townhall.demo.loading.rota import load_rota
from townhall.demo.loading.rows import CategoryHere, Council, TeamHere
from townhall.demo.loading.side_by_side import load_side_by_side
from townhall.demo.loading.swiftly import swiftly
from townhall.demo.models import Borough
from townhall.demo.town.chance import stream
from townhall.demo.town.people import residents
from townhall.demo.town.plan import Town
from townhall.demo.town.requests import Requests, requests
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.catalogue.packages.model import Outline
from townhall.kernel.identity.models import Membership, Team
from townhall.kernel.mapping import actions as mapping
from townhall.kernel.measures import actions as measures
from townhall.kernel.measures.rules import Slot
from townhall.kernel.modules.bulk import copy
from townhall.residents.open311.actions import keys
from townhall.residents.reports import actions as reports
from townhall.residents.reports import selectors as report_selectors
from townhall.residents.services import actions as services

PEOPLE_TO_A_HOME = 2.3
REPORTS_TO_A_PERSON = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What to load: the town and the services of the shelf, as which council, how many reports residents make to
    either, up to which moment.
    """

    town: Town
    shelf: list[Outline]
    is_county: bool
    link_key: str
    reports: int
    until: datetime
    began: float


def load_borough(plan: Plan, bar: Progress) -> None:
    """Load everything. The tables must be empty."""
    name = plan.town.county if plan.is_county else plan.town.name
    task = bar.add_task(f"{name}: the ground", total=plan.reports)
    with swiftly() as hurry:
        loader = settle(plan)
        bar.update(task, description=f"{name}: reports")
        cases, counted = 0, Counter[Slot]()
        for loaded in load_side_by_side(loader, hurry.begin):
            bar.advance(task, loaded.drawn)
            cases += loaded.cases
            counted.update(loaded.counted)
        bar.update(task, description=f"{name}: counting")
        hurry.filled("cases_case", "cases_entry", "outbox_event", "reports_report", "open311_forwarded")
        measures.replace(counted)
        mapping.rebuild(at=plan.until)
        bar.update(task, description=f"{name}: indexes")
    if not plan.is_county:
        copy("open311.Neighbour", ("gss_code", "fetched_until", "attempts"), [(plan.town.county_code, plan.until, 0)])
    note(plan, cases)
    bar.update(task, description=f"{name}: done")


def settle(plan: Plan) -> Loader:
    """Load the ground, the council and its people; what loads their reports."""
    started = plan.until - timedelta(days=366)
    council = Council(plan.town.seed, plan.is_county, plan.until, Keys(plan.town.seed, is_county=plan.is_county))
    load_ground(plan.town, as_county=plan.is_county, at=started)
    with transaction.atomic():
        teams = load_council(plan.town, as_county=plan.is_county, link_key=plan.link_key, at=started)
        reports.set_up_categories()
        if not plan.is_county:
            load_rota(at=started)
        for package in plan.shelf:
            services.publish(package=package, at=started)
        if plan.is_county and plan.link_key:
            let_district_in(plan, at=started)
        folk = residents(plan.town, stream(plan.town.seed, "people"), people_known(plan.reports))
        people = load_people(folk, keys=council.keys, at=started)
    drawn = requests(plan.town, folk, seed=plan.town.seed, count=plan.reports, until=plan.until)
    return make_loader(plan, council, teams, people, drawn)


def let_district_in(plan: Plan, *, at: datetime) -> None:
    """The district's key to our Open311 server."""
    keys.make_key(
        name=f"{plan.town.name} council",
        scopes=["read", "write", "updates"],
        per_minute=600,
        by=None,
        at=at,
        authority_gss=plan.town.code,
        secret=plan.link_key,
    )


def people_known(reports: int) -> int:
    """How many residents the council knows by name."""
    return max(400, reports // REPORTS_TO_A_PERSON)


def make_loader(plan: Plan, council: Council, teams: dict[str, Team], people: list[str], drawn: Requests) -> Loader:
    """The loader of reports for this council."""
    plans = COUNTY_TEAMS if plan.is_county else DISTRICT_TEAMS
    by_category = {
        category: TeamHere(
            str(teams[team.code].pk), team.name, (team.reason, team.reason_cy), officers_of(teams[team.code])
        )
        for team in plans
        for category in team.categories
    }
    safeguarding = teams["safeguarding"]
    words = ("The words say that somebody may be in danger.", "Mae'r geiriau'n dweud y gall rhywun fod mewn perygl.")
    other = authority.neighbours()[0].short_name
    categories = {
        one.code: CategoryHere(one.name, one.name_cy, one.target_days, one.is_public, one.owner_gss)
        for one in report_selectors.active_categories()
    }
    return Loader(
        council=council,
        other_name=other,
        categories=categories,
        teams=by_category,
        safeguarding=TeamHere(str(safeguarding.pk), "Somebody may be in danger", words, ()),
        people=people,
        count=plan.reports,
        calendar=working_calendar("england"),
        drawn=drawn,
    )


def officers_of(team: Team) -> tuple[str, ...]:
    """The people who work in a team, in a steady order."""
    members = Membership.objects.filter(team=team, role="officer").order_by("person__email")
    return tuple(map(str, members.values_list("person_id", flat=True)))


def note(plan: Plan, cases: int) -> None:
    """Keep what was drawn, and let the planner know the tables."""
    Borough.objects.create(
        seed=plan.town.seed,
        size=plan.town.size,
        people=round(len(plan.town.addresses) * PEOPLE_TO_A_HOME, -2),
        cases=cases,
        seconds=time.monotonic() - plan.began,
        until=plan.until,
    )
    with connection.cursor() as cursor:
        cursor.execute("set default_statistics_target = 30")  # a quick look: autovacuum takes a longer one later
        cursor.execute("analyze")
