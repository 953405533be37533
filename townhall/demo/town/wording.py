"""What people write: the trouble, with greetings, slips of the thumb, temper and the occasional cry for help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Literal, TypeVar

from .texts import texts

T = TypeVar("T")
Safeguarding = Literal["self_harm", "child", "abuse"]
HARMS: tuple[Safeguarding, ...] = ("self_harm", "child", "abuse")
SLANG = (
    ("please", "pls"), ("you", "u"), ("are", "r"), ("to ", "2 "), ("for ", "4 "), ("because", "cos"),
    ("tomorrow", "2moro"),    ("through", "thru"), ("nothing", "nowt"), ("something", "summat"), ("great", "gr8"),
    ("people", "ppl"),
    ("and ", "n "), ("your", "ur"), ("about", "bout"), ("though", "tho"), ("children", "bairns"),
)  # fmt: skip
NEAR_KEYS = "qwertyuiopasdfghjklzxcvbnm"
SAFEGUARDING_SHARE, RUDE_SHARE, LONG_SHARE, SHOUT_SHARE, TEXT_SHARE, SLIP_SHARE = 0.004, 0.03, 0.02, 0.02, 0.06, 0.3


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    title_cy: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    title: str
    title_cy: str
    text: str
    language: Literal["en", "cy"]
    safeguarding: Safeguarding | None


_TROUBLES = {code: table for name in ("waste", "places", "roads") for code, table in texts(name).items()}
KINDS = {code: tuple(Kind(k["en"], k["cy"], tuple(k["texts"])) for k in t["kinds"]) for code, t in _TROUBLES.items()}
WELSH = {code: [[text for k, text in table["welsh"] if k == n] for n in range(len(KINDS[code]))]
         for code, table in _TROUBLES.items()}  # fmt: skip
DETAILS: dict[str, list[str]] = texts("details")
COMMON: dict[str, Any] = texts("common")


class Writer:
    """Writes one report, from random numbers of its own: it reads the same whatever else is written."""

    def __init__(self, chances: Iterable[float]) -> None:
        self.chances = cycle(chances)

    def write(self, code: str, street: str, number: str, *, sort: float, welsh: bool) -> Wording:
        """A report of a category at a place; `sort`, from 0 to 1, says which kind of trouble it is."""
        kind = KINDS[code][int(sort * len(KINDS[code]))]
        harm = self._one(HARMS) if self._chance(SAFEGUARDING_SHARE) else None
        if welsh and self._chance(0.75):
            return Wording(kind.title, kind.title_cy, self._welsh(code, sort, street, number), "cy", None)
        text = self._one(kind.texts)
        if self._chance(0.45):
            text = self._join(text, self._one(DETAILS[code]))
        if self._chance(LONG_SHARE):
            text = self._one(COMMON["long"]) + text
        text = _led(self._one(COMMON["opening"]), text)
        text = self._join(text, self._one(COMMON["rude"]) if self._chance(RUDE_SHARE) else self._one(COMMON["closing"]))
        text = self._fill(text, street, number)
        if harm is not None:
            text = self._join(text, self._one(COMMON["safeguarding"][harm]))
        return Wording(kind.title, kind.title_cy, self._spoil(text), "en", harm)

    def _join(self, text: str, more: str) -> str:
        """Two sentences with a stop between, most of the time."""
        stop = "" if not more or text[-1] in ".!?" or self._chance(0.15) else "."
        return text + stop + more

    def _welsh(self, code: str, sort: float, street: str, number: str) -> str:
        number_of = int(sort * len(KINDS[code]))
        texts = WELSH[code][number_of] or [
            f"{KINDS[code][number_of].title_cy}, {{street}}.",
            f"{KINDS[code][number_of].title_cy} ger {{number}} {{street}} {{when}}.",
        ]
        text = self._one(texts) + self._one(COMMON["closing_cy"])
        when, near = self._one(COMMON["when_cy"]), self._one(COMMON["near_cy"])
        return text.format(
            street=street, number=number, when=when, near_cy=near, near=street, n=2 + int(self._random() * 6)
        )

    def _fill(self, text: str, street: str, number: str) -> str:
        if "{" not in text:
            return text
        near = self._one(COMMON["near"]).format(street=street, number=number)
        n = 2 + int(self._random() ** 2 * 9)
        return text.format(street=street, number=number, near=near, n=n, when=self._one(COMMON["when"]),
                           day=self._one(COMMON["day"]))  # fmt: skip

    def _spoil(self, text: str) -> str:
        """The same words as typed in a hurry, on a small screen, or in anger."""
        if self._chance(SHOUT_SHARE):
            return text.upper() + "!!!"
        if self._chance(TEXT_SHARE):
            return self._text_speak(text)
        if self._chance(SLIP_SHARE):
            for _ in range(1 + int(self._random() * len(text) / 90)):
                text = self._slip(text)
        if self._chance(0.12):
            text = text.rstrip(".").lower()
        return text

    def _text_speak(self, text: str) -> str:
        text = text.lower()
        for long, short in SLANG:
            if self._chance(0.7):
                text = text.replace(f" {long}", f" {short}")
        return text.replace("'", "").replace(".", "" if self._chance(0.5) else ".")

    def _slip(self, text: str) -> str:
        """One slip: two letters swapped, one doubled, dropped, or hit beside."""
        at = 1 + int(self._random() * (len(text) - 2)) if len(text) > 4 else 0
        if not at or not text[at].isalpha() or not text[at - 1].isalpha():
            return text
        kind = int(self._random() * 4)
        if kind == 0:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        if kind == 1:
            return text[:at] + text[at] + text[at:]
        if kind == 2:
            return text[:at] + text[at + 1 :]
        place = NEAR_KEYS.find(text[at].lower())
        return text[:at] + NEAR_KEYS[(place + 1) % 26] + text[at + 1 :] if place >= 0 else text

    def _random(self) -> float:
        return next(self.chances)

    def _chance(self, share: float) -> bool:
        return self._random() < share

    def _one(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]


def _led(opening: str, text: str) -> str:
    """A greeting and a sentence, with a small letter where the greeting runs on."""
    runs_on = opening.endswith((", ", "but "))
    return opening + (text[0].lower() + text[1:] if runs_on and not text.startswith(("I ", "I'", "{")) else text)
