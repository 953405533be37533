"""One page of a form: what is asked, what was sent for it, what is wrong with that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.catalogue.forms.engine import Checked, asked, checked
from townhall.kernel.catalogue.forms.model import Mistake, Page, Question
from townhall.kernel.catalogue.forms.raw import TooMuch
from townhall.kernel.catalogue.words import Text
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.models import Application
from townhall.residents.services.rules import Mark, Typed, What
from townhall.residents.services.views.adding import adjusted, take_places
from townhall.residents.services.views.choosing import take_files
from townhall.residents.services.views.flow import Flow, of_application, signed_in, to
from townhall.residents.services.views.holding import Held, held_again

STAYING = ("add", "remove", "find", "use", "drop", "put", "map")
"""What a button may do that leaves somebody on the page."""


@dataclass
class Sent:
    """What was sent for a page. `refused` are files that are not taken, each with the reason."""

    flow: Flow
    typed: Typed
    seen: int
    shown: frozenset[str]
    do: str
    refused: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    @property
    def page(self) -> Page:
        """The page of the form."""
        return self.flow.form.pages[self.flow.page]

    def checked(self, row: Application) -> Checked:
        """The answers with what was sent, and what is wrong. Raises TooMuch."""
        uploads = selectors.upload_of(row.files)
        return checked(self.flow.form, self.page.name, self.typed, row.answers, facts=self.flow.facts, uploads=uploads)


@require_http_methods(["GET", "POST"])
@of_application
def page(request: HttpRequest, flow: Flow, page: str) -> HttpResponse:
    """Show a page of the form, or take what was sent for it."""
    if page not in flow.pages():
        return to(flow.next_url())
    if request.method != "POST":
        return opened(flow, held_again(request, flow.application, page))
    seen = request.POST.get("_number", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        nothing = [{"text": _("Nothing arrived with that. What you typed before is still here."), "href": "#main"}]
        return shown(flow, flow.application.typed.get(page), errors=nothing, status=422)
    return take(request, flow, int(seen))


def opened(flow: Flow, held: Held | None) -> HttpResponse:
    """The page as it is kept, or with what was posted while nobody was signed in: that is not kept yet."""
    if held is None:
        return shown(flow, flow.application.typed.get(flow.page))
    return shown(flow, rules.only_of(flow.form.pages[flow.page].questions, held.fields), held=held)


def take(request: HttpRequest, flow: Flow, seen: int) -> HttpResponse:
    """What was sent: to be kept as answers, or as it is where it cannot be one yet."""
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    questions = flow.form.pages[flow.page].questions
    do, shown_there = request.POST.get("_do", "continue"), frozenset(request.POST.getlist("_shown"))
    if any(name.startswith("_map.") and name.endswith(".x") for name in named):
        do = "map"
    sent = Sent(flow, rules.only_of(questions, named), seen, shown_there, do)
    keep_one = partial(actions.keep_file, application=flow.application, by=signed_in(request), at=timezone.now())
    sent.refused = take_files(request, sent.typed, partial(rules.question_at, flow.form, flow.page), keep_one)
    take_places(request.POST, flow, sent.typed)
    try:
        if sent.refused:
            return kept_as_typed(sent)
        if sent.do.partition(":")[0] in STAYING:
            return adjust(request, sent)
        return keep(sent)
    except TooMuch as problem:
        return shown(flow, flow.application.typed.get(flow.page), errors=[{"text": str(problem)}], status=413)


def adjust(request: HttpRequest, sent: Sent) -> HttpResponse:
    """One item more or less, an address from the gazetteer, a file fewer: then the page again, at the same place."""
    flow, names = sent.flow, tuple(each.name for each in sent.page.questions)
    if flow.application.pages.get(flow.page, 0) > sent.seen:
        return shown(flow, sent.typed, clash=rules.Clash(flow.page, names), status=409)
    found = adjusted(request.POST, flow, sent.typed, sent.do)
    with actions.changing(flow.application, timezone.now()) as row:
        actions.keep_typed(row, flow.page, found.typed)
        actions.forget_files(row, found.gone)
        actions.count(row, [Mark(flow.page, What.REACHED)], at_page=flow.page)
    return to(f"{sent.flow.request.get_full_path()}#{found.anchor}")


def kept_as_typed(sent: Sent) -> HttpResponse:
    """Keep what was typed as it is, and show the page with the files that were not taken."""
    told = [Mistake(each["question"], "", rules.FILE, Text(each["text"])) for each in sent.refused]
    with actions.changing(sent.flow.application, timezone.now()) as row:
        actions.keep_typed(row, sent.flow.page, sent.typed)
        count(sent, row, told, is_kept=False)
    return shown(sent.flow, sent.typed, errors=sent.refused, status=422)


def keep(sent: Sent) -> HttpResponse:
    """Keep the answers where they are as they should be. Nothing of another window is overwritten unseen."""
    flow, is_saving = sent.flow, sent.do == "save"
    with actions.changing(flow.application, timezone.now()) as row:
        sent.typed = rules.without_blank_items(sent.typed, sent.page.questions)
        found = sent.checked(row)
        names = [each.name for each in sent.page.questions]
        lost = rules.clash(
            flow.page, names, seen=sent.seen, kept=row.pages, before=row.answers, after=found.answers
        )  # fmt: skip
        is_kept, told = lost is None and not found.mistakes, found_by(sent, found) if lost is None else []
        if is_kept:
            actions.keep_page(row, flow.page, found.answers)
        elif lost is None or is_saving:
            actions.keep_typed(row, flow.page, sent.typed)
        count(sent, row, told, is_kept=is_kept)
    if not is_kept:
        flow.forget()
    if lost is not None and not is_saving:
        return shown(flow, sent.typed, clash=lost, status=409)
    if is_saving:
        return to(flow.url("kept"))
    if not found.mistakes:
        return to(flow.after_url())
    if not told:
        return to(flow.request.get_full_path())
    return shown(flow, sent.typed, mistakes=told, status=422)


def found_by(sent: Sent, found: Checked) -> list[Mistake]:
    """The mistakes that are told: not those in what an answer brings up and nobody has seen yet."""
    return [each for each in found.mistakes if each.question in sent.shown or not sent.shown]


def count(sent: Sent, row: Application, told: Sequence[Mistake], *, is_kept: bool) -> None:
    """Count what came of a page that was sent: it goes on, is kept for later, or is not taken for what is told."""
    page, after = sent.page, sent.flow.going_to(row) if is_kept else sent.page.name
    marks = [Mark(page.name, What.REACHED)]
    if sent.do == "save":
        marks.append(Mark("", What.SAVED))
    elif told:
        marks += rules.refusal(page, told)
    if is_kept:
        marks += [Mark(page.name, What.ANSWERED), Mark(after, What.REACHED)]
    actions.count(row, marks, at_page=after)


@dataclass(frozen=True)
class Shown:
    """A page as it will be shown, with what stands in it."""

    flow: Flow
    typed: Mapping[str, Sequence[str]]
    mistakes: Sequence[Mistake]

    @cached_property
    def page(self) -> Page:
        """The page of the form."""
        return self.flow.form.pages[self.flow.page]

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The answers as they would be with what stands in the page."""
        application, uploads = self.flow.application, selectors.upload_of(self.flow.application.files)
        return checked(
            self.flow.form, self.page.name, self.typed, application.answers, facts=self.flow.facts, uploads=uploads
        ).answers

    @cached_property
    def places(self) -> frozenset[str]:
        """Where a question is asked now: `things.1.what`."""
        pages = asked(self.flow.form, self.answers, self.flow.facts).pages
        return frozenset(each.name for found in pages if found.page is self.page for each in found.questions)

    def fields(self) -> tuple[rules.Field, ...]:
        """Its fields."""
        return rules.fields_on(self.page.questions, self.typed, self.mistakes, self.places | self.inside())

    def inside(self) -> frozenset[str]:
        """Where a question inside a group is asked now."""
        return selectors.asked_inside(self.flow.form, self.page, self.answers, self.typed, self.flow.facts)


