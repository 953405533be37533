"""What is wrong, what it is about, and the questions that go with it."""
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from townhall.kernel.cases.registries import ON_BEHALF
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import allows
from townhall.residents.reports import actions, rules, selectors
from townhall.residents.reports.forms import CategoryForm, QuestionsForm, WhatForm
from townhall.residents.reports.rules import steps
from townhall.residents.reports.views.flow import COOKIE, Flow, draft_of, page_of, secret_of, signed_in, with_cookie


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first page: what is wrong. The draft begins when it is sent, so that looking makes nothing."""
    category = selectors.category(request.POST.get("category") or request.GET.get("category", ""))
    caller, taken_by = _on_behalf(request)
    form = WhatForm(request.POST if request.method == "POST" else None, initial={"text": request.GET.get("text", "")})
    if request.method == "POST" and form.is_valid():
        secret = secret_of(request)
        answers: dict[str, Any] = {"text": form.cleaned_data["text"]} | _again(request)
        if category is not None and category.is_active:
            answers["category"] = category.code
        person = caller if taken_by else signed_in(request)
        draft = actions.start_draft(secret=secret, answers=answers, at=timezone.now(), person=person, taken_by=taken_by)
        return with_cookie(_after_words(Flow(request, draft, "what"), answers), secret)
    owner = actions.owner_of(request.COOKIES[COOKIE]) if COOKIE in request.COOKIES else ""
    drafts = [] if taken_by else selectors.drafts_of(owner, request.user)
    context = {"form": form, "category": category, "drafts": drafts, "taken_by": taken_by, "caller": caller}
    return render(request, "reports/start.html", context, status=422 if form.errors else 200)


def _on_behalf(request: HttpRequest) -> tuple[Person | None, Person | None]:
    """The caller and the officer who writes for them; nobody and nobody for a resident."""
    key = request.session.get(ON_BEHALF) if request.user.is_authenticated else None
    if not key or not allows(request.user, "identity.work_here"):
        return None, None
    officer = Person.objects.filter(pk=request.user.pk).first()
    return (None if key == "nobody" else Person.objects.filter(pk=key).first()), officer


def _again(request: HttpRequest) -> dict[str, Any]:
    """Place and contact of the report that was just sent, for "report another thing here"."""
    earlier = request.POST.get("again", "")
    try:
        draft = draft_of(request, UUID(earlier)) if earlier else None
    except ValueError:
        return {}
    if draft is None:
        return {}
    where = {key: value for key, value in draft.answers.get("where", {}).items() if not key.startswith("asset")}
    return {"where": where, "contact": draft.answers.get("contact", {})} if where else {}


def _after_words(flow: Flow, answers: dict[str, Any]) -> HttpResponse:
    """Onwards; by way of the page with help where the words speak of danger."""
    if rules.danger_in(answers["text"]) and not answers.get("help_seen"):
        flow.keep(answers | {"help_seen": True})
        return redirect("reports:help", flow.draft.pk)
    return flow.onwards(answers)


@page_of("what")
def what(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What is wrong, to change it."""
    if flow.is_saving:
        return flow.onwards(flow.answers | {"text": request.POST.get("text", "")[:5_000] or flow.answers["text"]})
    form = WhatForm(request.POST or None, initial={"text": flow.answers.get("text", "")})
    if request.method == "POST" and form.is_valid():
        return _after_words(flow, flow.answers | {"text": form.cleaned_data["text"]})
    return flow.page("what.html", form=form, status=422 if form.errors else 200)


def get_help(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Whom to call when somebody is in danger; the report goes on from here."""
    flow = Flow(request, draft_of(request, draft_id), "what")
    danger = rules.danger_in(flow.answers.get("text", ""))
    return flow.page("help.html", danger=danger, next_url=flow.url(steps.next_step(flow.answers, flow.asks)))


@page_of("category")
def category(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What it is about: first what the words suggest, then everything by group."""
    every, language = selectors.active_categories(), selectors.language()
    form = CategoryForm(
        request.POST or None, categories=every, language=language, initial={"category": flow.answers.get("category")}
    )
    if flow.is_saving and not request.POST.get("category"):
        return flow.onwards(flow.answers)
    if request.method == "POST" and form.is_valid():
        return flow.onwards(_with_category(flow, form.cleaned_data["category"]))
    suggested = selectors.suggested(flow.answers["text"], every)
    return flow.page(
        "category.html", form=form, suggested=suggested, groups=selectors.grouped(every, language),
        chosen=flow.answers.get("category", ""), status=422 if form.errors else 200,
    )  # fmt: skip


def _with_category(flow: Flow, code: str) -> dict[str, Any]:
    chosen = selectors.category(code)
    kept = [question.code for question in rules.questions(chosen.questions)] if chosen else []
    changed = steps.with_category(flow.answers, code, kept)
    if chosen is not None and code != flow.answers.get("category"):
        where = {name: value for name, value in changed.get("where", {}).items() if not name.startswith("asset")}
        changed |= {"where": where} if where and not chosen.asks_place_of else {}
        if where and chosen.asks_place_of:
            changed |= {"pick": {"easting": where["easting"], "northing": where["northing"]}}
            del changed["where"]
    return changed


@page_of("questions")
def questions(request: HttpRequest, flow: Flow) -> HttpResponse:
    """What the category asks."""
    given = flow.answers.get("questions", {})
    form = QuestionsForm(
        request.POST or None, asked=flow.questions, language=selectors.language(), initial=given
    )
    if flow.is_saving:
        typed = {question.code: request.POST.get(question.code, "") for question in flow.questions}
        return flow.onwards(flow.answers | {"questions": {code: value for code, value in typed.items() if value}})
    if request.method == "POST" and form.is_valid():
        return flow.onwards(flow.answers | {"questions": form.answers})
    return flow.page("questions.html", form=form, status=422 if form.errors else 200)

