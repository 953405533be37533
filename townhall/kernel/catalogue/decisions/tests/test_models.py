"""Whole models: types, functions, services, imports; XML and YAML; what is wrong with a file."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.engine import Engine, load
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.tests.modelling import xml_model, yaml_engine, yaml_model

IN_XML = """
<itemDefinition name="tBand"><typeRef>string</typeRef>
  <allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
<inputData name="Size" id="i1"><variable name="Size" typeRef="number"/></inputData>
<inputData name="Band" id="i2"><variable name="Band" typeRef="tBand"/></inputData>
<businessKnowledgeModel name="Twice" id="k1"><variable name="Twice"/><encapsulatedLogic>
  <formalParameter name="x" typeRef="number"/><literalExpression><text>x * 2</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
<decision name="Fee" id="d1"><variable name="Fee" typeRef="number"/>
  <informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <informationRequirement><requiredInput href="#i2"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="#k1"/></knowledgeRequirement>
  <decisionTable hitPolicy="FIRST">
    <input><inputExpression><text>Size</text></inputExpression></input>
    <input><inputExpression><text>Band</text></inputExpression></input>
    <output name="fee"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>
    <rule><inputEntry><text>[1..3]</text></inputEntry><inputEntry><text>"A"</text></inputEntry>
      <outputEntry><text>Twice(Size)</text></outputEntry></rule>
    <rule><inputEntry><text>&gt; 3</text></inputEntry><inputEntry><text>-</text></inputEntry>
      <outputEntry><text>100</text></outputEntry></rule>
  </decisionTable>
</decision>
<decision name="Told" id="d2"><variable name="Told"/>
  <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
  <context>
    <contextEntry><variable name="pounds" typeRef="number"/>
      <literalExpression><text>Fee</text></literalExpression></contextEntry>
    <contextEntry><literalExpression><text>"It costs " + string(pounds)</text></literalExpression></contextEntry>
  </context>
</decision>
<decisionService name="All" id="s1"><variable name="All"/>
  <outputDecision href="#d1"/><outputDecision href="#d2"/><inputData href="#i1"/><inputData href="#i2"/>
</decisionService>
"""
IN_YAML = """
types: {tBand: {type: string, allowed: ['"A"', '"B"']}}
inputs: {Size: number, Band: tBand}
functions: {Twice: {parameters: {x: number}, value: x * 2}}
decisions:
  Fee:
    type: number
    table:
      hit: first
      inputs: [Size, Band]
      outputs: [{name: fee, default: "0"}]
      rules:
        - ["[1..3]", '"A"', Twice(Size)]
        - ["> 3", "-", "100"]
  Told:
    context: {pounds: {type: number, value: Fee}}
    result: '"It costs " + string(pounds)'
services:
  All: {outputs: [Fee, Told], inputs: [Size, Band]}
"""


@pytest.mark.parametrize("size", [0, 2, 3, 4, None, "two"])
@pytest.mark.parametrize("band", ["A", "B", "C", None])
@pytest.mark.parametrize("name", ["Fee", "Told", "All"])
def test_xml_and_yaml_say_the_same(size: object, band: object, name: str) -> None:
    inputs = {"Size": size, "Band": band}
    assert IN_ENGINES[0].decide(name, inputs).value == IN_ENGINES[1].decide(name, inputs).value


IN_ENGINES = Engine([xml_model(IN_XML)]), yaml_engine(IN_YAML)


def test_both_find_nothing_wrong() -> None:
    assert [engine.problems for engine in IN_ENGINES] == [[], []]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_since_1_1_is_read(namespace: str) -> None:
    assert Engine([xml_model(IN_XML, namespace)]).decide("Fee", {"Size": 2, "Band": "A"}).value == 4


BOXES = """
decisions:
  Rows: {relation: {columns: [name, size], rows: [['"a"', "1"], ['"b"', "5"]]}}
  Big: {filter: Rows, match: size > 2}
  Sizes: {for: row, in: Rows, return: row.size}
  All small: {every: row, in: Rows, satisfies: row.size < 3}
  Choice: {if: All small, then: '"small"', else: '"mixed"'}
  Pair: {list: ["1", "1 + 1"]}
  Called: {call: Add, with: {a: "1", b: "2"}}
  Made: {function: {parameters: {x: number}, value: x + 1}}
  Used: Made(2)
