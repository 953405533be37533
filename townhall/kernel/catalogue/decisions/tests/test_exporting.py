"""Models in YAML are written as DMN that is the same model, and that decides the same."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from townhall.kernel.catalogue.decisions.command import main
from townhall.kernel.catalogue.decisions.dmn import read_dmn
from townhall.kernel.catalogue.decisions.engine import load
from townhall.kernel.catalogue.decisions.exporting import exported
from townhall.kernel.catalogue.decisions.importing import imported
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import Model, ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml
from townhall.kernel.catalogue.packages.shelf import SHELF

TABLES = sorted(SHELF.glob("*/decisions/*.yaml"))
EVERYTHING = r"""
name: 'All <of> "it" & more'
about: {en: Everything at once, cy: Popeth ar unwaith}
types:
  Size: {type: string, allowed: '"small", "large"'}
  Sizes: {type: Size, list: true}
  Person: {components: {name: string, age: number}}
inputs:
  Old <age>: {type: number, about: {en: In years, cy: Mewn blynyddoedd}}
  Sizes: Sizes
  People: Person
functions:
  Twice: {parameters: {x: number}, type: number, about: {en: Doubles, cy: Yn dyblu}, value: x * 2}
decisions:
  Text: '"a < b & c"'
  Context: {type: number, context: {a: 1, b: {type: number, value: a + 1}}, result: b}
  Call: {call: Twice, with: {x: "2"}}
  List: {list: ["1", "2"]}
  Relation: {relation: {columns: [a, b], rows: [["1", "2"], ["3", "4"]]}}
  If: {if: "true", then: "1", else: "2"}
  Filter: {filter: List, match: item > 1}
  Loop: {for: x, in: List, return: x + 1}
  Some: {some: x, in: List, satisfies: x > 1}
  Table:
    question: What is it?
    table:
      hit: collect
      total: sum
      inputs: [{value: Old <age>, label: Age, allowed: ">= 0"}]
      outputs: [{name: fee, type: number, default: "0"}]
      rules:
        - {when: ["< 18"], then: "1", why: Young, told: {en: You are young., cy: Rydych yn ifanc.}}
        - {when: ["-"], then: "2"}
services:
  Both: {about: A list, outputs: [List], decisions: [], inputs: []}
"""


def bare(held: Any) -> Any:
    """A part of a model without the places in its file."""
    if isinstance(held, Place):
        return None
    if is_dataclass(held) and not isinstance(held, type):
        return (type(held).__name__, *(bare(getattr(held, each.name)) for each in fields(held)))
    if isinstance(held, dict):
        return {key: bare(each) for key, each in held.items()}
    return [bare(each) for each in held] if isinstance(held, list | tuple) else held


def meaning(model: Model) -> Any:
    """A model without places and examples."""
    held = bare(model)
    return held[:-1]


def back(content: bytes) -> Model:
    """A model, taken to DMN and back."""
    return read_yaml(imported(exported(content, "a.yaml").text.encode(), "a.dmn").text.encode(), "a.yaml", DEFAULT)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_every_table_of_the_shelf_is_the_same_model_after_dmn(path: Path) -> None:
    content = path.read_bytes()
    assert meaning(back(content)) == meaning(read_yaml(content, "a.yaml", DEFAULT))


def test_every_kind_of_expression_is_the_same_after_dmn() -> None:
    content = EVERYTHING.encode()
    found = exported(content, "a.yaml")
    assert imported(found.text.encode(), "a.dmn").left == ()
    assert meaning(back(content)) == meaning(read_yaml(content, "a.yaml", DEFAULT))


def test_a_table_in_dmn_decides_as_the_table_that_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "all.yaml", tmp_path / "all.dmn"
    source.write_text(EVERYTHING)
    assert main(["export", str(source), "--to", str(target)]) == 0
    assert capsys.readouterr().err == ""
    one, other = load(source), load(target)
    assert (one.problems, other.problems) == ([], [])
    for age in (17, 40):
        given = {"Old <age>": age}
        assert one.decide("Table", given).value == other.decide("Table", given).value


def test_what_dmn_has_no_place_for_is_said_and_never_written_as_markup() -> None:
    rule = "{when: ['-'], then: [{list: ['1']}]}"
    table = f"decisions: {{A: {{table: {{hit: first, inputs: ['1'], outputs: [a], rules: [{rule}]}}}}}}"
    with pytest.raises(ModelError, match="no single expression"):
        exported(table.encode(), "a.yaml")
    with pytest.raises(ModelError, match="another file"):
        exported(b"imports: [{name: b, file: b.yaml}]\ndecisions: {A: '1'}\n", "a.yaml")
    with pytest.raises(ModelError, match="speaks of 'N'"):
        exported(b"inputs: {N: number}\nfunctions: {F: {parameters: {x: number}, value: x + N}}\n", "a.yaml")
    hostile = "decisions: {'\"><script>': {question: ']]><x/>\\u0001', value: '\"<b>\"'}}"
    found = exported(hostile.encode(), "a.yaml").text
    assert "<script>" not in found
    assert [each.name for each in read_dmn(found.encode(), "a.dmn", DEFAULT).elements.values()] == ['"><script>']
    left = exported(b"decisions: {A: '1'}\nexamples: [{name: x, inputs: {}, expect: {A: 1}}]", "a.yaml").left
    assert left == ("The examples are not carried over: DMN has none.",)


def test_what_is_needed_stands_in_the_order_of_the_schema() -> None:
    shared = "functions: {Twice: {parameters: {x: number}, value: x * 2}}"
    model = f"inputs: {{N: number}}\n{shared}\ndecisions: {{A: '1', B: Twice(A) + N}}\n"
    found = exported(model.encode(), "a.yaml").text
    of_b = found.partition('name="B"')[2]
    assert re.findall("<(information|knowledge)Requirement>", of_b) == ["information", "information", "knowledge"]


def test_what_is_told_in_one_language_alone_stays_a_reason() -> None:
    content = exported(EVERYTHING.encode(), "a.yaml").text.replace("Rydych yn ifanc.", "")
    assert "Young; You are young." in imported(content.encode(), "a.dmn").text
