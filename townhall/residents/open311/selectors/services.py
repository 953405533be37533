"""Our categories as Open311 services."""
from typing import Any

from django.utils.translation import get_language

from townhall.residents.open311.models import ApiKey
from townhall.residents.open311.rules import refuse
from townhall.residents.reports import rules as report_rules
from townhall.residents.reports import selectors as reports
from townhall.residents.reports.rules.questions import YES_NO

DATATYPES = {
    "radios": "singlevaluelist", "yesno": "singlevaluelist", "number": "number", "text": "string", "long": "text",
}  # fmt: skip


def services() -> list[dict[str, Any]]:
    """Every service that can be asked for, in the language of the request."""
    language = get_language() or "en"
    return [_service(category, language) for category in reports.active_categories() if not category.stops]


def _service(category: Any, language: str) -> dict[str, Any]:
    in_welsh = language == "cy"
    step = (category.next_step_cy if in_welsh else "") or category.next_step
    return {
        "service_code": category.code,
        "service_name": category.title(language),
        "description": step or category.title(language),
        "metadata": bool(category.questions),
        "type": "realtime",
        "keywords": ", ".join(category.keywords),
        "group": (category.group_cy if in_welsh else "") or category.group,
    }


def definition(code: str) -> dict[str, Any]:
    """A service's questions as attributes. Raises Refused where there is no such service."""
    category = _offered(reports.category(code), code)
    language = get_language() or "en"
    asked = report_rules.questions(category.questions)
    attributes = [_attribute(question, order, language) for order, question in enumerate(asked, start=1)]
    return {"service_code": category.code, "attributes": attributes}


def _attribute(question: report_rules.Question, order: int, language: str) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "variable": True,
        "code": question.code,
        "datatype": DATATYPES[question.kind],
        "required": question.is_required,
        "datatype_description": question.help(language) or None,
        "order": order,
        "description": question.words(language),
    }
    options = YES_NO if question.kind == "yesno" else question.options
    if options:
        fact["values"] = [{"key": option.code, "name": option.words(language)} for option in options]
    return fact


def category_for(key: ApiKey, code: str) -> Any:
    """The category that a key's owner may send to us. Raises Refused for one that we would only send back to them."""
    return must_be_taken(reports.category(code), key, code)


def must_be_taken(category: Any, key: ApiKey, code: str) -> Any:
    """The category, which may be None. Raises Refused where it is not taken, or not from the key's owner."""
    category = _offered(category, code)
    if key.authority_gss and category.owner_gss == key.authority_gss:
        raise refuse(400, "this service is yours: we would send the request back to you")
    return category


def _offered(category: Any, code: str) -> Any:
    if category is None or not category.is_active or category.stops:
        raise refuse(404, f"service_code '{code[:60]}' was not found")
    return category