functions: {Add: {parameters: {a: number, b: number}, value: a + b}}
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Big", [{"name": "b", "size": 5}]),
        ("Sizes", [1, 5]),
        ("All small", False),
        ("Choice", "mixed"),
        ("Pair", [1, 2]),
        ("Called", 3),
        ("Used", 3),
    ],
)
def test_boxes_hold_boxes(name: str, value: object) -> None:
    engine = yaml_engine(BOXES)
    assert (engine.problems, engine.decide(name, {}).value) == ([], value)


def test_a_value_of_the_wrong_type_is_null_with_a_note() -> None:
    engine = yaml_engine("decisions: {Fee: {type: number, value: '\"123\"'}}")
    assert (engine.decide("Fee", {}).value, engine.decide("Fee", {}).notes) == (
        None,
        ("a value is not of the type number",),
    )


def test_decisions_that_need_one_another_are_refused_with_a_sentence() -> None:
    engine = yaml_engine("decisions: {A: {needs: [B], value: B}, B: {needs: [A], value: A}}")
    with pytest.raises(Exception, match="needs itself"):
        engine.decide("A", {})


def test_an_imported_model_is_found_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "rates.yaml").write_text("decisions: {Rate: '5'}\nfunctions: {Half: {parameters: [x], value: x / 2}}")
    (tmp_path / "fees.yaml").write_text(
        "imports: [{name: rates, file: rates.yaml}]\ndecisions: {Fee: rates.Half(rates.Rate)}"
    )
    engine = load(tmp_path / "fees.yaml")
    assert (engine.problems, engine.decide("Fee", {}).value) == ([], engine.decide("Fee", {}).value)
    assert str(engine.decide("Fee", {}).value) == "2.5"


def test_an_import_never_leaves_its_folder(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "secret.yaml").write_text("decisions: {Rate: '5'}")
    (tmp_path / "inner" / "fees.yaml").write_text(
        "imports: [{name: s, namespace: 'file:secret', file: ../secret.yaml}]"
    )
    with pytest.raises(ModelError, match="missing"):
        load(tmp_path / "inner" / "fees.yaml")


TOLD = """decisions:
  A:
    table:
      inputs: ["1"]
      outputs: [o]
      rules:
        - {when: ["1"], then: "1","""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("decisions: {A: {tabel: {}}}", r"model.yaml:1: There is no 'tabel' here. There are type"),
        ("decisions:\n  A: '1'\n  A: '2'", r"model.yaml:3: The key 'A' comes twice"),
        ("decisions: &a {A: '1'}", "anchor"),
        ("decisions: !!python/object:os.system {}", "uses a tag"),
        ("a: [", "not YAML"),
        ("decisions: {A: {table: {inputs: [n], outputs: [o], rules: [['1']]}}}", "A rule has 1 cells"),
        ("decisions: {A: {needs: [B], value: '1'}}", "needs 'B', which is not there"),
        (TOLD + " told: {en: You pay.}}", "This text is not in both languages. Write {en: …, cy: …}."),
        (TOLD + " told: You pay.}", "This text is not in both languages"),
        ("services: {S: {outputs: [Nothing]}}", "Nothing is called 'Nothing'"),
    ],
)
def test_a_broken_file_is_told_with_file_line_and_cure(text: str, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        yaml_model(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("decisions:\n  A: 1 +", "model.yaml:2: '1 +' is not FEEL"),
        ("inputs: {Size: number}\ndecisions:\n  A: Sise + 1", "model.yaml:3: Nothing is called 'Sise' here. Corr"),
        ("decisions:\n  A: cuont + 1", "model.yaml:2: Nothing is called 'cuont' here. Is it 'count'? Put"),
        ("inputs: {Size: nummer}", "model.yaml:1: There is no type 'nummer'"),
    ],
)
def test_what_is_wrong_inside_is_told_with_file_line_and_cure(text: str, says: str) -> None:
    assert any(str(problem).startswith(says) for problem in yaml_engine(text).problems), yaml_engine(text).problems
