"""Addresses that people sign in with, and places on this site to go on to: pure functions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Channel = Literal["email", "sms"]
EMAIL = re.compile(
    r"[^@\s\x00-\x1f\"(),:;<>\[\\\]]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.I
)
UK_NUMBER = re.compile(r"\+44[1-9]\d{8,9}")
UK_MOBILE = re.compile(r"\+447\d{9}")
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that a code can be sent to, in its stored form."""

    channel: Channel
    address: str

    @property
    def shown(self) -> str:
        """The address as its owner writes it."""
        return national(self.address) if self.channel == "sms" else self.address


def contact(typed: str) -> Contact | None:
    """What was typed as an e-mail address or a UK mobile number; None where it is neither."""
    if "@" in typed:
        address = tidy_email(typed)
        return Contact("email", address) if address else None
    number = tidy_phone(typed)
    return Contact("sms", number) if UK_MOBILE.fullmatch(number) else None


def tidy_email(typed: str) -> str:
    """The address without blanks around it and with its domain in lower case; empty where it cannot be one."""
    name, _, domain = typed.strip().rpartition("@")
    address = f"{name}@{domain.lower()}"
    return address if len(address) <= 254 and EMAIL.fullmatch(address) else ""


def tidy_phone(typed: str) -> str:
    """A UK telephone number in international form, as in +447700900142; empty where it cannot be one."""
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", typed)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+44{digits[1:]}"
    digits = re.sub(r"^\+440", "+44", digits)
    return digits if UK_NUMBER.fullmatch(digits) else ""


def national(number: str) -> str:
    """A stored number as it is written in this country, as in 07700 900142."""
    if not number.startswith("+44"):
        return number
    digits = f"0{number[3:]}"
    return f"{digits[:5]} {digits[5:]}"


def tidy_postcode(typed: str) -> str:
    """A postcode in capitals with its blank, as in NM2 6RD; empty where it cannot be one."""
    found = POSTCODE.fullmatch(re.sub(r"\s", "", typed).upper())
    return f"{found[1]} {found[2]}" if found else ""


def masked(contact_: Contact) -> str:
    """Enough of an address for its owner to know it, and too little for anyone else."""
    if contact_.channel == "sms":
        return f"… {contact_.address[-3:]}"
    name, _, domain = contact_.address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def path_here(address: str) -> str:
    """`address` where it is a path on this site; empty for anything that a browser could take elsewhere."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    is_plain = not re.search(r"[\x00-\x20\x7f\\]", address)
    return address if is_path and is_plain else ""


def sees_all(roles: Iterable[str]) -> bool:
    """Whether these roles see every case: the front desk answers for all teams, managers and administrators too."""
    return bool({"call_handler", "manager", "administrator"} & set(roles))


def sees_unassigned(roles: Iterable[str]) -> bool:
    """Whether these roles see cases that no team has yet."""
    return "officer" in set(roles) or sees_all(roles)


def device(user_agent: str) -> str:
    """A browser and its machine in a few words, as in `Firefox, Windows`; the first words where neither is known."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    machines = {name: name for name in ("iPhone", "iPad", "Android", "Windows")} | {
        "Macintosh": "Mac",
        "Linux": "Linux",
    }
    found = [next((name for sign, name in known.items() if sign in user_agent), "") for known in (browsers, machines)]
    return ", ".join(filter(None, found)) or user_agent[:40] or "?"
