"""Files from elsewhere become parts of a draft, or are refused in words with the draft as it was."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.reading import read
from townhall.residents.editor import actions, selectors
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.tests.factories import NOON, address, browser, draft, files, forms_of, words_of

pytestmark = pytest.mark.django_db
FORM = json.dumps({
    "name": "Skips", "startPage": "/size", "sections": [], "lists": [], "conditions": [],
    "pages": [{
        "path": "/size", "title": "Size", "next": [], "controller": "HomePageController",
        "components": [{"type": "TextField", "name": "size", "title": "How large?", "options": {"rows": 3}}],
    }],
}).encode()  # fmt: skip
PROCESS = as_bpmn(read(files()["process.yaml"].replace("Answer the question", "Look for a skip").encode(), "a.yaml"))
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:skips" name="Fees">
<inputData name="Size" id="i"/><decision name="Fee" id="d"><informationRequirement><requiredInput href="#i"/>
</informationRequirement><decisionTable hitPolicy="FIRST">
<input><inputExpression><text>Size</text></inputExpression></input><output name="fee"/>
<rule><inputEntry><text>"large"</text></inputEntry><outputEntry><text>9000</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>5000</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions>&a;</definitions>'


def bring(client: Client, found: Draft, content: bytes | str, name: str = "made.xml", **more: Any) -> Any:
    """Send a file from the page as it is open now."""
    page = address("bring", found)
    number = more.pop("number", None) or forms_of(client, page)[page]["number"]
    body = content.encode() if isinstance(content, str) else content
    return client.post(page, {"number": number, "file": SimpleUploadedFile(name, body), **more})


def now(found: Draft) -> Draft:
    """The draft as it stands."""
    return Draft.objects.get(pk=found.pk)


@pytest.mark.parametrize(
    ("content", "name", "place", "says"),
    [
        (FORM, "skips.json", "form.yaml", "How large?"),
        (PROCESS, "skips.bpmn", "process.yaml", "Look for a skip"),
        (TABLE, "Skip fees.dmn", "decisions/skip_fees.yaml", "9000"),
    ],
)
def test_a_file_is_brought_in_shown_and_taken_back(
    council: Council, content: bytes | str, name: str, place: str, says: str
) -> None:
    found, client = draft(council.officer), browser(council.officer)
    answer = bring(client, found, content, name)
    assert answer.status_code == 302, words_of(answer)
    shown = client.get(answer["Location"])
    assert says in shown.content.decode()
    assert "Brought in: look through it." in words_of(shown)
    change = selectors.history_of(found)[0]
    assert (change.by, change.about, list(change.files)) == (council.officer, f"{name} → {place}", [place])
    assert actions.undo(draft_id=found.pk, number=change.number, by=council.officer, at=NOON)
    assert now(found).files == found.files


def test_a_table_opens_as_a_spreadsheet_whose_cells_can_be_changed(council: Council) -> None:
    found, client = draft(council.officer), browser(council.officer)
    page = bring(client, found, TABLE, "fees.dmn")["Location"]
    to = address("table", found)
    assert client.post(to, forms_of(client, page)[to] | {"c.0.1": "9500"}).status_code == 302
    assert '- {when: [\'"large"\'], then: "9500"}' in now(found).files["decisions/fees.yaml"]
    told = selectors.told_of(selectors.examined(now(found)).problems, "decisions/fees.yaml")
    assert {each.message.partition(" the ")[0] for each in told} == {"Nobody calls"}, told


def test_a_process_that_is_brought_in_leaves_nothing_to_mend(council: Council) -> None:
    found = draft(council.officer)
    before = selectors.examined(found).problems
    assert bring(browser(council.officer), found, PROCESS).status_code == 302
    assert (before, selectors.examined(now(found)).problems) == ((), ())


def test_what_is_left_behind_is_listed(council: Council) -> None:
    found, client = draft(council.officer), browser(council.officer)
    shown = words_of(client.get(bring(client, found, FORM)["Location"]))
    assert "Left behind: /size: size: the option 'rows' is not carried over." in " ".join(shown.split())


NESTED = f'{{"pages": {"[" * 100_000}'
TWO = PROCESS.replace("</bpmn:definitions>", '<bpmn:process id="other"/></bpmn:definitions>')


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ENTITY, "declares a document type or entities"),
        (NESTED, "no form definition of XGov"),
        ("{}", "no form definition of XGov"),
        (b"%PDF-1.7", "neither a form in JSON, nor a process in BPMN, nor tables in DMN"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a process in BPMN 2.0 nor decision tables in DMN"),
        (b"<definitions", "This is not XML"),
        (b"", "The file is empty"),
        (b"<" + b"a" * 1_000_001, "larger than 1 MB"),
        (TWO, "There are 2 processes, not one. Say which: process or other."),
        (PROCESS.replace("receiveTask", "complexGateway").replace("userTask", "complexGateway"), "is not read"),
        (FORM.replace(b'"components"', b'"nothing"'), "form.yaml"),
    ],
)
def test_what_cannot_be_brought_in_is_told_and_the_draft_stays(
    council: Council, content: bytes | str, says: str
) -> None:
    found, client = draft(council.officer), browser(council.officer)
    answer = bring(client, found, content)
    assert answer.status_code == 422
    assert says in words_of(answer)
    assert (now(found).files, now(found).number) == (found.files, 0)


def test_of_several_processes_one_is_chosen(council: Council) -> None:
    found = draft(council.officer)
    assert bring(browser(council.officer), found, TWO, process="process").status_code == 302
    assert "Look for a skip" in now(found).files["process.yaml"]


def test_nobody_replaces_unseen_what_a_colleague_has_just_changed(council: Council) -> None:
    found, client = draft(council.officer), browser(council.manager)
    page = address("bring", found)
    number = forms_of(client, page)[page]["number"]
    assert bring(browser(council.officer), found, PROCESS).status_code == 302
    kept = now(found).files
    answer = bring(client, found, PROCESS.replace("Look for", "Find"), number=number)
    assert answer.status_code == 422
    assert f"{council.officer.name} has changed this part meanwhile" in words_of(answer)
    assert now(found).files == kept
    assert bring(client, found, FORM, number=number).status_code == 302, "another part is no obstacle"


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 302), ("manager", 302), ("administrator", 302), ("other_officer", 403), ("call_handler", 403),
     ("partner", 403), ("resident", 403)],
)  # fmt: skip
def test_only_who_may_write_the_service_brings_files_in(council: Council, who: str, status: int) -> None:
    found, client = draft(council.manager), browser(getattr(council, who))
    answer = bring(client, found, PROCESS, number="0")
    assert answer.status_code == status
    assert client.get(address("bring", found)).status_code == (403 if status == 403 else 200)
    assert now(found).number == (0 if status == 403 else 1)


def test_nothing_is_brought_into_what_waits_for_review(council: Council) -> None:
    found, client = draft(council.officer), browser(council.officer)
    actions.ask_for_review(draft_id=found.pk, publish_on=None, by=council.officer, at=NOON)
    assert 'type="file"' not in client.get(address("bring", found)).content.decode()
    assert bring(client, found, PROCESS, number="0").status_code == 409
    assert (now(found).files, now(found).state) == (found.files, State.ASKED)
