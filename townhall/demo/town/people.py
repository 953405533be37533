"""People who live in the borough, and those who work for it. All of them are invented."""

from dataclasses import dataclass
from typing import Literal

from .chance import Rng
from .plan import Address, Town
from .texts import texts

Language = Literal["en", "cy"]
Preference = Literal["email", "text", "post"]
LAST_PHONE = 1000


@dataclass(frozen=True, slots=True)
class Resident:
    """A person at an address; telephone numbers are from the range kept for drama, and so run out."""

    name: str
    family: str
    email: str
    phone: str
    uprn: int
    address: str
    postcode: str
    ward_code: str
    language: Language
    channel: Preference
    year_of_birth: int


@dataclass(frozen=True, slots=True)
class Employee:
    name: str
    email: str
    role: Literal["officer", "call_centre", "manager", "administrator"]
    team: str


STAFF: tuple[Employee, ...] = (
    Employee("Dev Patel", "dev.patel@northmere.example", "officer", "Street Scene"),
    Employee("Morag Ellis", "morag.ellis@northmere.example", "call_centre", "Front desk"),
    Employee("Ruth Okafor", "ruth.okafor@northmere.example", "manager", "Environment"),
    Employee("Glyn Parry", "glyn.parry@northmere.example", "administrator", "Digital"),
)

_POOLS = texts("people")["pools"]
SHARES = [float(pool["share"]) for pool in _POOLS]
GIVEN: list[list[str]] = [pool["given"].split() for pool in _POOLS]
FAMILY: list[list[str]] = [pool["family"].split() for pool in _POOLS]


def residents(town: Town, rng: Rng, n: int) -> list[Resident]:
    """`n` people, Asha Begum first; neighbours share a household now and then."""
    rows = rng.integers(0, len(town.addresses), n)
    shared = rng.random(n) < 0.35
    pool = rng.choice(len(SHARES), n, p=SHARES)
    picks, chance = rng.random((n, 2)), rng.random((n, 2))
    born = 2006 - rng.gamma(4.6, 7.2, n).astype(int).clip(0, 80)
    found = [_asha(town)]
    for i in range(1, n):
        home = town.addresses[rows[i - 1] if shared[i] and i > 1 else rows[i]]
        firsts, lasts = GIVEN[pool[i]], FAMILY[pool[i]]
        first = firsts[int(picks[i, 0] * len(firsts))]
        last = lasts[int(picks[i, 1] * len(lasts))]
        if shared[i] and i > 1 and chance[i, 1] < 0.75:
            last = found[-1].family
        found.append(_resident(i, first, last, home, born=int(born[i]), chance=float(chance[i, 0])))
    return found


def _resident(i: int, first: str, last: str, home: Address, *, born: int, chance: float) -> Resident:
    text, post = 0.55 < chance < 0.9, chance >= 0.96 or (born < 1950 and chance > 0.85)
    return Resident(
        name=f"{first} {last}", family=last, email=f"{first}.{last}{i}@example.org".lower(), phone=_phone(i),
        uprn=home.uprn, address=f"{home.number} {home.street}", postcode=home.postcode, ward_code=home.ward_code,
        language="cy" if (i * 7919) % 100 < 6 else "en", channel="post" if post else "text" if text else "email",
        year_of_birth=born,
    )  # fmt: skip


def _asha(town: Town) -> Resident:
    """Asha Begum, 14 Hope Street: the resident of the demonstration."""
    homes = [a for a in town.addresses if a.street == "Hope Street" and a.number.split(", ")[-1] == "14"]
    home = homes[0] if homes else next(a for a in town.addresses if a.street == "Hope Street")
    where = f"{home.number} {home.street}"
    return Resident("Asha Begum", "Begum", "asha.begum@example.org", "07700 900142", home.uprn, where, home.postcode,
                    home.ward_code, "en", "text", 1988)  # fmt: skip


def _phone(i: int) -> str:
    """A number of its own for the first few hundred; nobody else has Asha's; the rest have none."""
    number = i if i < 142 else i + 1
    return f"07700 900{number:03d}" if number < LAST_PHONE else ""
