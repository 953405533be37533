"""What is sent with a message to a process: its words and files, taken once and whole, or said why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.catalogue.forms.model import Mistake
from townhall.kernel.catalogue.forms.raw import TooMuch
from townhall.kernel.catalogue.words import same
from townhall.kernel.identity.models import Person
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.rules import Choosing, Typed
from townhall.residents.services.selectors import Telling
from townhall.residents.services.views.choosing import take_files


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent with a message and is not told: what stands in the page, what is wrong with it, and its files."""

    typed: Typed = field(default_factory=dict[str, list[str]])
    mistakes: Sequence[Mistake] = ()
    errors: Sequence[Mapping[str, str]] = ()
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return 422 if self.mistakes or self.errors else 200


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a message: a colleague (`by`), the person whose files they are, or an organisation by its name. `whose`
    is the key of the person, or the hash of the secret of the link or browser.
    """

    whose: str
    by: Person | None = None
    owner: Person | None = None
    source: str = ""


def take(request: HttpRequest, telling: Telling, sender: Sender) -> Sent | None:
    """Tell the process what was sent; what is wrong with it, or None where it is told, now or by the same request
    before. Files of what is not told wait with it for a day.
    """
    questions = {each.name: each for each in selectors.questions_of(telling.form)}
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    typed, at = rules.only_of(list(questions.values()), named), timezone.now()
    choosing = Choosing(telling.application.pk, f"message:{telling.message}", sender.whose)
    keep = partial(actions.keep_waiting, choosing=choosing, by=sender.by or sender.owner, at=at)
    refused = take_files(request, typed, questions.get, keep)
    do, _colon, place = request.POST.get("_do", "").partition(":")
    if do == "drop":
        actions.forget_waiting(choosing, [place.rpartition(".")[2]])
    files = selectors.waiting_files(choosing, at)
    told = [Mistake(each["question"], each["question"], rules.FILE, same(each["text"])) for each in refused]
    sent = Sent(typed, told, files=files)
    try:
        return _told(request, telling, sent, choosing, sender)
    except TooMuch:
        chosen = {name: [each for each in values if each in files] for name, values in typed.items()}
        return replace(sent, typed=chosen, errors=[_on_page(_("That is more than can be sent with this"))])


def _told(
    request: HttpRequest, telling: Telling, sent: Sent, choosing: Choosing, sender: Sender
) -> Sent | None:  # fmt: skip
    """Tell it with its files; what stands in the way, a file refused or taken back too, or None. Raises TooMuch."""
    form, at, seen = telling.form, timezone.now(), frozenset(request.POST.getlist("_shown"))
    uploads = selectors.upload_of(sent.files)
    found = selectors.result_of(form, sent.typed, at, uploads)
    if sent.mistakes or request.POST.get("_do", "").startswith("drop"):
        return sent
    more = selectors.come_up(form, sent.typed, seen, at, uploads)
    if more:
        return replace(sent, mistakes=[each for each in found.mistakes if each.question in seen], errors=[more])
    if found.mistakes:
        return replace(sent, mistakes=found.mistakes)
    try:
        actions.send_message(
            application=telling.application, message=telling.message, said=found.answers, choosing=choosing,
            by=sender.by, at=at, source=sender.source, seen=seen_number(request),
        )  # fmt: skip
    except (actions.Refused, actions.Unreadable) as problem:
        if not selectors.is_told(telling.application, telling.message, found.answers):
            return replace(sent, errors=[_on_page(_why(problem, telling))])
        actions.forget_waiting(choosing)
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
            telling.application.version, telling.form_name, sent.typed, sent.mistakes, timezone.now(),
            files=sent.files,
        ),
        "errors": [*selectors.told_mistakes(telling.form, sent.mistakes), *sent.errors],
        "action": request.get_full_path(), "number": selectors.number_of(telling.application),
    }  # fmt: skip
