"""Every service of the shelf by the API: its examples come to the states that they say, its schema takes them."""

from datetime import datetime
from typing import Any

import jsonschema_rs
import pytest
from django.utils import timezone

from townhall.kernel.catalogue.forms.kinds.files import is_file
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Example
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF, slugs
from townhall.residents.services import actions
from townhall.residents.services.models import Course
from townhall.residents.services.selectors import of_reference
from townhall.residents.services.tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", slugs())
def test_examples_come_to_the_states_that_they_say(council: Any, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package, program = read(SHELF / slug), Program(council.partner)
    chosen = [each for each in package.examples if is_sent_at_once(each)]
    assert chosen
    actions.publish(package=package, at=moment_of("2026-05-11"))
    schema = program.client.get(f"/api/services/{slug}/schema").json()
    assert jsonschema_rs.meta.is_valid(schema)
    for example in chosen:
        answers = with_files(dict(example.answers), program, slug)
        assert jsonschema_rs.is_valid(schema, answers), example.file
        at = moment_of(example.at)
        with monkeypatch.context() as then:
            then.setattr(timezone, "now", lambda at=at: at)
            sent = program.send(answers, word=example.file, slug=slug)
        assert sent.status_code == 201, (example.file, sent.content)
        assert states(sent.json()["reference"], at) == sorted(example.happens[0].state or ()), example.file


def states(reference: str, at: datetime) -> list[str]:
    """Where the process of an application comes to as soon as it begins."""
    sent = of_reference(reference)
    assert sent is not None
    actions.begin_course(application_id=sent.pk, at=at)
    return sorted(Course.objects.get(application=sent).state["active"])


def with_files(value: Any, program: Program, slug: str) -> Any:
    """The same, each file in it sent ahead."""
    if is_file(value):
        return program.keep(slug=slug).json()
    if isinstance(value, dict):
        return {name: with_files(each, program, slug) for name, each in value.items()}
    return [with_files(each, program, slug) for each in value] if isinstance(value, list) else value


def is_sent_at_once(example: Example) -> bool:
    """Whether an example is sent whole in England, and says where that leads."""
    first = next(iter(example.happens), None)
    is_first = first is not None and first.at == example.at and not first.kind and first.state is not None
    return example.nation == "england" and not example.facts and bool(example.answers) and is_first
