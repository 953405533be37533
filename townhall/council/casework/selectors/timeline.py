"""A case's timeline in words for officers: what happened, who did it, what the public sees of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.council.casework.selectors import copies, names
from townhall.kernel.cases.models import Case, Entry

SHOWN = ("all", "public", "notes")
NOTES = frozenset({"note", "contact"})
MOST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: a status shape (`code`) or an outline `glyph`, its title and words, and by whom."""

    number: int
    kind: str
    title: str
    text: str
    small: str
    code: str
    glyph: str
    at: datetime
    who: str
    is_public: bool

    @property
    def is_note(self) -> bool:
        """Whether it is a private note, or a contact, which stands out."""
        return self.kind in NOTES


Words = tuple[str, str, str]
"""Title, text, small print."""


def lines(case: Case) -> list[Line]:
    """The newest MOST entries of a case, newest first. One statement."""
    entries = Entry.objects.filter(case=case).select_related("actor").order_by("-number")
    return [line(entry) for entry in entries[:MOST]]


def shown(found: Iterable[Line], which: str) -> list[Line]:
    """All lines, the public ones, or the notes."""
    if which == "public":
        return [each for each in found if each.is_public]
    return [each for each in found if each.is_note] if which == "notes" else list(found)


def line(entry: Entry) -> Line:
    """An entry in words."""
    title, text, small = _WORDS.get(entry.kind, _plain)(entry)
    return Line(
        number=entry.number, kind=entry.kind, title=title, text=text, small=small, at=entry.at,
        is_public=entry.is_public, code=_CODES.get(entry.kind) or entry.status, glyph=_GLYPHS.get(entry.kind, ""),
        who=entry.actor.name if entry.actor else _("System"),
    )  # fmt: skip


def _plain(entry: Entry) -> Words:
    return entry.kind.replace("_", " ").capitalize(), names.said(entry), ""


def _status(entry: Entry) -> Words:
    if authority := entry.data.get("authority"):
        return _("Passed to %(name)s") % {"name": authority}, names.said(entry), ""
    return names.status(entry.case, entry.status) if entry.status else _("Status"), names.said(entry), ""


def _assigned(entry: Entry) -> Words:
    name = entry.data.get("assignee")
    return (_("Given to %(name)s") % {"name": name}) if name else _("Nobody has it now"), names.said(entry), ""


def _passed(entry: Entry) -> Words:
    return _("Passed to %(name)s") % {"name": entry.data.get("team", "")}, str(entry.data.get("reason", "")), ""


def _reply(entry: Entry) -> Words:
    return _("Reply, public") if entry.is_public else _("Reply to the reporter"), names.said(entry), ""


def _update(entry: Entry) -> Words:
    says = {"still_there": _("Still there"), "fixed": _("It is fixed")}.get(str(entry.data.get("says")))
    title = f"“{says}”" if says else _("Update from the public")
    return title, names.said(entry), "" if entry.is_public else _("Not shown in public yet")


def _joined(entry: Entry) -> Words:
    if reference := entry.data.get("to"):
        return _("Joined to %(reference)s") % {"reference": reference}, "", ""
    return _("%(reference)s joined to this") % {"reference": entry.data.get("from", "")}, "", ""


def _task(entry: Entry) -> Words:
    titles = {
        "set": _("Task set"), "done": _("Task done"), "undone": _("Task not done after all"), "given": _("Task given"),
        "freed": _("Task waits for somebody again"),
    }  # fmt: skip
    about, why = str(entry.data.get("title", "")), entry.text
    return titles.get(str(entry.data.get("did")), _("Task")), f"{about}: {why}" if why else about, ""


def _step(entry: Entry) -> Words:
    """A step of a service's process: the state that it came to, or what happened in one."""
    did = {
        "done": _("Done"), "failed": _("Could not be done"), "due": _("The time has come"),
        "message": _("A message came"), "jump": _("Put there by hand"), "cancelled": _("Stopped"),
        "undone": _("Taken back"), "note": _("Note"), "transferred": _("Goes on with another version"),
    }.get(str(entry.data.get("did")), "")  # fmt: skip
    state = names.said(entry)
    return f"{state}: {did}" if did else state, str(entry.data.get("note") or ""), ""


def _letter(entry: Entry) -> Words:
    words = {"email": _("e-mail"), "sms": _("text"), "post": _("post")}
    channels = sorted((entry.data.get("channels") or {}).items())
    sent = [f"{number} {words.get(channel, channel)}" for channel, number in channels]
    return _("Letter sent"), str(entry.data.get("title") or entry.data.get("template") or ""), ", ".join(sent)


def _contact(entry: Entry) -> Words:
    minutes = int(entry.data.get("minutes") or 0)
    small = ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes} if minutes else ""
    words = copies.named()
    sent = [words[code] for code in entry.data.get("sent") or [] if code in words]
    return _("They got in touch"), names.said(entry), "; ".join(filter(None, (small, *sent)))


def _satisfied(entry: Entry) -> Words:
    good = entry.data.get("is_satisfied")
    return (
        _("The reporter says it was put right") if good else _("The reporter says it was not put right"),
        names.said(entry),
        "",
    )


def _says(title: Callable[[], str]) -> Callable[[Entry], Words]:
    return lambda entry: (title(), names.said(entry), "")


def _resolved(entry: Entry) -> Words:
    return names.status(entry.case, entry.status), names.said(entry), ""


_WORDS: dict[str, Callable[[Entry], Words]] = {
    "received": _says(lambda: _("Received")),
    "routed": _says(lambda: _("Sent to a team by rule")),
    "status": _status,
    "assigned": _assigned,
    "passed": _passed,
    "reply": _reply,
    "note": _says(lambda: _("Note, not public")),
    "contact": _contact,
    "letter": _letter,
    "paused": _says(lambda: _("Clock paused")),
    "resumed": _says(lambda: _("Clock runs again")),
    "date": _says(lambda: _("New date promised")),
    "missed": _says(lambda: _("Date missed")),
    "category": _says(lambda: _("Category changed")),
    "joined": _joined,
    "update": _update,
    "resolved": _resolved,
    "reopened": _says(lambda: _("Opened again")),
    "task": _task,
    "step": _step,
    "undone": _says(lambda: _("The step before was undone")),
    "satisfied": _satisfied,
    "redacted": _says(lambda: _("Words were taken out")),
}
_CODES: dict[str, str] = {"missed": "missed", "paused": "waiting"}
_GLYPHS: dict[str, Any] = {
    "routed": "right", "assigned": "person", "passed": "right", "reply": "letter", "note": "note", "contact": "call",
    "letter": "letter", "date": "system", "category": "system", "joined": "link", "update": "words", "task": "system",
    "undone": "left", "satisfied": "words", "redacted": "system", "resumed": "system",
}  # fmt: skip
