"""Reads `service.yaml`: what a service is, costs and rests on. Every mistake is told, each with line and cure."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import TypeVar

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode, parse
from townhall.kernel.catalogue.packages.bookables import bookables
from townhall.kernel.catalogue.packages.model import Basis, Fee, FeeCase, Partner, Problems, Retention, Sheet, Span
from townhall.kernel.catalogue.packages.signatures import signatures
from townhall.kernel.catalogue.processes.ways import NATIONS, calendar_of
from townhall.kernel.catalogue.words import Text, as_name, text_of

KEYS = (
    "name", "summary", "lgsl", "owner", "teams", "partners", "applicant", "nations", "who", "next", "target", "fee",
    "basis", "retention", "refusal", "appeal", "contact", "bookings", "buttons",
    "signatures",
)  # fmt: skip
OPTIONAL = {"partners", "nations", "bookings", "buttons", "signatures"}
UNITS = ("days", "working days", "weeks", "months", "years")
DATA = ("consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests")
"""UK GDPR, article 6(1)(a) to (f)."""
SPECIAL = (
    "explicit_consent", "social_protection", "vital_interests", "legal_claims", "substantial_public_interest",
    "health_or_social_care", "public_health",
)  # fmt: skip
"""UK GDPR, article 9(2), those that councils use."""
REACHED = ("name", "email", "phone", "address")
Made = TypeVar("Made")
NOTHING = Text("")


def read_sheet(content: bytes, file: str, problems: Problems) -> Sheet | None:
    """The sheet of a file; none where it is so wrong that none comes of it, which is reported."""
    try:
        return Reading(problems).sheet(parse(content, file, DEFAULT), file)
    except ModelError as problem:
        problems.report(problem.place, problem.message, problem.cure)
        return None


class Reading:
    """Reads one sheet."""

    def __init__(self, problems: Problems) -> None:
        self.problems, self.held = problems, dict[str, YamlNode]()

    def sheet(self, tree: YamlNode, file: str) -> Sheet:
        """The whole of it."""
        self.held = {key: each for key, each in tree.keys().items() if self.is_known(key, each)}
        for key in KEYS:
            if key not in self.held and key not in OPTIONAL:
                self.problems.report(Place(file, 1), f"The service has no {key!r}.", f"Add '{key}:'.")
        texts = {key: self.made(key, self.text, NOTHING) for key in ("name", "summary", "who", "next")}
        texts |= {key: self.made(key, self.text, NOTHING) for key in ("refusal", "appeal", "contact")}
        free = Fee("", NOTHING, NOTHING)
        return Sheet(
            **texts,
            lgsl=self.made("lgsl", whole, 0),
            owner=self.made("owner", lambda node: as_name(node.text(), node), ""),
            teams=self.made("teams", self.named, {}),
            partners=self.made("partners", self.partners, {}),
            applicant=self.made("applicant", self.applicant, {}),
            nations=self.made("nations", nations, ()),
            target=self.made("target", lambda node: span(node, "statute", "nation"), Span(1, "days")),
            fee=self.made("fee", self.fee, free),
            basis=self.made("basis", self.basis, Basis(NOTHING, (), "")),
            retention=self.made("retention", self.retention, Retention(Span(1, "years"), NOTHING)),
            bookings=self.made("bookings", lambda node: bookables(node, self.problems.report), {}),
            buttons=self.made("buttons", self.named, {}),
            signatures=self.made("signatures", lambda node: signatures(node, self.problems.report), {}),
            places={key: each.place for key, each in self.held.items()},
        )

    def is_known(self, key: str, node: YamlNode) -> bool:
        """Whether a word of the file is one that a sheet has; else it is reported."""
        if key in KEYS:
            return True
        near = get_close_matches(key, KEYS, 1)
        cure = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(KEYS)}."
        self.problems.report(node.place, f"There is no {key!r} here.", cure)
        return False

    def made(self, key: str, make: Callable[[YamlNode], Made], otherwise: Made) -> Made:
        """What stands under a key, or something else where that is missing or wrong, which is reported."""
        try:
            return make(self.held[key]) if key in self.held else otherwise
        except ModelError as problem:
            self.problems.report(problem.place, problem.message, problem.cure)
            return otherwise

    def text(self, node: YamlNode) -> Text:
        """A text in both languages."""
        return text_of(node, self.problems.report)

    def part(self, held: dict[str, YamlNode], key: str, node: YamlNode) -> YamlNode:
        """What must stand under a key. Raises ModelError where it does not."""
        if key not in held:
            raise ModelError(f"There is no {key!r}.", node.place, f"Add '{key}:'.")
        return held[key]

    def named(self, node: YamlNode) -> dict[str, Text]:
        """Names for the machine, each with its name for people."""
        return {as_name(name, each): self.text(each) for name, each in node.keys().items()}

    def partners(self, node: YamlNode) -> dict[str, Partner]:
        """Those outside who are written to, each with what they may tell the process."""
        return {as_name(name, each): self.partner(each) for name, each in node.keys().items()}

    def partner(self, node: YamlNode) -> Partner:
        """One of them."""
        text, held = text_of(node, self.problems.report, "tells"), {} if isinstance(node.held, str) else node.keys()
        told = held["tells"].items() if "tells" in held else []
        return Partner(text, tuple(as_name(each.text(), each) for each in told))

    def applicant(self, node: YamlNode) -> dict[str, str]:
        """Which questions tell who applies and how to reach them."""
        return {key: each.text() for key, each in node.keys(*REACHED).items()}

    def fee(self, node: YamlNode) -> Fee:
        """What it costs: `free`, or the decision that says so, where it comes from, and usual cases."""
        if node.held == "free":
            return Fee("", Text("Free", "Am ddim"), NOTHING)
        held = node.keys("decision", "about", "source", "cases")
        about, source = (self.text(self.part(held, key, node)) for key in ("about", "source"))
        cases = held["cases"].items() if "cases" in held else []
        return Fee(self.part(held, "decision", node).text(), about, source, tuple(map(self.fee_case, cases)))

    def fee_case(self, node: YamlNode) -> FeeCase:
        """A usual case."""
        held = node.keys("label", "with")
        inputs = {name: each.plain() for name, each in held["with"].keys().items()} if "with" in held else {}
        return FeeCase(self.text(self.part(held, "label", node)), inputs)

    def basis(self, node: YamlNode) -> Basis:
        """The law, and why personal data may be used."""
        held = node.keys("about", "statutes", "data", "special")
        statutes = tuple(each.text() for each in self.part(held, "statutes", node).items())
        if not statutes:
            raise ModelError("No statute is named.", held["statutes"].place, "Name the Act and section.")
        data = one_of(self.part(held, "data", node), DATA)
        special = one_of(held["special"], SPECIAL) if "special" in held else ""
        return Basis(self.text(self.part(held, "about", node)), statutes, data, special)

    def retention(self, node: YamlNode) -> Retention:
        """How long answers are kept, and from when."""
        held = node.keys("after", *UNITS)
        return Retention(span(node, "after"), self.text(self.part(held, "after", node)))


def one_of(node: YamlNode, words: tuple[str, ...]) -> str:
    """One of a few words. Raises ModelError."""
    if (found := node.text()) not in words:
        raise ModelError(f"There is no {found!r} here.", node.place, f"There are {', '.join(words)}.")
    return found


def nations(node: YamlNode) -> tuple[str, ...]:
    """The nations where the service exists."""
    return tuple(one_of(each, NATIONS) for each in node.items())


def whole(node: YamlNode) -> int:
    """A whole number above nothing. Raises ModelError."""
    text = node.text()
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text)):
        raise ModelError(f"{text[:40]!r} is no whole number from 1 to 99999.", node.place, "Write digits alone.")
    return int(text)


def span(node: YamlNode, *also: str) -> Span:
    """So many days or the like. Raises ModelError."""
    held = node.keys(*UNITS, *also)
    units = [each for each in UNITS if each in held]
    if len(units) != 1:
        raise ModelError("It does not say once how long.", node.place, f"Give one of {', '.join(UNITS)}.")
    statute = held["statute"].text() if "statute" in held else ""
    return Span(whole(held[units[0]]), units[0], statute, calendar_of(held.get("nation")))
