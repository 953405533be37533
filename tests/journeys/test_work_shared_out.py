"""What a resident sends becomes a task of whoever is on shift and can do it, by the relay alone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.council.rota import actions as rota
from townhall.kernel.cases.models import Task
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox.relay import relay_all
from townhall.residents.services import actions as services
from townhall.residents.services.models import Application
from townhall.residents.services.tests.factories import FOLDER, begin, fill

ALWAYS = [[day, "00:00", "00:00"] for day in range(7)]


@pytest.fixture
def council(own_database: str) -> cases.Council:
    """A council that really commits, with a grant whose first task needs a skill and goes to Street Scene."""
    made = cases.council()
    files = dict(read(FOLDER).files)
    process = files["process.yaml"].replace(b"form: look", b"skills: [reviewing], form: look", 1)
    assert process != files["process.yaml"]
    services.publish(package=read_files("grant", files | {"process.yaml": process}), at=timezone.now())
    cases.Routing.objects.create(
        order=1, name="Grants", team=made.street_scene, reason="Street Scene looks at grants.", categories=["grant"],
        changed_at=timezone.now(),
    )  # fmt: skip
    return made


def apply_for_it() -> Task:
    """A resident fills the form in and sends it; the relay runs."""
    browser = Client()
    application = begin(browser)
    fill(browser, application)
    browser.post(f"/services/application/{application.pk}/check/")
    relay_all(at=timezone.now())
    return Task.objects.get(case_id=Application.objects.get(pk=application.pk).pk, done_at=None)


def on_rota(person: Person, *skills: str) -> None:
    """Somebody is always on shift."""
    rota.set_worker(person, skills=skills, week=ALWAYS, by=None, at=timezone.now())


def test_what_was_sent_goes_to_whoever_can_do_it_and_its_page_says_why(council: cases.Council) -> None:
    colleague = cases.staff("Ann Lloyd", council.street_scene, "officer")
    on_rota(council.officer)
    on_rota(colleague, "reviewing")
    task = apply_for_it()
    assert (task.assignee, task.skills) == (colleague, ["reviewing"])
    client = Client()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    for path in (f"/services/application/{task.case_id}/task/{task.pk}/", f"/work/cases/{task.case.reference}/"):
        page = client.get(path).content.decode()
        assert "Given to you: on shift until" in page
        assert "can do what it needs (reviewing); the only one who can take it now" in page
    client.cookies["language"] = "cy"
    assert "Rhoddwyd i chi: ar shifft tan" in client.get(path).content.decode()


def test_finishing_a_task_makes_room_for_the_next(council: cases.Council) -> None:
    on_rota(council.officer, "reviewing")
    rota.set_worker(council.officer, skills=["reviewing"], week=ALWAYS, capacity=1, by=None, at=timezone.now())
    first, second = apply_for_it(), apply_for_it()
    assert (first.assignee, second.assignee) == (council.officer, None)
    told: Any = {"agreed": False, "why": "The shop is in another borough"}
    services.finish_task(
        application_id=first.case_id, task_id=first.pk, outcome="done", result=told, by=council.officer,
        at=timezone.now(),
    )  # fmt: skip
    relay_all(at=timezone.now())
    second.refresh_from_db()
    assert second.assignee == council.officer
