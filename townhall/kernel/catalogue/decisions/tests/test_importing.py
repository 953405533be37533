"""Models in DMN are written as YAML that decides the same; what is left behind is listed."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.command import main
from townhall.kernel.catalogue.decisions.engine import load
from townhall.kernel.catalogue.decisions.importing import imported
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.tck import run_folder
from townhall.kernel.catalogue.decisions.tests.modelling import DMN_1_5
from townhall.kernel.catalogue.decisions.yaml_text import yaml_of
from townhall.kernel.catalogue.decisions.yaml_tree import parse

TABLE = """<description>What people pay</description>
<inputData name="Age" id="i"><variable name="Age" typeRef="number"/></inputData>
<decision name="Fee" id="d"><variable name="Fee" typeRef="number"/><question>What is the fee?</question>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <decisionTable hitPolicy="FIRST">
    <input label="How old"><inputExpression><text>Age</text></inputExpression></input><output/>
    <rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>0</text></outputEntry>
      <annotationEntry><text>Children pay nothing</text></annotationEntry></rule>
    <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>20</text></outputEntry></rule>
  </decisionTable></decision>
"""
WRITTEN = """
about: What people pay
inputs: {Age: number}
decisions:
  Fee:
    question: "What is the fee?"
    type: number
    table:
      hit: first
      inputs:
        - {value: Age, label: How old}
      outputs: [result]
      rules:
        - {when: ["< 18"], then: "0", why: Children pay nothing}
        - {when: ["-"], then: "20"}
"""


def model(inner: str) -> bytes:
    """A model in DMN."""
    return f'<definitions xmlns="{DMN_1_5}" namespace="urn:fees" name="Fees">{inner}</definitions>'.encode()


def test_a_table_is_written_as_people_write_it_and_decides_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "fees.dmn", tmp_path / "fees.yaml"
    source.write_bytes(model(TABLE))
    assert main(["import", str(source), "--to", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == f'name: Fees\nnamespace: "urn:fees"{WRITTEN}'
    assert main(["check", str(target)]) == 0
    assert capsys.readouterr().err == ""
    for age in (17, 18, None, "old"):
        assert load(target).decide("Fee", {"Age": age}).value == load(source).decide("Fee", {"Age": age}).value


def test_every_result_of_the_tck_is_the_same_after_its_models_were_written(shared_data: Path, tmp_path: Path) -> None:
    before, after = shared_data / "workflow" / "dmn-tck", tmp_path / "tck"
    shutil.copytree(before, after)
    for path in sorted(after.rglob("*.dmn")):
        path.with_suffix(".yaml").write_text(imported(path.read_bytes(), path.name).text, encoding="utf-8")
        path.unlink()
    for path in after.rglob("*-test-*.xml"):
        path.write_text(path.read_text(encoding="utf-8").replace(".dmn</", ".yaml</"), encoding="utf-8")
    score = run_folder(after)
    assert score.total > 2600
    assert score.passed >= 0.97 * score.total, score.failures[:5]


JAVA = """<businessKnowledgeModel name="Outside" id="k"><variable name="Outside"/>
<encapsulatedLogic kind="Java"><context/></encapsulatedLogic></businessKnowledgeModel>
<inputData name="Fee" id="i2"/><knowledgeSource name="The Act" id="s"/>"""


def test_what_has_no_words_in_yaml_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "fees.dmn"
    source.write_bytes(model(TABLE + JAVA))
    assert main(["import", str(source)]) == 0
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "left: line 13: 'knowledgeSource' is not carried over: The Act.",
        "left: line 12: 'Outside' is not carried over: A function of the kind Java is never called. Write it in FEEL.",
        "left: line 13: 'Fee' is not carried over: Something else is called so too. Rename one of them.",
    ]
    assert "Age: number" in told.out


def test_what_is_needed_and_not_shown_by_an_expression_is_said() -> None:
    hidden = (
        '<inputData name="Age" id="i"/>'
        '<decision name="A" id="a"><literalExpression><text>Age</text></literalExpression></decision>'
        '<decision name="B" id="b"><informationRequirement><requiredDecision href="#a"/>'
        "</informationRequirement><literalExpression><text>1</text></literalExpression></decision>"
    )
    text = imported(model(hidden), "fees.dmn").text
    assert "A:\n    value: Age\n    needs: []" in text
    assert 'B:\n    value: "1"\n    needs: [A]' in text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "declares a document type or entities"),
        (b"<a/>", "This is no DMN"),
        (b"name: Fees", "This is not XML"),
    ],
)
def test_what_is_no_model_is_said_and_nothing_is_written(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "fees.dmn", tmp_path / "fees.yaml"
    source.write_bytes(content)
    assert main(["import", str(source), "--to", str(target)]) == 1
    assert says in capsys.readouterr().err
    assert not target.exists()


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["", "08", "null", "a\nb", "\n a\n\n", "a: b", "- x", "a\x85b", "a\r\nb", "<<", "{", "a b " * 60]),
)
VALUES = st.recursive(TEXTS, lambda each: st.lists(each, max_size=4) | st.dictionaries(TEXTS, each, max_size=4))


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_whatever_is_written_is_read_as_it_was(value: object) -> None:
    assert parse(yaml_of({"held": value}).encode(), "held.yaml", DEFAULT).plain() == {"held": value}
