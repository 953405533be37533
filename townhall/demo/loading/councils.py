"""The two councils, their teams, staff and routing rules. Every name is invented."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from townhall.demo.town.plan import Town
from townhall.kernel.authority import actions as authority
from townhall.kernel.cases.models import Routing
from townhall.kernel.identity.models import Membership, Organisation, Person, Role, Team
from townhall.residents.reports.rules import ROUTING_WORD

WEEK = [{"days": [0, 1, 2, 3, 4], "opens": "08:30", "shuts": "17:00"}]


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team, the categories that its rule sends to it, and why in both languages."""

    code: str
    name: str
    name_cy: str
    categories: tuple[str, ...]
    reason: str
    reason_cy: str
    organisation: str = ""


DISTRICT_TEAMS = (
    TeamPlan(
        "street-scene",
        "Street Scene",
        "Strydlun",
        (
            "fly_tipping",
            "litter_bin",
            "street_litter",
            "dog_fouling",
            "graffiti",
            "abandoned_trolley",
            "needles",
            "dead_animal",
        ),
        "It is about keeping streets clean, which Street Scene does.",
        "Mae'n ymwneud â chadw strydoedd yn lân: gwaith Strydlun.",
    ),
    TeamPlan(
        "waste",
        "Waste and recycling",
        "Gwastraff ac ailgylchu",
        ("missed_bin", "bin_store"),
        "It is about bins, which Waste and recycling collects.",
        "Mae'n ymwneud â biniau: gwaith Gwastraff ac ailgylchu.",
    ),
    TeamPlan(
        "parks",
        "Parks and trees",
        "Parciau a choed",
        ("overgrown_grass", "fallen_tree", "play_equipment"),
        "It is about a park, grass or a tree, which Parks looks after.",
        "Mae'n ymwneud â pharc, glaswellt neu goeden: gwaith Parciau.",
    ),
    TeamPlan(
        "environmental-health",
        "Environmental health",
        "Iechyd yr amgylchedd",
        ("noise", "pests", "public_toilet"),
        "It is about noise, pests or hygiene.",
        "Mae'n ymwneud â sŵn, plâu neu hylendid.",
    ),
    TeamPlan(
        "enforcement",
        "Enforcement",
        "Gorfodi",
        ("abandoned_vehicle",),
        "It is about a vehicle left on a road.",
        "Mae'n ymwneud â cherbyd a adawyd ar ffordd.",
    ),
    TeamPlan(
        "contact",
        "Contact centre",
        "Canolfan gyswllt",
        (),
        "No other rule fits, so a person looks.",
        "Nid oes rheol arall yn ffitio, felly bydd person yn edrych.",
    ),
)
COUNTY_TEAMS = (
    TeamPlan(
        "lighting",
        "Street lighting",
        "Goleuadau stryd",
        ("street_light", "traffic_signal"),
        "It is about a light or signal on a road.",
        "Mae'n ymwneud â golau neu signal ar ffordd.",
    ),
    TeamPlan(
        "highways",
        "Highways",
        "Priffyrdd",
        ("pothole", "pavement", "road_sign", "icy_road"),
        "It is about a road or pavement, which Highways mends.",
        "Mae'n ymwneud â ffordd neu balmant: gwaith Priffyrdd.",
    ),
    TeamPlan(
        "drainage",
        "Drainage",
        "Draenio",
        ("blocked_drain", "flooding"),
        "It is about water on a road.",
        "Mae'n ymwneud â dŵr ar ffordd.",
    ),
    TeamPlan(
        "contact",
        "Contact centre",
        "Canolfan gyswllt",
        (),
        "No other rule fits, so a person looks.",
        "Nid oes rheol arall yn ffitio, felly bydd person yn edrych.",
    ),
)
STAFF = (
    ("Dev Patel", "street-scene", Role.OFFICER),
    ("Lowri Vaughan", "street-scene", Role.OFFICER),
    ("Sam Okoro", "waste", Role.OFFICER),
    ("Ines Moreau", "parks", Role.OFFICER),
    ("Kit Brennan", "environmental-health", Role.OFFICER),
    ("Morag Ellis", "contact", Role.CALL_HANDLER),
    ("Ruth Okafor", "street-scene", Role.MANAGER),
    ("Glyn Parry", "contact", Role.ADMINISTRATOR),
    ("Jo Marsh", "fellside", Role.PARTNER),
    ("Nadia Rahman", "lighting", Role.OFFICER),
    ("Owen Hart", "highways", Role.OFFICER),
    ("Bea Lund", "drainage", Role.OFFICER),
)


