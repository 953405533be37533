"""A service as its folder has it: what it is, its form, process, decisions, letters, documents and examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.engine import Engine
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.words import Text
from townhall.kernel.notify.rules import Wording

MOST_PROBLEMS = 300


@dataclass(frozen=True, slots=True)
class FeeCase:
    """A usual case to show a fee for, before anybody has answered anything: words, and the decision's inputs."""

    label: Text
    inputs: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fee:
    """What the service costs. `decision` gives it in pence (`decisions/fee.yaml#Fee`); where it is empty it is free."""

    decision: str
    about: Text
    source: Text
    cases: tuple[FeeCase, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether nobody ever pays."""
        return not self.decision


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, working days, weeks, months or years, and the law that says so where one does.

    `nation` is whose working days are counted; empty is that of the council.
    """

    count: int
    unit: str
    statute: str = ""
    nation: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The law that the service rests on, and why personal data may be used for it (UK GDPR, articles 6 and 9)."""

    about: Text
    statutes: tuple[str, ...]
    data: str
    special: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long answers are kept, counted from what."""

    span: Span
    after: Text


@dataclass(frozen=True, slots=True)
class Opening:
    """A time of the week at which something can be booked: Monday is 0; times as `09:30`."""

    weekday: int
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Bookable:
    """Something to book a time of, as the package proposes it: a council's officers change it on a page.

    `slot_minutes` of 0: each opening is one slot. Days of notice and change are whole days before the day.
    """

    name: Text
    openings: tuple[Opening, ...]
    capacity: int = 1
    slot_minutes: int = 0
    notice_days: int = 1
    ahead_days: int = 42
    hold_minutes: int = 30
    change_days: int = 1


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody outside who is written to, and the messages of the process that they may send by their letter's link."""

    text: Text
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """What a second person signs: the words of it, the answers that they are shown, and how many days they have.

    `hears` has the messages of the process for what comes of it: `signed`, `refused`, `lapsed`.
    """

    says: Text
    shows: tuple[str, ...]
    days: int
    hears: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """`service.yaml`: what residents, officers and other systems are told about the service.

    `teams` are the teams and roles that tasks go to, `partners` those outside who are written to; `applicant` says
    which questions tell who applies: `name`, `email`, `phone`, `address`. `nations` is empty where all have it.
    `bookings` are what a `booking` of the process may name; `buttons` the messages that the applicant may send from
    the page of the application, each with the words on its button. `signatures` are by the question that names who
    signs.
    """

    name: Text
    summary: Text
    lgsl: int
    owner: str
    teams: Mapping[str, Text]
    partners: Mapping[str, Partner]
    applicant: Mapping[str, str]
    nations: tuple[str, ...]
    who: Text
    next: Text
    target: Span
    fee: Fee
    basis: Basis
    retention: Retention
    refusal: Text
    appeal: Text
    contact: Text
    bookings: Mapping[str, Bookable] = field(default_factory=dict[str, Bookable])
    buttons: Mapping[str, Text] = field(default_factory=dict[str, Text])
    signatures: Mapping[str, Signature] = field(default_factory=dict[str, Signature])
    places: Mapping[str, Place] = field(default_factory=dict[str, Place])

    @property
    def heard(self) -> frozenset[str]:
        """The messages that signatures send to the process themselves."""
        return frozenset(message for each in self.signatures.values() for message in each.hears.values())


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, or a document, with its text in both languages, and the line of each placeholder."""

    name: str
    place: Place
    wording: Wording
    lines: Mapping[str, int]
    kind: str = "letter"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens in an example, and what must have come of it by then. None is not looked at.

    `kind` is empty where time only passes. `letters` and `asks` are all that were sent and asked for since the last.
    """

    place: Place
    at: str
    kind: str = ""
    name: str = ""
    data: Mapping[str, object] = field(default_factory=dict[str, object])
    reason: str = ""
    by: str = ""
    state: tuple[str, ...] | None = None
    letters: tuple[str, ...] = ()
    asks: tuple[tuple[str, Mapping[str, object]], ...] = ()
    decided: Mapping[str, object] = field(default_factory=dict[str, object])
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    due: Mapping[str, str] = field(default_factory=dict[str, str])
    says: Mapping[str, str] = field(default_factory=dict[str, str])
    says_not: Mapping[str, str] = field(default_factory=dict[str, str])
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Answers in, outcome out: a test of the package, in the words of the service. `places` are those of what it says,
    by path: `answers.things.0.what`, `refused.age.born.day`.
    """

    file: str
    place: Place
    name: str
    at: str
    nation: str = "england"
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    answers: Mapping[str, object] = field(default_factory=dict[str, object])
    sent: Mapping[str, Mapping[str, str | list[str]]] = field(default_factory=dict[str, Mapping[str, str | list[str]]])
    refused: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    pages: tuple[str, ...] | None = None
    counts: Mapping[str, object] = field(default_factory=dict[str, object])
    happens: tuple[Happening, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict[str, Place])

    def place_of(self, path: str) -> Place:
        """Where something stands, or what it would stand in."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path, self.place)


@dataclass(frozen=True, slots=True)
class Outline:
    """What publishing a service needs: its sheet and its files. `hash` is that of all its files, whatever their line
    ends and order.
    """

    slug: str
    hash: str
    service: Sheet
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Package(Outline):
    """A whole service."""

    form: Form
    process: Definition
    decisions: Mapping[str, Engine]
    letters: Mapping[str, Letter]
    documents: Mapping[str, Letter]
    forms: Mapping[str, Form]
    examples: tuple[Example, ...]
    readme: str


class Broken(ValueError):
    """A folder is no service that could be used: everything that is wrong with it."""

    def __init__(self, slug: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{slug}: {len(problems)} mistakes. The first: {problems[0]}")
        self.slug, self.problems = slug, problems


class Problems(list[Problem]):
    """What is wrong, each once; of very much, the beginning."""

    def report(self, place: Place, message: str, cure: str = "") -> None:
        """Keep what is wrong."""
        if len(self) < MOST_PROBLEMS and (found := Problem(place, message, cure)) not in self:
            self.append(found)
