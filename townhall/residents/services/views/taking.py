"""What is sent with a message to a process: its words and files, taken once and whole, or said why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.catalogue.forms.model import Mistake
from townhall.kernel.catalogue.forms.raw import TooMuch
from townhall.kernel.catalogue.words import Text
from townhall.kernel.documents.selectors import words_of
from townhall.kernel.identity.models import Person
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.rules import Typed
from townhall.residents.services.selectors import Telling


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent with a message and cannot be taken: what stands in the page, and what is wrong with it."""

    typed: Typed = field(default_factory=dict[str, list[str]])
    mistakes: Sequence[Mistake] = ()
    errors: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a message: a colleague (`by`), the person whose files they are, or an organisation by its name."""

    by: Person | None = None
    owner: Person | None = None
    source: str = ""


def take(request: HttpRequest, telling: Telling, sender: Sender) -> Sent | None:
    """Tell the process what was sent; what is wrong with it, or None where it is told, now or by the same request
    before. Files of what is not told are not kept.
    """
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    typed, files = rules.only_of(selectors.questions_of(telling.form), named), actions.Kept()
    try:
        files = actions.keep_for_message(
            application=telling.application, files=_files(request, telling), by=sender.by or sender.owner,
            at=timezone.now(),
        )  # fmt: skip
        sent = _told(request, telling, typed, files, sender)
    except actions.FileNotTaken as problem:
        said = f"{problem.name}: {words_of(problem.why)}"
        return Sent(typed, [Mistake(problem.place, problem.place, rules.FILE, Text(said, said))])
    except actions.TooManyFiles:
        return Sent(typed, (), [_on_page(_("There are as many files already as this may have"))])
    except TooMuch:
        sent = Sent({}, (), [_on_page(_("That is more than can be sent with this"))])
    except Exception:
        actions.forget_kept(files)
        raise
    if sent is not None:
        actions.forget_kept(files)
    return sent


def _files(request: HttpRequest, telling: Telling) -> list[tuple[str, Any]]:
    """The files that were sent, each for a question of the form."""
    wanted = {f"_file.{each.name}": each.name for each in selectors.questions_of(telling.form) if each.kind == "files"}
    return [(wanted[name], file) for name, files in request.FILES.lists() if name in wanted for file in files]


def _told(
    request: HttpRequest, telling: Telling, typed: Typed, files: "actions.Kept", sender: Sender
) -> Sent | None:  # fmt: skip
    """Tell it with its files; what stands in the way, or None. Raises TooMuch."""
    form, at = telling.form, timezone.now()
    places = {one["at"] for one in files.values()}
    held = typed | {name: [key for key, one in files.items() if one["at"] == name] for name in places}
    found = selectors.result_of(form, held, at, selectors.upload_of(files))
    seen = frozenset(request.POST.getlist("_shown"))
    chosen = _("Choose the files again: they are not kept until the rest is right")
    again = [{"text": chosen, "href": f"#{place}"} for place in sorted(places)]
    if more := selectors.come_up(form, held, seen, at):
        return Sent(typed, [each for each in found.mistakes if each.question in seen], [more, *again])
    if found.mistakes:
        return Sent(typed, found.mistakes, again)
    try:
        actions.send_message(
            application=telling.application, message=telling.message, said=found.answers, files=files, by=sender.by,
            at=at, source=sender.source, seen=seen_number(request),
        )  # fmt: skip
    except (actions.Refused, actions.Unreadable) as problem:
        if selectors.is_told(telling.application, telling.message, found.answers):
            actions.forget_kept(files)
            return None
        return Sent(typed, (), [_on_page(_why(problem, telling)), *again])
    return None


def _why(problem: Exception, telling: Telling) -> str:
    """Why a message is not taken."""
    now = selectors.telling_of(telling.application, telling.message)
    if now is None or not now.is_waited:
        return _("We no longer wait for this, so nothing was sent. Ring or write to us, with the reference.")
    if isinstance(problem, actions.MovedOn):
        return _("Something else has happened meanwhile. Look whether you still want to send this, and send it again.")
    return _("The process does not take that: %(why)s") % {"why": problem}


def _on_page(text: str) -> dict[str, str]:
    return {"text": text, "href": "#main"}


def seen_number(request: HttpRequest) -> int:
    """How far the process had come when the page was made; none that there is where that is not said."""
    number = request.POST.get("_number", "")
    return int(number) if number.isdecimal() and len(number) < 10 else -1


def shown(request: HttpRequest, telling: Telling, sent: Sent) -> dict[str, Any]:
    """What a page shows of the form of a message."""
    spoken = selectors.language()
    return {
        "title_words": telling.title.said(spoken), "language": spoken, "case": telling.application.case,
        "asking": selectors.in_page(
            telling.application.version, telling.form_name, sent.typed, sent.mistakes, timezone.now()
        ),
        "errors": [*selectors.told_mistakes(telling.form, sent.mistakes), *sent.errors],
        "action": request.get_full_path(), "number": selectors.number_of(telling.application),
    }  # fmt: skip
