"""Answers that are a number or an amount of money."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.kinds import NUMBER
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, same

WRITTEN = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,15})?")
DIGITS = 15
"""So many digits go through JSON and back without a change."""
LARGEST = 10**DIGITS


def kept(number: Decimal) -> Json:
    """A number as JSON has it."""
    return int(number) if number == number.to_integral_value() else float(number)


def exact(value: Any) -> Decimal | None:
    """The number that an answer is; none where it is no number, or more than JSON can keep."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return Decimal(value) if -LARGEST < value < LARGEST else None
    found = Decimal(repr(value)) if isinstance(value, float) else value
    return found if found.is_finite() and abs(found) < LARGEST and digits(found) <= DIGITS else None


def digits(number: Decimal) -> int:
    """How many digits a number has, those after its point too."""
    held = number.as_tuple()
    return max(len(held.digits), -held.exponent) if isinstance(held.exponent, int) else DIGITS + 1


def places(number: Decimal) -> int:
    """How many digits stand after its point."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@kind("number")
class Number(Kind):
    """A number: whole, or with so many decimals."""

    own = ("min", "max", "decimals")
    feel = NUMBER
    signs = ""

    def decimals(self) -> int:
        """How many digits may stand after the point."""
        return self.question.decimals

    def unread(self) -> str:
        """The rule that a text breaks that is no number."""
        return "number" if self.question.decimals else "whole"

    def read(self, sent: Fields) -> Read:
        """Commas between thousands are welcome."""
        text = "".join(sent.text().split())
        text = text.removeprefix(self.signs) if self.signs else text
        if not text:
            return Read()
        if not WRITTEN.fullmatch(text):
            return Read(None, wrong(self.unread()))
        found = Decimal(text.replace(",", ""))
        if digits(found) > DIGITS:
            return Read(None, wrong(self.unread()))
        return Read(kept(found))

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is a number within its limits."""
        found = exact(value)
        too_fine = isinstance(value, float) and abs(value) < LARGEST
        if found is None and not too_fine:
            yield wrong("shape")
        elif found is None or places(found) > self.decimals():
            yield wrong("decimals" if self.question.decimals else self.unread())
        elif self.question.least is not None and found < self.question.least:
            yield wrong("too_small")
        elif self.question.most is not None and found > self.question.most:
            yield wrong("too_large")

    def value(self, kept: Json) -> Value:
        """A decimal."""
        return exact(kept)

    def shown(self, value: Any) -> Text:
        """With commas between thousands."""
        return same(f"{exact(value):,}" if exact(value) is not None else "")

    def schema(self) -> dict[str, Any]:
        """A number with its limits."""
        made: dict[str, Any] = {"type": "number" if self.decimals() else "integer"}
        made["minimum"] = kept(self.question.least) if self.question.least is not None else 1 - LARGEST
        made["maximum"] = kept(self.question.most) if self.question.most is not None else LARGEST - 1
        if self.decimals():
            made["x-decimals"] = self.decimals()
        return made


@kind("money")
class Money(Number):
    """An amount in pounds, with or without pence."""

    own = ("min", "max")
    signs = "£"

    def decimals(self) -> int:
        """Pence."""
        return 2

    def unread(self) -> str:
        """An amount of money."""
        return "money"

    def shown(self, value: Any) -> Text:
        """With its pence where there are any."""
        found = exact(value)
        if found is None:
            return same("")
        amount = f"{abs(found):,.2f}".removesuffix(".00")
        return same(f"{'-' if found < 0 else ''}£{amount}")