def load_council(town: Town, *, as_county: bool, link_key: str, at: datetime) -> dict[str, Team]:
    """Make this council, its neighbour, teams, staff and routing rules; the teams by code."""
    for row in (district(town), county(town, link_key)):
        authority.save_authority(**row, is_ours=(row["tier"] == "county") == as_county)
    teams = load_teams(
        COUNTY_TEAMS if as_county else DISTRICT_TEAMS, county_name="Merrowshire" if as_county else "Northmere", at=at
    )
    for name, code, role in STAFF:
        if code in teams:
            add_staff(name, teams[code], role, at=at, domain="merrowshire" if as_county else "northmere")
    return teams


def load_teams(plans: tuple[TeamPlan, ...], *, county_name: str, at: datetime) -> dict[str, Team]:
    """Make the council's own teams, a contractor's, a safeguarding team that comes first, and one rule for each."""
    ours = Organisation.objects.create(name=f"{county_name} council")
    firm = Organisation.objects.create(name="Fellside Environmental", kind=Organisation.Kind.CONTRACTOR)
    teams = {
        plan.code: Team.objects.create(organisation=ours, code=plan.code, name=plan.name, name_cy=plan.name_cy)
        for plan in plans
    }
    teams["fellside"] = Team.objects.create(
        organisation=firm, code="fellside", name="Fellside crews", name_cy="Criwiau Fellside"
    )
    teams["safeguarding"] = Team.objects.create(
        organisation=ours, code="safeguarding", name="Safeguarding", name_cy="Diogelu"
    )
    Routing.objects.create(
        order=1,
        name="Somebody may be in danger",
        team=teams["safeguarding"],
        words=[ROUTING_WORD],
        changed_at=at,
        reason="The words say that somebody may be in danger.",
        reason_cy="Mae'r geiriau'n dweud y gall rhywun fod mewn perygl.",
    )
    for order, plan in enumerate(plans, start=1):
        Routing.objects.create(
            order=order * 10,
            name=plan.name,
            team=teams[plan.code],
            categories=list(plan.categories),
            changed_at=at,
            reason=plan.reason,
            reason_cy=plan.reason_cy,
        )
    return teams


def add_staff(name: str, team: Team, role: str, *, at: datetime, domain: str) -> Person:
    """A member of staff, who in the demo signs in by a button and has no password."""
    email = f"{name.lower().replace(' ', '.')}@{domain}.example"
    person = Person.objects.create_person(name=name, email=email, email_verified_at=at)
    Membership.objects.create(person=person, team=team, role=role)
    return person


def district(town: Town) -> dict[str, Any]:
    """Northmere."""
    return {
        "gss_code": town.code,
        "tier": "district",
        "is_fictional": True,
        "short_name": "Northmere",
        "name": "Northmere Borough Council",
        "name_cy": "Cyngor Bwrdeistref Northmere",
        "second_line": "Borough Council",
        "colour_1": "#571c45",
        "colour_2": "#b9cf4a",
        "telephone": "01632 960 100",
        "emergency_telephone": "01632 960 199",
        "staff_telephone": "01632 960 150",
        "text_relay": "18001 01632 960 100",
        "address": "Town Hall, Market Place, Northmere",
        "email": "help@northmere.example",
        "hours": WEEK,
        "does": ["Bins and litter", "Planning", "Council tax bills", "Housing, benefits"],
        "does_cy": ["Biniau a sbwriel", "Cynllunio", "Biliau treth gyngor", "Tai, budd-daliadau"],
        "open311_jurisdiction": "northmere.example",
    }


def county(town: Town, link_key: str) -> dict[str, Any]:
    """Merrowshire."""
    return {
        "gss_code": town.county_code,
        "tier": "county",
        "is_fictional": True,
        "short_name": "Merrowshire",
        "name": "Merrowshire County Council",
        "name_cy": "Cyngor Sir Merrowshire",
        "second_line": "County Council",
        "colour_1": "#16425b",
        "colour_2": "#f08a5d",
        "telephone": "01632 960 200",
        "emergency_telephone": "01632 960 299",
        "staff_telephone": "01632 960 250",
        "text_relay": "18001 01632 960 200",
        "address": "County Hall, Merrow",
        "email": "help@merrowshire.example",
        "hours": WEEK,
        "does": ["Roads, street lights", "Schools", "Social care", "Libraries"],
        "does_cy": ["Ffyrdd, goleuadau stryd", "Ysgolion", "Gofal cymdeithasol", "Llyfrgelloedd"],
        "open311_jurisdiction": "merrowshire.example",
        "open311_key": link_key,
    }
