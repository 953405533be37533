"""Every table that holds something about people is declared: what it is, why we may, how long, and how it is found."""

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, holdings, not_personal

PERSONAL = re.compile(
    r"(^|_)(name|email|e_mail|phone|mobile|telephone|address|postcode|uprn|username|user_agent|ip|birth|born|contact|signature)(_|$)"
)
"""Names of fields that look as if they hold something about people."""

MODELS = [model for model in apps.get_models() if not model._meta.proxy]


def looks_personal(field: Field) -> bool:
    """Whether the field points at a person, or is named as if it were about one."""
    return field.related_model is Person or bool(PERSONAL.search(field.name))


def undeclared(model: type[Model]) -> list[str]:
    """The fields of a model that look personal, where neither a holding nor a reason covers them."""
    label = model._meta.label
    if label in not_personal or any(label in entry.models for entry in holdings):
        return []
    fields = [field for field in model._meta.fields if looks_personal(field)]
    return [f"{label}.{field.name}" for field in fields if f"{label}.{field.name}" not in not_personal]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_table_about_people_is_declared(model: type[Model]) -> None:
    missing = undeclared(model)
    assert missing == [], (
        "declare these in the module's holdings.py, or say in not_personal why they are not about people"
    )


@pytest.mark.parametrize("entry", list(holdings), ids=lambda entry: entry.key)
def test_a_holding_says_what_why_and_how_long(entry: Holding) -> None:
    assert str(entry.title)
    assert "UK GDPR" in str(entry.lawful_basis)
    assert str(entry.retention.after)


@pytest.mark.parametrize("entry", list(holdings), ids=lambda entry: entry.key)
def test_a_holding_names_tables_that_exist(entry: Holding) -> None:
    for label in entry.models:
        assert apps.get_model(label) is not None


@pytest.mark.parametrize("label", [key for key, _reason in not_personal.items()])
def test_what_is_said_not_to_be_personal_exists(label: str) -> None:
    app, model, *field = label.split(".")
    found = apps.get_model(app, model)
    for name in field:
        assert found._meta.get_field(name) is not None


def test_the_check_itself_sees_a_table_that_nobody_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "_entries", {})
    assert "identity.Person.email" in undeclared(Person)
