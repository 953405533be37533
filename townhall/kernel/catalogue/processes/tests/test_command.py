"""`townhall process`: what it prints and what it exits with."""

import json
from pathlib import Path

import pytest

from townhall.kernel.catalogue.processes.command import main
from townhall.kernel.catalogue.processes.tests.making import BULKY

AT = "2026-05-11T09:00:00+00:00"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "bulky.yaml"
    path.write_text(BULKY)
    return str(path)


def test_check_says_that_nothing_is_wrong(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file]) == 0
    assert "bulky.yaml: 12 states, nothing is wrong." in capsys.readouterr().out


def test_check_names_file_line_and_cure(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(file).write_text(BULKY.replace("failed: stopped", "failed: stoped"))
    assert main(["check", file]) == 1
    line = BULKY[: BULKY.index("failed: stopped")].count("\n") + 1
    assert f"bulky.yaml:{line}: There is no state 'stoped'. Did you mean 'stopped'?" in capsys.readouterr().out


def test_check_tries_a_mapping(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mapping.yaml").write_text("states: {collect: price}")
    assert main(["check", file, "--to", file, "--mapping", str(tmp_path / "mapping.yaml")]) == 1
    assert "mapping.yaml:1: 'collect' waits, and 'price' goes on by itself" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "begins"), [([], "<svg"), (["--language", "cy"], "<svg"), (["--bpmn"], "<?xml")])
def test_draw_prints_a_picture(file: str, words: list[str], begins: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", file, *words]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_run_prints_steps_and_orders(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    events = [
        {"kind": "done", "name": "pay"},
        {"kind": "wait", "at": "2026-06-09"},
        {"kind": "cancel", "reason": "Asked twice", "at": "2026-06-10"},
    ]
    words = ["run", file, "--answers", '{"items": 5}', "--events", json.dumps(events), "--at", AT]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert '> payment pay#2 {"name": "collection", "with": {"amount_pence": 3500}}' in said
    assert "2026-06-08 09:00  due @late" in said
    assert "cancelled the process: Asked twice" in said
    assert said.endswith("The case is cancelled: nothing is open.\n")


def test_run_says_what_was_refused(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    events = '[{"kind": "message", "name": "hurry"}]'
    assert main(["run", file, "--answers", '{"items": 1}', "--events", events, "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["state"]["active"] == {"pay": 2}
    assert lines[1]["refused"] == "The process knows no message 'hurry'."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "nowhere.yaml"], "cannot be read"),
        (["run", "FILE", "--events", "{}"], "The events are a JSON list"),
        (["run", "FILE", "--answers", "["], "neither JSON nor a file"),
        (["run", "FILE", "--at", "soon"], "is no moment"),
        (["run", "FILE", "--events", '[{"kind": "done", "who": 1}]'], "An event has a kind"),
    ],
)
def test_what_cannot_be_done_is_said(
    file: str, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([file if word == "FILE" else word for word in words]) == 1
    assert says in capsys.readouterr().err
