"""Form definitions of XGov become forms of ours; what is left behind is listed."""

import json
from pathlib import Path
from typing import Any

import pytest

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_text import Imported
from townhall.kernel.catalogue.forms.command import main
from townhall.kernel.catalogue.forms.engine import asked
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.forms.reading import read
from townhall.kernel.catalogue.forms.xgov import KINDS, WORDS, imported

FOLDER = ("workflow", "xgov-form-definitions")


def definitions(shared_data: Path) -> list[Path]:
    """All definitions that lie beside the project."""
    return sorted(shared_data.joinpath(*FOLDER).glob("*.json"))


def form_in(path: Path) -> tuple[Form, Imported]:
    """The form that a definition becomes."""
    found = imported(path.read_bytes(), path.name)
    return read(found.text.encode(), "form.yaml"), found


def test_every_definition_becomes_a_form_that_lacks_only_its_welsh(shared_data: Path) -> None:
    paths = definitions(shared_data)
    assert len(paths) > 20
    for path in paths:
        form, found = form_in(path) if asks_something(path) else (None, None)
        if form is not None and found is not None:
            wrong = [str(each) for each in form.problems if "has no Welsh" not in each.message]
            assert wrong == [], (path.name, found.text)


def asks_something(path: Path) -> bool:
    """Whether a definition has a question that can be reached."""
    try:
        return bool(form_in(path)[0].questions)
    except ModelError:
        return False


def test_nothing_is_dropped_without_a_word(shared_data: Path) -> None:
    for path in definitions(shared_data):
        found = imported(path.read_bytes(), path.name)
        definition = json.loads(path.read_bytes())
        for page in definition["pages"]:
            told = any(each.startswith(f"{page['path']}: ") for each in found.left)
            for part in page.get("components", []):
                title = part.get("title")
                said = words(title["en"] if isinstance(title, dict) else title)
                is_asked = part["type"] in KINDS and said in words(found.text)
                is_said = part["type"] in WORDS
                assert is_asked or is_said or told, (path.name, page["path"], part)


def words(text: Any) -> str:
    """A text without its blanks."""
    return "".join(str(text).split())


def test_the_ways_between_pages_become_conditions(shared_data: Path) -> None:
    form, _ = form_in(shared_data.joinpath(*FOLDER, "runner__src__server__forms__report-a-terrorist.json"))
    link, evidence = "do_you_have_a_link_to_the_evidence", "do_you_have_any_evidence"
    more = "is_there_anything_else_you_can_tell_us"
    assert asked(form, {}).names() == [link, evidence, more]
    both = {"doyouhavealink": "yes", "lu6_rmd": "yes"}
    names = asked(form, both).names()
    assert names[:3] == [link, "yes_i_have_a_link_to_the_material", evidence]
    assert names[3:] == ["yes_i_have_evidence", more]


def test_a_number_among_answers_is_compared_by_those_that_fit(shared_data: Path) -> None:
    form, _ = form_in(shared_data.joinpath(*FOLDER, "runner__src__server__forms__test.json"))
    answers = {"uk_passport": True, "number_of_applicants": "v_2"}
    names = asked(form, answers).names()
    assert "applicant_two" in names
    assert "applicant_three" not in names
    assert "contact_details" in names
    assert asked(form, {"uk_passport": False}).names() == ["uk_passport"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"pages": 3}', b'{"pages": [[]]}', b"[" * 5_000])
def test_what_is_no_definition_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="no form definition"):
        imported(content, "form.json")


def test_the_command_writes_the_form_and_lists_what_is_left(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = shared_data.joinpath(*FOLDER, "runner__src__server__forms__test.json"), tmp_path / "form.yaml"
    assert main(["import", str(source), "--to", str(target)]) == 0
    assert "'outputs' is not carried over" in capsys.readouterr().err
    assert "number_of_applicants:" in target.read_text(encoding="utf-8")
