"""Answers of several parts: an address, a place on a map, bank details, the person who is to sign too."""

import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from townhall.kernel.catalogue.decisions.feel.kinds import ANY
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Uploads, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.kinds.dates import in_full
from townhall.kernel.catalogue.forms.kinds.numbers import exact
from townhall.kernel.catalogue.forms.kinds.texts import EMAIL, HIDDEN
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, same

POSTCODE = re.compile(r"(?:GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2})")
"""Source: BS 7666; I, C, K, M, O and V never stand in the last two places, with GIR 0AA the exception."""
LINE = r"[^\x00-\x1f\x7f]{1,200}"


def tidy(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())


def postcode(text: str) -> str:
    """A postcode in capitals, with its blank."""
    plain = "".join(text.split()).upper()
    return f"{plain[:-3]} {plain[-3:]}" if len(plain) > 4 else plain


def digits_in(text: str) -> str:
    """Digits without what people put between them."""
    return re.sub(r"[\s-]", "", text)


class Compound(Kind):
    """An answer with parts that are texts. `needed` is what is said where a part is missing, `patterns` what it is."""

    feel = ANY
    parts: tuple[str, ...] = ()
    needed: dict[str, str] = {}
    patterns: dict[str, re.Pattern[str]] = {}
    rules: dict[str, str] = {}
    tidying: dict[str, Callable[[str], str]] = {}

    def read(self, sent: Fields) -> Read:
        """The parts that were filled in."""
        found = {each: self.tidying.get(each, tidy)(sent.part(each).text()) for each in self.parts}
        kept: dict[str, Json] = {each: text for each, text in found.items() if text}
        return Read(kept or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """Each part is there and is what it should be."""
        if not isinstance(value, dict) or not set(value) <= set(self.parts):
            yield wrong("shape")
            return
        for part in self.parts:
            yield from self.check_part(part, value.get(part))

    def check_part(self, part: str, value: Json) -> Iterator[Wrong]:
        """What is wrong with one part."""
        if value is None or value == "":
            if part in self.needed:
                yield wrong(self.needed[part], part=part)
        elif not isinstance(value, str) or HIDDEN.search(value):
            yield wrong("shape", part=part)
        elif not self.patterns[part].fullmatch(value):
            yield wrong(self.rules.get(part, "shape"), part=part)

    def value(self, kept: Json) -> Value:
        """A context with every part, null where it is missing."""
        if not isinstance(kept, dict) or not kept:
            return None
        return {each: kept.get(each) if isinstance(kept.get(each), str) else None for each in self.parts}

    def shown(self, value: Any) -> Text:
        """A line for each part."""
        return same("\n".join(str(value[each]) for each in self.parts if value.get(each)))

    def schema(self) -> dict[str, Any]:
        """A text for each part."""
        parts = {each: {"type": "string", "pattern": f"^(?:{self.patterns[each].pattern})$"} for each in self.parts}
        needed = [each for each in self.parts if each in self.needed]
        return {"type": "object", "properties": parts, "required": needed, "additionalProperties": False}


@kind("address")
class Address(Compound):
    """An address, from the gazetteer or typed. A UPRN stands beside what was typed and never changes it."""

    parts = ("line_1", "line_2", "town", "county", "postcode", "uprn")
    needed = {"line_1": "line_1", "town": "town", "postcode": "no_postcode"}
    patterns = {each: re.compile(LINE) for each in parts[:4]} | {
        "postcode": POSTCODE,
        "uprn": re.compile(r"[0-9]{1,12}"),
    }
    rules = {"postcode": "postcode", "uprn": "uprn"}
    tidying = {"postcode": postcode}

    def shown(self, value: Any) -> Text:
        """As on an envelope."""
        return same("\n".join(str(value[each]) for each in self.parts[:-1] if value.get(each)))


@kind("bank_details")
class BankDetails(Compound):
    """A UK bank or building society account."""

    parts = ("account_name", "sort_code", "account_number", "roll_number")
    needed = {"account_name": "account_name", "sort_code": "sort_code", "account_number": "account_number"}
    patterns = {
        "account_name": re.compile(LINE),
        "sort_code": re.compile(r"[0-9]{6}"),
        "account_number": re.compile(r"[0-9]{6,8}"),
        "roll_number": re.compile(r"[A-Za-z0-9 ./-]{1,18}"),
    }
    rules = {each: each for each in parts}
    tidying = {"sort_code": digits_in, "account_number": digits_in}

    def shown(self, value: Any) -> Text:
        """The last digits alone: pages and copies are read over shoulders."""
        return same(f"{value['account_name']}\n{'•' * 6}\n{'•' * 4}{value['account_number'][-4:]}")


@kind("signature")
class Signature(Compound):
    """The second person who is to sign: a link is mailed to them. `signed_at` is set by that link alone."""

    parts = ("name", "email", "signed_at")
    needed = {"name": "signer", "email": "email"}
    patterns = {
        "name": re.compile(LINE),
        "email": EMAIL,
        "signed_at": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(?:Z|[+-][0-9]{2}:[0-9]{2})"),
    }
    rules = {"email": "email"}

    def read(self, sent: Fields) -> Read:
        """Whom to ask; nobody signs for another by sending a field."""
        found = {each: tidy(sent.part(each).text()) for each in ("name", "email")}
        kept: dict[str, Json] = {each: text for each, text in found.items() if text}
        return Read(kept or None)

    def foreign(self, value: Json, uploads: Uploads) -> Iterator[Wrong]:  # noqa: ARG002
        """Nobody signs for another by saying so."""
        if isinstance(value, dict) and "signed_at" in value:
            yield wrong("shape", part="signed_at")

    def shown(self, value: Any) -> Text:
        """The name and where the link goes; once it is signed, when."""
        asked = f"{value['name']}\n{value['email']}"
        if not value.get("signed_at"):
            return same(asked)
        day = in_full(date.fromisoformat(value["signed_at"][:10]))
        return Text(f"{asked}\nSigned on {day.en}", f"{asked}\nLlofnodwyd ar {day.cy}")

    def schema(self) -> dict[str, Any]:
        """Whom to ask; when it was signed is nobody's to send."""
        made = super().schema()
        del made["properties"]["signed_at"]
        return made


def is_within(value: Json, most: int) -> bool:
    """Whether it is a number of degrees within a limit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= most


@kind("place")
class Place(Kind):
    """A place on a map in WGS84, with words about it."""

    feel = ANY
    bounds = {"latitude": 90, "longitude": 180}

    def read(self, sent: Fields) -> Read:
        """Two numbers and the words."""
        if sent.is_blank():
            return Read()
        found: dict[str, Json] = {}
        for each in self.bounds:
            text = sent.part(each).text()
            if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text):
                return Read(None, wrong("place"))
            found[each] = float(text)
        words = tidy(sent.part("description").text())
        return Read(found | ({"description": words} if words else {}))

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is on the earth."""
        if not isinstance(value, dict) or not set(value) <= {*self.bounds, "description"}:
            yield wrong("shape")
            return
        words = value.get("description", "-")
        held = [(value.get(each), most) for each, most in self.bounds.items()]
        if not isinstance(words, str) or not re.fullmatch(LINE, words) or HIDDEN.search(words):
            yield wrong("shape", part="description")
        elif not all(is_within(each, most) for each, most in held):
            yield wrong("place")

    def value(self, kept: Json) -> Value:
        """A context of its two numbers and the words."""
        if not isinstance(kept, dict):
            return None
        words = kept.get("description")
        return {each: exact(kept.get(each)) for each in self.bounds} | {
            "description": words if isinstance(words, str) else None
        }

    def shown(self, value: Any) -> Text:
        """The words, else the numbers."""
        return same(value.get("description") or f"{value['latitude']:.5f}, {value['longitude']:.5f}")

    def schema(self) -> dict[str, Any]:
        """Two numbers and the words."""
        numbers = {each: {"type": "number", "minimum": -most, "maximum": most} for each, most in self.bounds.items()}
        words = {"type": "string", "pattern": f"^(?:{LINE})$"}
        return {
            "type": "object",
            "properties": numbers | {"description": words},
            "required": list(self.bounds),
            "additionalProperties": False,
        }
