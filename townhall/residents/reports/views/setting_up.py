"""Set-up pages: categories, their promises, and the questions they ask. Every change is noted with who made it."""
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from townhall.kernel.identity.permissions import requires
from townhall.residents.reports import actions, rules, selectors
from townhall.residents.reports.models import Category
from townhall.residents.reports.setup_forms import CategoryForm, QuestionForm


@requires("reports.set_up_categories")
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with its promise, also those not offered."""
    rows = list(Category.objects.all())
    context = {"groups": selectors.grouped(rows, selectors.language()), "owner_name": selectors.owner_name}
    return render(request, "reports/setup_categories.html", context)


@requires("reports.set_up_categories")
def new_category(request: HttpRequest) -> HttpResponse:
    """A category more."""
    return _edit(request, Category())


@requires("reports.set_up_categories")
def edit_category(request: HttpRequest, code: str) -> HttpResponse:
    """Change a category."""
    return _edit(request, get_object_or_404(Category, code=code))


def _edit(request: HttpRequest, category: Category) -> HttpResponse:
    form = CategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        actions.save_category(category=saved, by=request.user, at=timezone.now())  # pyright: ignore[reportArgumentType]
        messages.success(request, _("Saved: %(name)s") % {"name": saved.name})
        return redirect("reports:edit_category", saved.code)
    asked = [] if category._state.adding else rules.questions(category.questions)
    context = {"form": form, "category": category, "questions": asked, "is_new": category._state.adding}
    context["notices"] = messages.get_messages(request)
    return render(request, "reports/setup_category.html", context, status=422 if form.errors else 200)


@requires("reports.set_up_categories")
def edit_question(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    """Change, add (`new`) or take away a question of a category, or move it up."""
    category = get_object_or_404(Category, code=code)
    asked = rules.questions(category.questions)
    before = next((question for question in asked if question.code == question_code), None)
    if before is None and question_code != "new":
        raise Http404
    if request.method == "POST" and request.POST.get("do") in {"remove", "up"} and before is not None:
        return _rearranged(request, category, before.code)
    initial = QuestionForm.initial_of(before) if before else {"kind": "radios", "is_required": True}
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        taken = {question.code for question in asked}
        row = form.row(before.code if before else _code(form.cleaned_data["text"], taken), before)
        rows = [row if old["code"] == row["code"] else old for old in category.questions]
        return _saved(request, category, rows if before else [*rows, row])
    context = {"form": form, "category": category, "question": before}
    return render(request, "reports/setup_question.html", context, status=422 if form.errors else 200)


def _code(text: str, taken: set[str]) -> str:
    """A code for a new question that no other has."""
    base = slugify(text).replace("-", "_")[:30] or "question"
    names = [base, *(f"{base}_{number}" for number in range(2, 100))]
    return next(name for name in names if name not in taken | {"new"})


def _rearranged(request: HttpRequest, category: Category, code: str) -> HttpResponse:
    rows = list(category.questions)
    place = next(number for number, row in enumerate(rows) if row["code"] == code)
    row = rows.pop(place)
    if request.POST["do"] == "up":
        rows.insert(max(0, place - 1), row)
    return _saved(request, category, rows)


def _saved(request: HttpRequest, category: Category, rows: list[dict[str, object]]) -> HttpResponse:
    category.questions = rows
    actions.save_category(category=category, by=request.user, at=timezone.now())  # pyright: ignore[reportArgumentType]
    messages.success(request, _("Saved: %(name)s") % {"name": category.name})
    return redirect("reports:edit_category", category.code)
