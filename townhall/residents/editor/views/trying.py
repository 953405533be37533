"""Trying a draft: its form filled in without sending anything, what would happen then, and its examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.browser import sheet
from townhall.kernel.catalogue.forms.engine import TooMuch, Upload, asked, checked, summary
from townhall.kernel.catalogue.forms.model import Mistake
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.recording import Recorded, as_example, recorded, waiting
from townhall.kernel.geo import selectors as geo
from townhall.residents.editor import selectors
from townhall.residents.editor.rules import trials
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.rules.trials import Trial
from townhall.residents.editor.views.desk import Desk, of_draft
from townhall.residents.services import rules
from townhall.residents.services import selectors as services

END = "_end"


@dataclass
class Bench:
    """A draft that is tried: what was answered so far, and the page that is looked at; `_end` after the last."""

    desk: Desk
    package: Package
    trial: Trial
    page: str
    typed: Mapping[str, Sequence[str]] | None = None
    mistakes: Sequence[Mistake] = ()
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    uploads: dict[str, Upload] = field(default_factory=dict[str, Upload])

    def pages(self) -> list[str]:
        """The pages that have something to fill in."""
        found = asked(self.package.form, self.trial.answers, self.facts).pages
        return [each.page.name for each in found if any(not question.is_computed for question in each.questions)]

    def shown(self) -> dict[str, Any]:
        """What the page's template needs."""
        form, names = self.package.form, self.pages()
        if self.page != END and self.page not in form.pages:
            self.page = names[0] if names else END
        more = self.end() if self.page == END else self.fields(names)
        told = {"bench": self, "trial": self.trial.as_text(), "try_page": self.page}
        facts = services.facts_in_json(self.facts)
        return told | {"kept_answers": dict(self.trial.answers), "told_facts": facts} | more

    def fields(self, names: list[str]) -> dict[str, Any]:
        """A page of the form with its fields."""
        form, spoken = self.package.form, self.desk.language
        page = form.pages[self.page]
        standing = self.typed if self.typed is not None else rules.typed_of(page.questions, self.trial.answers)
        fields = rules.fields_on(page.questions, standing, self.mistakes, self.asked_now(standing))
        files = {key: {"name": each.name} for key, each in self.uploads.items()}
        return {
            "fields": fields, "form_page": page, "page_title": page.title.said(spoken), "try_steps": len(names),
            "try_step": names.index(page.name) + 1 if page.name in names else 0,
            "errors": [{"text": each.text.said(spoken)} for each in self.mistakes],
            "extra": {"found": {}, "points": services.points_of(fields), "files": files, "known": ()},
        }  # fmt: skip

    def asked_now(self, standing: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """The questions of the page that are asked with what stands in it."""
        form, facts, kept = self.package.form, self.facts, self.trial.answers
        page = form.pages[self.page]
        try:
            answers = checked(form, page.name, standing, kept, facts=facts, uploads=self.uploads).answers
        except TooMuch:
            answers = dict(kept)
        pages = asked(form, answers, facts).pages
        now = frozenset(one.name for each in pages if each.page is page for one in each.questions)
        return now | services.asked_inside(form, page, answers, standing, facts)

    def end(self) -> dict[str, Any]:
        """The answers in words, and what comes of them."""
        found = self.record()
        rows = [
            (each.label.said(self.desk.language), each.answer.said(self.desk.language) if each.answer else "")
            for each in summary(self.package.form, self.trial.answers, facts=self.facts)
        ]
        last = found.outcomes[-1] if found.outcomes else None
        return {
            "rows": rows, "found": found, "node": self.package.process.nodes,
            "may": waiting(self.package, last) if last and not last.refused else [], "last": last,
        }  # fmt: skip

    def record(self) -> Recorded:
        """The case taken through, as far as somebody has taken it."""
        if not selectors.may_run(self.desk.draft):
            told = _("What happens is shown once nothing is wrong in the form and the process.")
            return Recorded((), {"": {"": told}})
        happens = self.trial.happens or ((begins_at(timezone.now()), "", "", ""),)
        self.trial = Trial(self.trial.answers, happens)
        rows = [trials.happening(Place(""), each) for each in happens]
        try:
            return recorded(self.package, self.trial.answers, rows, at=happens[0][0], nation=authority.ours().nation)
        except (ValueError, LimitReached, TooMuch) as problem:
            return Recorded((), {"": {"": str(problem)}})


def begins_at(now: datetime) -> str:
    """Ten o'clock of today here, as examples say it."""
    return f"{timezone.localtime(now):%Y-%m-%d} 10:00"


def pane(desk: Desk, page: str = "") -> dict[str, Any]:
    """The pane beside the editor: a page of the form as residents see it; nothing while the form cannot be read."""
    package = desk.examined.package
    if package is None or not package.form.pages:
        return {"bench": None}
    return Bench(desk, package, Trial(), page, facts=services.facts(timezone.now())).shown()


@require_http_methods(["GET", "POST"])
@of_draft
def try_it(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Fill the draft's form in, page by page, and see what would come of it. Nothing is sent or kept."""
    package = desk.examined.package
    if package is None or not package.form.pages:
        return desk.show("try.html", "try", bench=None)
    bench = Bench(
        desk,
        package,
        trials.trial_of(request.POST.get("_trial", "")),
        request.POST.get("_page", ""),
        facts=services.facts(timezone.now()),
    )
    do = request.POST.get("_do", "")
    if request.method == "POST" and do == "keep":
        return keep_example(request, desk, bench)
    if request.method == "POST":
        step(request, bench, do)
    return desk.show("try.html", "try", 422 if bench.mistakes else 200, **bench.shown())


def step(request: HttpRequest, bench: Bench, do: str) -> None:
    """Go on: to the next page, to another one, or to what happens next."""
    word, _sign, rest = do.partition(":")
    if word == "go":
        bench.page = rest
    elif word == "again":
        bench.trial, bench.page = Trial(), ""
    elif word == "happen" and len(bench.trial.happens) < trials.MOST_HAPPENING:
        bench.trial = Trial(bench.trial.answers, (*bench.trial.happens, happened(request, bench, rest)))
        bench.page = END
    elif bench.page in bench.package.form.pages:
        take_page(request, bench, word)


def take_page(request: HttpRequest, bench: Bench, do: str) -> None:
    """Take in what was typed for a page."""
    page, form = bench.page, bench.package.form
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    questions = form.pages[page].questions
    sent = rules.only_of(questions, named)
    stand_in(request, bench, sent)
    if do in {"add", "remove"}:
        at = request.POST.get("_do", "").partition(":")[2]
        group, _dot, number = at.rpartition(".")
        bench.typed = (
            rules.more_items(sent, at)
            if do == "add"
            else rules.without_item(sent, group, int(number) if number.isdecimal() else 0)
        )
        return
    sent = rules.without_blank_items(sent, questions)
    try:
        found = checked(form, page, sent, bench.trial.answers, facts=bench.facts, uploads=bench.uploads)
    except TooMuch:
        return
    if found.mistakes or do != "continue":
        bench.typed, bench.mistakes = sent, found.mistakes
        return
    bench.trial = Trial({name: value for name, value in found.answers.items() if value is not None})
    names = bench.pages()
    after = names[names.index(page) + 1 :] if page in names else names
    bench.page = after[0] if after else END


def stand_in(request: HttpRequest, bench: Bench, sent: dict[str, list[str]]) -> None:
    """Files that are named and not kept, and the middle of the council for a place."""
    for number, (name, files) in enumerate(request.FILES.lists()):
        for file in files:
            key = f"tried-{number}-{len(bench.uploads)}"
            bench.uploads[key] = Upload(str(file.name)[:100], file.size or 1, str(file.content_type))
            sent[name.removeprefix("_file.")] = [*sent.get(name.removeprefix("_file."), []), key]
    for place in request.POST.getlist("_place"):
        if not any(sent.get(f"{place}.latitude", [])):
            middle = geo.extent().middle.lonlat
            sent[f"{place}.latitude"], sent[f"{place}.longitude"] = [f"{middle.lat:.6f}"], [f"{middle.lon:.6f}"]


def happened(request: HttpRequest, bench: Bench, rest: str) -> tuple[str, str, str, str]:
    """What somebody lets happen next: an event an hour later, or time that passes."""
    kind, _sign, name = rest.partition(":")
    last = (
        datetime.fromisoformat(bench.trial.happens[-1][0])
        if bench.trial.happens
        else datetime.fromisoformat(begins_at(timezone.now()))
    )
    if kind == "time":
        days = request.POST.get("_days", "")
        until = last + timedelta(days=int(days) if days.isdecimal() and 0 < int(days[:4]) < 1_000 else 1)
        return f"{until:%Y-%m-%d %H:%M}", "", "", ""
    return (
        f"{last + timedelta(hours=1):%Y-%m-%d %H:%M}",
        kind,
        name[:200],
        request.POST.get(f"_data.{kind}.{name}", "")[:2_000].replace("\r\n", "\n"),
    )


def keep_example(request: HttpRequest, desk: Desk, bench: Bench) -> HttpResponse:
    """Keep what was tried as an example of the service."""
    name = request.POST.get("_name", "").strip()[:150]
    found = bench.record()
    if not name or not found.outcomes:
        return desk.refused(_("Say what the example shows, once the form is filled in."), 422)
    happens = bench.trial.happens
    held = as_example(found, name=name, at=happens[0][0], nation=authority.ours().nation, answers=bench.trial.answers)
    taken = {each.removeprefix("examples/").removesuffix(".yaml") for each in desk.draft.files}
    file = f"examples/{name_of(name, taken, 'example')}.yaml"
    text = trials.example_file(held)
    wrong = desk.keep(Part(file), lambda files: dict(files) | {file: text}, "example_added", name)
    return wrong or desk.done(desk.url("examples"), _("Kept as an example: it is run at every change."))


@require_GET
@of_draft
def browser_sheet(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form of the draft for the browser's own look at conditions."""
    package = desk.examined.package
    response = JsonResponse(sheet(package.form) if package else {"pages": []})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@of_draft
def examples(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """The examples, each with how it comes out."""
    told = selectors.examples_of(desk.draft)
    others = [
        each
        for each in desk.draft.files
        if each.startswith("examples/") and each not in {one.example.file for one in told}
    ]
    return desk.show(
        "examples.html", "examples", told=told, others=others, passing=sum(not each.wrong for each in told)
    )
