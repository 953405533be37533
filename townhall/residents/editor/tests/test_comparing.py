"""Any two versions side by side, and what of them can be taken away: for whoever may see the service."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.catalogue.decisions.dmn import read_dmn
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.catalogue.processes.bpmn_reading import read_bpmn
from townhall.residents.editor import selectors
from townhall.residents.editor.models import Draft
from townhall.residents.editor.rules.comparing import Difference
from townhall.residents.editor.rules.telling import apart, filled_outside
from townhall.residents.editor.rules.yaml_files import Words
from townhall.residents.editor.tests.factories import NOON, browser, draft, files, published, words_of
from townhall.residents.services import actions as services
from townhall.residents.services.models import Version

pytestmark = pytest.mark.django_db
HERE = "/work/services/of/skips/"
OUTSIDERS = ("other_officer", "call_handler", "partner", "resident")


def compare(client: Client, before: str, after: str) -> Any:
    """The page of two sides."""
    return client.get(f"{HERE}compare/?{urlencode({'before': before, 'after': after})}")


def bulky(fee: str) -> Version:
    """Bulky waste, at a fee."""
    content = dict(read(SHELF / "bulky_waste").files)
    table = content["decisions/fee.yaml"].partition(b"examples:")[0]
    content["decisions/fee.yaml"] = table.replace(b"3000", fee.encode())
    return services.publish(package=read_files("bulky_waste", content), at=NOON)


def test_what_changes_for_residents_is_said_first_in_the_order_in_which_they_meet_it() -> None:
    found = [
        Difference(about, "changed", Words(about), file)
        for about, file in (
            ("file", "README.md"), ("example", "examples/a.yaml"), ("letter", "letters/a.md"), ("step", "process.yaml"),
            ("question", "forms/visit.yaml"), ("rule", "decisions/fee.yaml"), ("fee", "service.yaml"),
            ("question", "form.yaml"),
        )
    ]  # fmt: skip
    told = apart(found)
    assert [each.about for each in told.residents] == ["question", "fee", "rule", "letter", "step"]
    assert {each.file for each in told.colleagues} == {"README.md", "examples/a.yaml", "forms/visit.yaml"}


@pytest.mark.parametrize(
    ("slug", "form", "is_theirs"),
    [
        ("blue_badge", "proof_sent", True), ("freedom_of_information", "clarified", True),
        ("temporary_event_notice", "objection", True), ("blue_badge", "assessment", False),
        ("complaint", "extended", False),
    ],
)  # fmt: skip
def test_forms_that_residents_and_partners_fill_in_are_not_told_as_colleagues_own(
    slug: str, form: str, is_theirs: bool
) -> None:
    path = f"forms/{form}.yaml"
    before = {each: text.decode() for each, text in read(SHELF / slug).files.items()}
    after = before | {path: before[path].replace("label: {en: ", "label: {en: Now ").replace('{en: "', '{en: "Now ')}
    told = selectors.compared(slug, before, after, NOON)
    assert {each.file for each in (told.residents if is_theirs else told.colleagues)} == {path}
    assert not (told.colleagues if is_theirs else told.residents)


def test_what_cannot_be_read_names_no_forms() -> None:
    assert filled_outside({}) == frozenset()
    assert filled_outside({"process.yaml": "a: [", "service.yaml": "buttons: 7\n"}) == frozenset()


def test_two_published_versions_are_compared_either_way_round(council: Council) -> None:
    first, second = published(), published(NOON, **{"README.md": files()["README.md"] + "\nMore.\n"})
    client = browser(council.officer)
    forth, back = (words_of(compare(client, *each)) for each in ((first.hash, second.hash), (second.hash, first.hash)))
    assert "+ More." in forth
    assert "- More." in back
    assert "Nothing." in words_of(compare(client, first.hash, first.hash))


def test_a_draft_and_a_version_that_is_not_live_are_compared_too(council: Council) -> None:
    first = published()
    published(NOON, **{"README.md": files()["README.md"] + "\nMore.\n"})
    found = draft(council.officer, NOON, **{"README.md": files()["README.md"] + "\nYet more.\n"})
    page = words_of(compare(browser(council.officer), first.hash, str(found.pk)))
    assert "+ Yet more." in page
    assert "- More." not in page
    usual = words_of(browser(council.officer).get(f"{HERE}compare/"))
    assert "- More." in usual


def test_a_fee_that_changes_is_told_in_pounds_for_its_usual_cases(council: Council) -> None:
    first, second = bulky("3000"), bulky("3100")
    compared = selectors.compared("bulky_waste", first.files, second.files, NOON)
    fees = [each for each in compared.residents if each.about == "fee"]
    assert next((part.before, part.after) for part in fees[0].parts) == ("£30.00", "£31.00")
    assert compared.residents.index(fees[0]) == 0


def test_two_fees_of_the_same_words_are_both_told(council: Council) -> None:
    first = {path: text.decode() for path, text in read(SHELF / "bulky_waste").files.items()}
    sheet = first["service.yaml"].replace("{en: 6 things, cy: 6 pheth}", "{en: Up to 3 things, cy: Hyd at 3 pheth}")
    table = first["decisions/fee.yaml"].partition("examples:")[0].replace('"3000"', '"3100"')
    before = first | {"service.yaml": sheet, "decisions/fee.yaml": table.replace('"3100"', '"3000"')}
    compared = selectors.compared("bulky_waste", before, before | {"decisions/fee.yaml": table}, NOON)
    fees = next(each for each in compared.residents if each.about == "fee")
    assert [(part.before, part.after) for part in fees.parts] == [("£30.00", "£31.00")]


def test_a_link_of_an_old_draft_still_opens(council: Council) -> None:
    version, oldest = published(), draft(council.officer)
    for _ in range(21):
        Draft.objects.filter(slug="skips").update(state="dropped")
        draft(council.officer)
    Draft.objects.filter(pk=oldest.pk).update(begun_at=NOON - timedelta(days=1))
    client = browser(council.officer)
    assert compare(client, version.hash, str(oldest.pk)).status_code == 200
    assert client.get(f"{HERE}take/{oldest.pk}.zip").status_code == 200


def test_a_draft_that_was_put_away_opens_no_versions_to_whoever_left_the_team(council: Council) -> None:
    version, theirs = published(), draft(council.other_officer)
    client = browser(council.other_officer)
    assert compare(client, version.hash, str(theirs.pk)).status_code == 200
    Draft.objects.filter(pk=theirs.pk).update(state="dropped")
    assert compare(client, version.hash, str(theirs.pk)).status_code == 404
    assert client.get(f"{HERE}take/{version.hash}.zip").status_code == 404
    assert version.hash[:8] not in words_of(client.get(f"{HERE}compare/"))


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_sees_or_takes_away_what_is_not_theirs(council: Council, who: str) -> None:
    version, found = published(), draft(council.officer)
    client = browser(getattr(council, who))
    for key in (version.hash, str(found.pk)):
        assert compare(client, key, key).status_code == 403
        for ending in (".zip", ".svg", ".bpmn"):
            assert client.get(f"{HERE}take/{key}{ending}").status_code == 403


def test_a_draft_of_another_service_is_no_side_of_this_one(council: Council) -> None:
    version, other = published(), draft(council.manager, slug="hedges")
    client = browser(council.manager)
    assert compare(client, version.hash, str(other.pk)).status_code == 404
    assert client.get(f"{HERE}take/{other.pk}.zip").status_code == 404
    assert client.get("/work/services/of/nothing/compare/").status_code == 404


def test_a_service_is_taken_away_as_its_folder_drawing_and_bpmn(council: Council, tmp_path: Any) -> None:
    version, found = published(), draft(council.officer)
    client = browser(council.officer)
    for key, named in ((version.hash, version.hash[:8]), (str(found.pk), "draft")):
        answers = {ending: client.get(f"{HERE}take/{key}.{ending}") for ending in ("zip", "svg", "bpmn")}
        for ending, answer in answers.items():
            assert answer["Content-Disposition"] == f'attachment; filename="skips-{named}.{ending}"'
            assert answer["X-Content-Type-Options"] == "nosniff"
        packed = zipfile.ZipFile(io.BytesIO(answers["zip"].content))
        assert {name: packed.read(name).decode() for name in packed.namelist()} == {
            f"skips/{path}": text for path, text in found.files.items()
        }
        assert answers["svg"].content.startswith(b"<svg ")
        (tmp_path / "a.bpmn").write_bytes(answers["bpmn"].content)
        assert "answer" in read_bpmn(tmp_path / "a.bpmn").nodes


def test_tables_are_taken_away_as_dmn_and_what_cannot_be_read_says_why(council: Council) -> None:
    content = (SHELF / "bulky_waste/decisions/fee.yaml").read_text(encoding="utf-8")
    found = draft(council.officer, NOON, **{"decisions/fee.yaml": content, "decisions/bad.yaml": "decisions: [1]"})
    client = browser(council.officer)
    answer = client.get(f"{HERE}take/{found.pk}/fee.dmn")
    assert answer["Content-Disposition"] == 'attachment; filename="skips-draft-fee.dmn"'
    assert read_dmn(answer.content, "fee.dmn", DEFAULT).elements
    assert client.get(f"{HERE}take/{found.pk}/none.dmn").status_code == 404
    broken = client.get(f"{HERE}take/{found.pk}/bad.dmn")
    assert (broken.status_code, broken["Content-Type"]) == (409, "text/plain; charset=utf-8")
    Draft.objects.filter(pk=found.pk).update(files=found.files | {"process.yaml": "states: 7\n"})
    assert client.get(f"{HERE}take/{found.pk}.svg").status_code == 409
