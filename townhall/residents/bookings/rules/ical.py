"""Calendar files (RFC 5545): lines folded at 75 octets, texts escaped, moments in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar. `uid` stays the same when it changes; `number` rises then."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    text: str = ""
    place: str = ""
    url: str = ""
    number: int = 0
    is_firm: bool = True


def calendar(entries: Iterable[Entry], *, name: str, at: datetime, host: str) -> bytes:
    """A calendar of entries, as it was at a moment."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//Townhall//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]  # fmt: skip
    for each in entries:
        lines += event(each, at, host)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def event(entry: Entry, at: datetime, host: str) -> Iterator[str]:
    """The lines of an entry."""
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@{host}"
    yield f"DTSTAMP:{moment(at)}"
    yield f"SEQUENCE:{entry.number}"
    yield f"DTSTART:{moment(entry.begins)}"
    yield f"DTEND:{moment(entry.ends)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"STATUS:{'CONFIRMED' if entry.is_firm else 'TENTATIVE'}"
    told = {"DESCRIPTION": escaped(entry.text), "LOCATION": escaped(entry.place), "URL": entry.url}
    yield from (f"{name}:{value}" for name, value in told.items() if value)
    yield "END:VEVENT"


def moment(at: datetime) -> str:
    """A moment in UTC."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text as a value: nothing of it can begin another line or property (section 3.3.11)."""
    plain = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign >= " ")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 octets, going on after a break and a blank; no letter is cut in two (section 3.1)."""
    parts, now = list[str](), ""
    for sign in line:
        room = LONGEST if not parts else LONGEST - 1
        if len((now + sign).encode()) > room:
            parts.append(now)
            now = ""
        now += sign
    return "\r\n ".join([*parts, now])