def shown(
    flow: Flow, typed: Mapping[str, Sequence[str]] | None, *, mistakes: Sequence[Mistake] = (),
    errors: Sequence[dict[str, str]] = (), clash: rules.Clash | None = None, status: int = 200,
    held: Held | None = None,
) -> HttpResponse:  # fmt: skip
    """The page with what stands in it, what is wrong, and what another window has kept."""
    page, spoken = flow.form.pages[flow.page], selectors.language()
    standing = typed if typed is not None else rules.typed_of(page.questions, flow.application.answers)
    made = Shown(flow, standing, mistakes)
    questions = flow.form.questions
    told = [
        {"text": rules.told_of(each, spoken), "href": "#" + rules.anchor(each, question_of(questions, each))}
        for each in mistakes
    ]
    fields = made.fields()
    is_title = len(fields) == 1 and page.title == fields[0].question.label and page.text is None
    extra = {
        "found": selectors.found_addresses(fields, standing), "points": selectors.points_of(fields),
        "files": flow.application.files, "known": known_now(flow),
    }  # fmt: skip
    return flow.show(
        "page.html", status=status, held=held, clash=clash, page=page, fields=fields, errors=[*told, *errors],
        extra=extra,
        title_words=page.title.said(spoken), is_title=is_title, others=theirs(flow, clash, spoken),
        answers=before(flow, page), told=selectors.facts_in_json(flow.facts),
        sheet_url=reverse("services:sheet", args=[flow.application.version_id]),
    )  # fmt: skip


def known_now(flow: Flow) -> set[str]:
    """The questions whose answers are still those that the account gave."""
    kept, known = flow.application.answers, flow.application.prefilled
    return {name for name, value in known.items() if kept.get(name) == value}


def question_of(questions: Mapping[str, Question], mistake: Mistake) -> Question:
    """The question that a message is about."""
    return questions[mistake.question.rpartition(".")[2]]


def theirs(flow: Flow, clash: rules.Clash | None, spoken: str) -> list[tuple[str, str]]:
    """What another window has kept meanwhile, in words."""
    rows = selectors.rows_of(flow.application, timezone.now()) if clash else []
    return [
        (each.label.said(spoken), each.answer.said(spoken) if each.answer else "")
        for each in rows
        if clash and each.question.partition(".")[0] in clash.questions
    ]


def before(flow: Flow, page: Page) -> dict[str, Any]:
    """The answers of other pages, for conditions in the browser."""
    own = {each.name for each in page.questions}
    return {name: value for name, value in flow.application.answers.items() if name not in own}
