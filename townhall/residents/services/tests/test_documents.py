"""Documents that a process orders: made once, whole, for those alone who may see them."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.pdfs import about, faults, reading
from townhall.kernel.cases.actions import resolve
from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.documents import selectors as documents
from townhall.kernel.documents.actions import SWEEP_LOCK
from townhall.kernel.documents.models import Document
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions, holdings, selectors
from townhall.residents.services.actions import making
from townhall.residents.services.models import Application, Course, DocumentOrder
from townhall.residents.services.tests import papers

State = DocumentOrder.State
MAKE = """
from datetime import datetime
from townhall.residents.services.actions import make_documents
make_documents(datetime.fromisoformat("{at}"))
"""


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """What is made lies in a folder of the test's own."""
    settings.TOWNHALL_HOME = tmp_path


@pytest.fixture
def sent(council: Any, at: datetime) -> Application:
    """Somebody has applied; a document is ordered."""
    return papers.asked(papers.published(at), at)


def of(application: Application, name: str = "permit") -> DocumentOrder:
    """An order of a case."""
    return DocumentOrder.objects.select_related("document").get(application=application, name=name)


@pytest.mark.django_db
def test_what_is_ordered_is_made_accessible_in_the_applicants_language_and_told_to_the_process(
    council: Any, at: datetime
) -> None:
    version = papers.published(at)
    for language, title, item in (("en", "Permit to ask", "for the first time"), ("cy", "Trwydded i ofyn", "am y tro")):
        case = papers.asked(version, at, language, full_name="= #panic() Bēgum 🦔", email=f"{language}@example.org")
        assert papers.states(case) == ["paper"]
        assert actions.make_documents(at) == 1
        ordered = of(case)
        assert ordered.document is not None
        assert case.case is not None
        data = documents.content(ordered.document)
        assert faults(data) == []
        assert about(data)["language"].startswith(language)
        read = reading(data)
        assert [words for tag, words in read if tag == "H1"] == [title]
        assert item in str(read)
        assert "#panic()" in str(read), "what somebody typed is never a command"
        assert "replaces" not in str(read)
        course = Course.objects.get(application=case)
        assert course.state["values"][""]["reference_given"] == f"{case.case.reference}-1"
        assert list(course.state["active"]) == ["answer"]
        assert course.told[-1]["data"] == {
            "document": str(ordered.document_id), "reference": f"{case.case.reference}-1",
        }  # fmt: skip
        told = Entry.objects.get(case=case.case, data__did="document")
        assert (told.text, told.text_cy) == (
            "Document made: Permit to ask", "Dogfen wedi'i gwneud: Trwydded i ofyn",
        )  # fmt: skip
        assert (ordered.blocks, ordered.document.is_public, ordered.document.case_id) == ([], False, case.pk)
        actions.make_documents(at)


@pytest.mark.django_db
def test_it_is_read_by_the_applicant_and_officers_of_the_case_and_by_nobody_else(
    sent: Application, council: Any, at: datetime
) -> None:
    assert actions.make_documents(at) == 1
    assert actions.make_documents(at) == 1, "the next state has ordered another"
    permit, notes = of(sent), of(sent, "notes")
    page, key = f"/services/application/{sent.pk}/sent/", "?" + urlencode({"key": actions.sent_key(sent)})
    address = f"/services/application/{sent.pk}/document/{permit.pk}/"
    mine, other = Client(), Client()
    mine.cookies["applications"] = "of a reader"
    assert address in mine.get(page).content.decode()
    assert "Notes for the police" not in mine.get(page).content.decode()
    answer = mine.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="Permit to ask.pdf"'
    linked = other.get(page + key).content.decode()
    assert address + key in linked
    assert other.get(address + key).content == answer.content
    assert other.get(address).status_code == 404
    assert other.get(address + "?key=x").status_code == 404
    assert mine.get(address.replace(str(permit.pk), str(notes.pk))).status_code == 404, "it is not for them"
    theirs = papers.asked(sent.version, at)
    assert (
        other.get(f"/services/application/{theirs.pk}/document/{permit.pk}/?key={actions.sent_key(theirs)}").status_code
        == 404
    )
    assert permit.document is not None
    assert notes.document is not None
    assert sent.case is not None
    kept = [documents.url(permit.document), documents.url(notes.document)]
    assert [other.get(each).status_code for each in kept] == [404, 404]
    officer = Client()
    officer.force_login(council.manager)
    assert [officer.get(each).status_code for each in kept] == [200, 200]
    shown = officer.get(f"/work/cases/{sent.case.reference}/").content.decode()
    assert all(each in shown for each in kept)
    assert "not for the applicant" in shown
    elsewhere = Client()
    elsewhere.force_login(council.resident)
    assert [elsewhere.get(each).status_code for each in (address, *kept)] == [404, 404, 404]
    assert sent.case.reporter is not None
    elsewhere.force_login(sent.case.reporter)
    assert [elsewhere.get(each).status_code for each in kept] == [200, 404], "theirs, and not the police's"


@pytest.mark.django_db
def test_a_state_that_is_left_meanwhile_makes_none(sent: Application, at: datetime) -> None:
    papers.message(sent, "withdrawn", at)
    assert actions.make_documents(at) == 0
    assert (of(sent).state, of(sent).blocks, Document.objects.count()) == (State.WITHDRAWN, [], 0)


