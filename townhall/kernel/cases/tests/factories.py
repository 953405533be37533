"""A small council for tests: authorities, teams, people, routing rules, cases."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.cases import actions
from townhall.kernel.cases.models import Case, Routing
from townhall.kernel.identity.models import Membership, Organisation, Person, Role, Team

NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
OURS, COUNTY = "E07999001", "E10999001"


@dataclass
class Council:
    """What `council` made. `officer` works in `street_scene`, `other_officer` in `parks`, `partner` in the
    contractor's team.
    """

    street_scene: Team
    parks: Team
    fellside: Team
    officer: Person
    other_officer: Person
    call_handler: Person
    manager: Person
    administrator: Person
    partner: Person
    resident: Person
    neighbour: Person


def council() -> Council:
    """Northmere (district) and Merrowshire (county), three teams, one person per role, two residents, two rules."""
    _authorities()
    ours = Organisation.objects.create(name="Northmere Borough Council")
    firm = Organisation.objects.create(name="Fellside Environmental", kind=Organisation.Kind.CONTRACTOR)
    street_scene = Team.objects.create(organisation=ours, code="street-scene", name="Street Scene", name_cy="Strydlun")
    parks = Team.objects.create(organisation=ours, code="parks", name="Parks", name_cy="Parciau")
    fellside = Team.objects.create(organisation=firm, code="fellside", name="Fellside crews")
    Routing.objects.create(
        order=10,
        name="Street cleaning",
        team=street_scene,
        reason="It is street cleaning, which Street Scene does.",
        categories=["fly_tipping", "street_litter", "graffiti"],
        changed_at=NOON,
    )
    Routing.objects.create(
        order=20,
        name="Green spaces",
        team=parks,
        reason="It is about a park.",
        categories=["overgrown_grass"],
        changed_at=NOON,
    )
    return Council(
        street_scene=street_scene,
        parks=parks,
        fellside=fellside,
        officer=staff("Dev Patel", street_scene, Role.OFFICER),
        other_officer=staff("Ines Moreau", parks, Role.OFFICER),
        call_handler=staff("Morag Ellis", street_scene, Role.CALL_HANDLER),
        manager=staff("Ruth Okafor", street_scene, Role.MANAGER),
        administrator=staff("Glyn Parry", street_scene, Role.ADMINISTRATOR),
        partner=staff("Jo Marsh", fellside, Role.PARTNER),
        resident=resident("Asha Begum", "asha@example.org", "+447700900142"),
        neighbour=resident("Tom Ford", "tom@example.org", None),
    )


def _authorities() -> None:
    hours = [{"days": [0, 1, 2, 3, 4], "opens": "08:30", "shuts": "17:00"}]
    Authority.objects.create(
        gss_code=OURS,
        is_ours=True,
        is_fictional=True,
        tier="district",
        short_name="Northmere",
        name="Northmere Borough Council",
        name_cy="Cyngor Bwrdeistref Northmere",
        second_line="Borough Council",
        telephone="01632 960 100",
        hours=hours,
        emergency_telephone="01632 960 199",
        staff_telephone="01632 960 150",
        email="help@northmere.example",
    )
    Authority.objects.create(
        gss_code=COUNTY,
        is_fictional=True,
        tier="county",
        short_name="Merrowshire",
        name="Merrowshire County Council",
        name_cy="Cyngor Sir Merrowshire",
        second_line="County Council",
        telephone="01632 960 200",
        hours=hours,
    )
    authority.forget()


def staff(name: str, team: Team, role: str) -> Person:
    """A member of a team, with a password that nobody uses outside tests."""
    email = f"{name.split(maxsplit=1)[0].lower()}@northmere.example"
    person = Person.objects.create_person(
        name=name, email=email, password="correct horse battery", email_verified_at=NOON
    )
    Membership.objects.create(person=person, team=team, role=role)
    return person


def resident(name: str, email: str | None, phone: str | None) -> Person:
    """A resident whose contact details are proved."""
    return Person.objects.create_person(
        name=name,
        email=email,
        phone=phone,
        email_verified_at=NOON if email else None,
        phone_verified_at=NOON if phone else None,
    )


def case(**fields: Any) -> Case:
    """An open fly-tipping case, unless `fields` say otherwise."""
    usual: dict[str, Any] = {
        "kind": "problem_report",
        "category": "fly_tipping",
        "title": "Mattress and bags dumped",
        "at": NOON,
        "place": "Back lane behind Hope Street",
        "ward": "E05999008",
        "target_days": 3,
        "is_public": True,
    }
    return actions.open_case(**(usual | fields))
