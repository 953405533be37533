"""People who live in the borough, and those who work for it. All of them are invented."""

from dataclasses import dataclass
from typing import Literal

from .chance import Rng
from .plan import Address, Town

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

# Shares are roughly those of a northern English town at the 2021 census.
POOLS: tuple[tuple[float, str, str], ...] = (
    (0.74,
     ("Oliver Jack Harry George Thomas James William Daniel Matthew Andrew Paul Mark David John Peter Michael Stephen Alan "
     "Brian Keith Kevin Liam Ryan Callum Lewis Jordan Connor Adam Ben Sam Joe Luke Emily Olivia Amelia Sophie "
     "Jessica Charlotte Hannah Lucy Rebecca Laura Sarah Claire Emma Louise Rachel Karen Susan Julie Margaret "
     "Dorothy Jean Patricia Linda Christine Sheila Maureen Chloe Megan Holly Grace Ella Poppy Freya Evie Edith "
     "Mavis Beryl Ronald Kenneth"),
     ("Smith Jones Taylor Brown Wilson Johnson Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris "
     "Clarke Jackson Turner Hill Scott Cooper Morris Ward Moore Baker Harrison Metcalfe Bainbridge Dent Alderson Raine "
     "Thwaites Fothergill Nattrass Hodgson Dixon Armstrong Charlton Robson Milburn Ridley Stobart Tinniswood Birkett "
     "Braithwaite Postlethwaite Mounsey Teasdale Atkinson Ellwood Kirkbride Nixon Pattinson Rigg Sewell Tyson Wharton")),
    (0.09,
     ("Asha Fatima Aisha Zainab Maryam Nadia Sana Hina Rubina Mohammed Ahmed Imran Yusuf Bilal Hamza Tariq Salma Nasreen "
     "Priya Anjali Meera Ravi Sanjay Arjun Dev Gurpreet Harjit Simran Jaspreet Abdul Rahim Shabnam Farah Rashid"),
     ("Khan Ahmed Hussain Ali Begum Akhtar Malik Iqbal Shah Patel Singh Kaur Sharma Mistry Rahman Miah Chowdhury Uddin "
     "Mahmood Bashir Qureshi Desai Gill Sandhu Bhatt Chaudhry")),
    (0.05,
     ("Piotr Marek Tomasz Agnieszka Katarzyna Magda Andrei Elena Ioana Mihai Jonas Ruta Darius Ewa Anna Krzysztof Cristina "
     "Stefan Oksana Dmytro Iryna"),
     ("Kowalski Nowak Wisniewska Zielinski Popescu Ionescu Dumitru Kazlauskas Petrauskas Kovalenko Shevchenko Lewandowski "
     "Kaminska Marin Stan")),
    (0.05,
     ("Chidi Ngozi Ruth Emeka Amara Kwame Ama Kofi Abena Grace Blessing Samuel Esther Tendai Rudo Winston Marcia Delroy "
     "Shanice Tyrone Marlon Yemi Tunde Folake"),
     "Okafor Adeyemi Mensah Boateng Owusu Eze Nwosu Moyo Ncube Campbell Grant Williams Bailey Francis Asante Balogun Diallo"),
    (0.04,
     "Wei Mei Ling Jun Hui Xin Kenji Yuki Minh Thuy Lan Hana Jin Anan Chai Rosario Jose Maria Divina Lorna",
     "Chan Wong Li Chen Zhang Lam Cheung Nguyen Tran Kim Tanaka Santos Reyes Cruz Garcia Dela-Cruz"),
    (0.03,
     "Gwen Dafydd Rhys Megan Sioned Aled Gethin Carys Nia Eleri Huw Iwan Bethan Angharad Emyr Ffion Owain Glyn Mair Delyth",
     "Parry Roberts Pugh Prosser Bevan Llewellyn Griffiths Morgan Rees Powell Jenkins Gwynne Eynon Probert"),
)  # fmt: skip


def residents(town: Town, rng: Rng, n: int) -> list[Resident]:
    """`n` people, Asha Begum first; neighbours share a household now and then."""
    rows = rng.integers(0, len(town.addresses), n)
    shared = rng.random(n) < 0.35
    pool = rng.choice(len(POOLS), n, p=[share for share, _, _ in POOLS])
    picks, chance = rng.random((n, 2)), rng.random((n, 2))
    born = 2006 - rng.gamma(4.6, 7.2, n).astype(int).clip(0, 80)
    given = [names.split() for _, names, _ in POOLS]
    families = [names.split() for _, _, names in POOLS]
    found = [_asha(town)]
    for i in range(1, n):
        home = town.addresses[rows[i - 1] if shared[i] and i > 1 else rows[i]]
        firsts, lasts = given[pool[i]], families[pool[i]]
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