@pytest.mark.django_db
def test_left_while_it_is_drawn_it_is_not_kept(
    sent: Application, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = making.paper.pdf

    def leaving(*told: Any, **more: Any) -> bytes:
        papers.message(sent, "withdrawn", at)
        return drawn(*told, **more)

    monkeypatch.setattr(making.paper, "pdf", leaving)
    assert actions.make_documents(at) == 0
    assert (of(sent).state, Document.objects.count(), papers.states(sent)) == (State.WITHDRAWN, 0, ["refused"])


@pytest.mark.django_db
def test_what_cannot_be_made_is_tried_again_then_failed_and_what_nobody_waits_for_a_colleague_makes(
    sent: Application, at: datetime, settings: Any, tmp_path: Path
) -> None:
    other = papers.asked(sent.version, at)
    assert actions.make_documents(at) == 2
    third = papers.asked(sent.version, at)
    (tmp_path / "file").write_text("no folder")
    settings.TOWNHALL_HOME = tmp_path / "file"
    now = at
    for _ in range(making.MOST_TRIES):
        assert (papers.states(third), actions.make_documents(now)) == (["paper"], 0)
        now += timedelta(hours=2)
    assert (papers.states(third), of(third).state) == (["refused"], State.FAILED)
    assert Course.objects.get(application=third).told[-1]["data"] == {"why": "not_made"}
    for each in (sent, other):
        assert of(each, "notes").state == State.FAILED
        task = Task.objects.get(case=each.case, title="Make the document: Police")
        assert (task.title_cy, task.is_asked) == ("Gwneud y ddogfen: Heddlu", False)


@pytest.mark.django_db
def test_an_order_goes_on_under_the_name_that_another_version_has_for_its_state(
    sent: Application, at: datetime
) -> None:
    other = papers.published(at, papers.PROCESS.replace("  paper:", "  permit:"))
    transfer = actions.begin_transfer(source=sent.version, target=other, states={"paper": "permit"}, by=None, at=at)
    actions.go_on(transfer_id=transfer.pk, at=at)
    assert papers.states(sent) == ["permit"]
    assert actions.make_documents(at) == 1
    assert papers.states(sent) == ["answer"]


@pytest.mark.django_db
def test_a_past_case_is_replayed_with_its_documents_also_those_that_a_change_adds(
    sent: Application, at: datetime
) -> None:
    actions.make_documents(at)
    more = papers.PROCESS.replace("to: answer}", "to: second}").replace(
        "  answer:", "  second:\n    name: {en: Second, cy: Ail}\n    document: notes\n"
        "    on: {done: answer, failed: refused}\n  answer:",
    )  # fmt: skip
    for process, different in ((papers.PROCESS, 0), (more, 0)):
        found = selectors.simulate(
            papers.read_files("asking", papers.files(process)), at - timedelta(days=1), at + timedelta(days=1)
        )
        assert (found.replayed, found.different, found.left_out) == (1, different, [])


@pytest.mark.django_db
def test_the_same_letter_twice_in_one_state_is_two_letters(sent: Application, at: datetime) -> None:
    for _ in range(2):
        papers.message(sent, "again", at)
    assert Letter.objects.filter(case=sent.case, kind="asking/received").count() == 3


@pytest.mark.django_db
def test_it_stands_in_the_copy_of_a_persons_data_and_goes_when_its_time_is_over(
    sent: Application, council: Any, at: datetime
) -> None:
    actions.make_documents(at)
    assert sent.case is not None
    sent.case.refresh_from_db()
    person = sent.case.reporter
    assert person is not None
    (record,) = holdings.find_documents(person)
    assert holdings.find_documents(council.resident) == []
    assert record.values["Title"] == "Permit to ask"
    assert of(sent).document in documents.of_case(sent.case.pk), "its file stands among those of the case"
    assert list(holdings.old_documents(at + timedelta(days=9_000))) == []
    resolve(case_id=sent.pk, outcome="fixed", text="", by=council.officer, at=at)
    old = list(holdings.old_documents(at + timedelta(days=9_000)).values_list("pk", flat=True))
    assert len(old) == 2, "the second is ordered and not made yet"
    holdings.forget_documents(old)
    assert (DocumentOrder.objects.count(), Document.objects.count()) == (0, 0)


@pytest.fixture
def committed(own_database: str, at: datetime) -> Application:
    """The same in a database that really commits."""
    cases.council()
    return papers.asked(papers.published(at), at)


def test_many_workers_make_one_document(committed: Application, at: datetime) -> None:
    together = Barrier(6)

    def work(_number: int) -> int:
        try:
            together.wait()
            return actions.make_documents(at)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(work, range(6)))
    actions.make_documents(at)
    assert sum(made) >= 1
    assert Document.objects.filter(case_id=committed.pk, name="Permit to ask.pdf").count() == 1
    assert Document.objects.count() == DocumentOrder.objects.filter(state=State.MADE).count() == 2
    assert Entry.objects.filter(case_id=committed.pk, data__did="document").count() == 2


def test_a_worker_that_is_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    committed: Application, own_database: str, at: datetime, tmp_path: Path
) -> None:
    told = os.environ | {"DATABASE_URL": own_database, "TOWNHALL_HOME": str(tmp_path)}
    with psycopg.connect(own_database, autocommit=True) as held:
        held.execute("select pg_advisory_lock(%s)", [SWEEP_LOCK])
        words = [sys.executable, "-m", "townhall", "shell", "-c", MAKE.format(at=at.isoformat())]
        with subprocess.Popen(words, env=told) as worker:
            waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = %s"
            while worker.poll() is None and held.execute(waiting, [SWEEP_LOCK]).fetchone() == (0,):
                held.execute("select pg_sleep(0.05)")
            assert worker.poll() is None, "it holds the case and is about to keep the document"
            worker.kill()
    assert (of(committed).state, Document.objects.count(), papers.states(committed)) == (State.ORDERED, 0, ["paper"])
    assert actions.make_documents(at) == 1
    assert (of(committed).state, papers.states(committed)) == (State.MADE, ["answer"])
    assert Document.objects.count() == 1
