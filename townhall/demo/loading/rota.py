"""Who of the demo's council is on shift when, and what they can do, so that tasks of services find somebody."""

from datetime import datetime

from townhall.council.rota import actions
from townhall.kernel.identity.models import Person, Role

SKILLS = (
    ("lifting", "Lifting and carrying", "Codi a chario", 1),
    ("reviewing", "Checking applications", "Gwirio ceisiadau", 1),
    ("mobility", "Mobility assessment", "Asesu symudedd", 3),
    ("pesticides", "Pesticides", "Plaladdwyr", 2),
    ("food_inspection", "Food inspection", "Arolygu bwyd", 3),
    ("approvals", "Food approvals", "Cymeradwyo bwyd", 2),
)
OFFICE = [[day, "08:30", "17:00"] for day in range(5)]
LATE = [[day, "06:00", "22:00"] for day in range(7)]
CAN = {
    "waste": ["lifting"], "environmental-health": ["pesticides", "food_inspection"], "street-scene": ["reviewing"],
}  # fmt: skip
"""What the officers of a team can do; approvals and mobility are left out, so that a board shows what nobody can do."""


def load_rota(*, at: datetime) -> None:
    """Give officers a week, those of waste and environmental health a long one, and name the skills."""
    for code, name, name_cy, weight in SKILLS:
        actions.save_skill(code=code, name=name, name_cy=name_cy, weight=weight, by=None, at=at)
    for person in Person.objects.filter(membership__role=Role.OFFICER).order_by("email"):
        team = person.memberships[0].team.code
        is_late = team in {"waste", "environmental-health"}
        actions.set_worker(
            person, skills=CAN.get(team, []), week=LATE if is_late else OFFICE, works_holidays=is_late, by=None, at=at
        )
