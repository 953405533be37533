"""What can be reported, and what is asked about it."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from townhall.kernel.modules.openapi import Text, routers
from townhall.residents.reports import rules, selectors
from townhall.residents.reports.models import Category

router = routers.add("categories", Router())


class CategoryOut(Schema):
    """A kind of problem. `owner_gss` is the council that deals with it, empty for this one; the target is in working
    days."""

    code: str
    name: str
    name_cy: str
    group: str
    group_cy: str
    owner_gss: str
    target_days: int | None
    is_anonymous_allowed: bool
    is_public: bool


class OptionOut(Schema):
    """An answer to choose."""

    code: str
    text: str
    text_cy: str


class QuestionOut(Schema):
    """A question of a category. `kind` is radios, yesno, text, long or number."""

    code: str
    kind: str
    text: str
    text_cy: str
    hint: str
    hint_cy: str
    is_required: bool
    options: list[OptionOut]


class WholeCategoryOut(CategoryOut):
    """A kind of problem with its questions."""

    questions: list[QuestionOut]


@router.get("/", response=list[CategoryOut], url_name="categories")
def every_category(request: HttpRequest) -> list[Category]:  # noqa: ARG001 - django-ninja knows it by name
    """What can be reported now, in order."""
    return selectors.active_categories()


@router.get("/{code}", response=WholeCategoryOut, url_name="category")
def one_category(request: HttpRequest, code: Text) -> dict[str, Any]:  # noqa: ARG001
    """A category with what it asks."""
    found = selectors.category(code)
    if found is None or not found.is_active:
        raise Http404(code)
    plain = {name: getattr(found, name) for name in CategoryOut.model_fields}
    return plain | {"questions": rules.questions(found.questions)}
