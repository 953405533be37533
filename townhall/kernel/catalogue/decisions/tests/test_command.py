"""`townhall decisions`: what it prints and what it exits with."""

import json
from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.command import main

MODEL = """
inputs: {Born: date, Today: date}
decisions:
  Adult:
    type: boolean
    value: Born + duration("P18Y") <= Today
examples:
  - {name: a birthday, inputs: {Born: 2008-04-01, Today: 2026-04-01}, expect: {Adult: true}}
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "adult.yaml"
    path.write_text(MODEL)
    return path


def test_check_says_that_nothing_is_wrong(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(model)]) == 0
    assert "nothing is wrong" in capsys.readouterr().out


def test_run_answers_in_json(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = json.dumps({"Born": "2010-01-01", "Today": "2026-01-01"})
    assert main(["run", str(model), "--input", inputs, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"value": False, "notes": []}


def test_examples_are_run(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(model)]) == 0
    assert "right  a birthday: Adult is true" in capsys.readouterr().out


def test_a_wrong_example_is_told(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model.write_text(MODEL.replace("expect: {Adult: true}", "expect: {Adult: false}"))
    assert main(["test", str(model)]) == 1
    assert "Adult is true, not false" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "FILE", "--decision", "Nobody"], "There is no decision 'Nobody'; there are Adult."),
        (["run", "FILE", "--input", "{"], "neither JSON nor a file"),
        (["check", "nowhere.yaml"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    model: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(model) if word == "FILE" else word for word in words]) == 1
    assert says in capsys.readouterr().err
