"""Answers that are a text: one line, several, an e-mail address, a telephone number, a National Insurance number."""

import re
from collections.abc import Iterator
from typing import Any

from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, same

HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
BREAKS = re.compile(r"\r\n?")
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:" + LABEL + r"\.)+[A-Za-z]{2,63}")
PHONE = re.compile(r"\+?[0-9() .-]{7,30}")
NI_NUMBER = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
"""Source: HM Revenue and Customs, National Insurance Manual, NIM39110."""
SHORT, LONG = 500, 10_000


@kind("text")
class Line(Kind):
    """A text on one line."""

    own = ("min", "max")
    most = SHORT
    allowed = ""

    def longest(self) -> int:
        """How many characters an answer may have."""
        return int(self.question.most) if self.question.most is not None else self.most or SHORT

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is a text, not too long, not too short, without characters that no page can show."""
        if not isinstance(value, str) or not value:
            yield wrong("shape")
        elif HIDDEN.search(value) or any(each in value for each in self.breaks()):
            yield wrong("characters")
        elif len(value) > self.longest():
            yield wrong("too_long", most=f"{self.longest():,}")
        elif self.question.least is not None and len(value) < self.question.least:
            yield wrong("too_short")
        else:
            yield from self.of_kind(value)

    def of_kind(self, value: str) -> Iterator[Wrong]:
        """What more the kind wants of a text that can be kept."""
        yield from () if value else (wrong("shape"),)

    def breaks(self) -> str:
        """Characters that only a text of several lines may have."""
        return "\n\t"

    def schema(self) -> dict[str, Any]:
        """A text with its limits."""
        least = max(1, int(self.question.least)) if self.question.least is not None else 1
        return {"type": "string", "minLength": least, "maxLength": self.longest()}


@kind("long_text")
class Lines(Line):
    """A text of several lines."""

    most = LONG

    def read(self, sent: Fields) -> Read:
        """Lines end as they do elsewhere; browsers send two characters."""
        return Read(BREAKS.sub("\n", sent.text()) or None)

    def breaks(self) -> str:
        """Lines may end, and be indented."""
        return ""


class Patterned(Line):
    """A text that must be of a pattern."""

    own = ()
    pattern = re.compile("")
    rule = ""

    def of_kind(self, value: str) -> Iterator[Wrong]:
        """It is of the pattern."""
        if not self.pattern.fullmatch(value):
            yield wrong(self.rule)

    def schema(self) -> dict[str, Any]:
        """A text of the pattern."""
        return super().schema() | {"pattern": f"^(?:{self.pattern.pattern})$"}


@kind("email")
class Email(Patterned):
    """An e-mail address."""

    pattern, rule = EMAIL, "email"
    most = 254


@kind("phone")
class Phone(Patterned):
    """A telephone number, kept as it was typed."""

    pattern, rule = PHONE, "phone"
    most = 30

    def of_kind(self, value: str) -> Iterator[Wrong]:
        """It has as many digits as numbers have. Source: ITU-T E.164."""
        if not PHONE.fullmatch(value) or not 7 <= sum(each.isdigit() for each in value) <= 15:
            yield wrong("phone")

    def schema(self) -> dict[str, Any]:
        """The same: signs, and 7 to 15 digits among them."""
        return super().schema() | {"pattern": r"^(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*$)\+?[0-9() .-]{7,30}$"}


@kind("ni_number")
class NationalInsurance(Patterned):
    """A National Insurance number, kept in capitals without spaces."""

    pattern, rule = NI_NUMBER, "ni_number"
    most = 9

    def read(self, sent: Fields) -> Read:
        """Spaces and small letters are welcome."""
        return Read("".join(sent.text().split()).upper() or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is of the pattern, whatever its length."""
        if not isinstance(value, str):
            yield wrong("shape")
        else:
            yield from self.of_kind(value)

    def shown(self, value: Any) -> Text:
        """In pairs."""
        return same(" ".join(value[each : each + 2] for each in range(0, len(value), 2)))
