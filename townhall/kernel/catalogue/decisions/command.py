"""`townhall decisions check|run|explain|test|import|export|tck`: decisions on the command line."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import given
from townhall.kernel.catalogue.decisions.engine import Answer, Engine, load
from townhall.kernel.catalogue.decisions.examples import examples_of, outcomes
from townhall.kernel.catalogue.decisions.explaining import explained, reasons
from townhall.kernel.catalogue.decisions.exporting import exported
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.writing import written
from townhall.kernel.catalogue.decisions.importing import imported
from townhall.kernel.catalogue.decisions.limits import DEFAULT, LimitReached, Limits, Run, counting
from townhall.kernel.catalogue.decisions.loading import content_of
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.tck import run_folder
from townhall.kernel.catalogue.said import Refused, hand_over, json_from, print_problems


def main(words: list[str]) -> int:
    """Run one command; 0, or 1 where something is wrong."""
    told = parser().parse_args(words)
    try:
        with counting(Run(Limits(steps=50_000_000))):
            return told.run(told)
    except (ModelError, Refused, LimitReached, OutOfDomain) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def parser() -> argparse.ArgumentParser:
    """What may be said."""
    made = argparse.ArgumentParser(prog="townhall decisions", description="Decision tables and FEEL (DMN 1.5).")
    words = made.add_subparsers(required=True, metavar="check|run|explain|test|import|export|tck")
    for word, run, about in (
        ("check", check, "say what is wrong with a model: file, line and cure"),
        ("run", run_once, "answer a decision"),
        ("explain", explain, "answer a decision and say which rules apply, and why not the others"),
        ("test", test, "run the examples beside a model"),
    ):
        each = words.add_parser(word, help=about, description=about)
        each.add_argument("file", type=Path)
        each.set_defaults(run=run)
        if word in {"run", "explain"}:
            each.add_argument("--decision", help="its name; not needed where there is only one")
            each.add_argument("--input", default="{}", help="the inputs as JSON, or a file that holds them")
            each.add_argument("--json", action="store_true")
    each = words.add_parser("import", help="write a model in DMN as one in YAML, and list what is left behind")
    each.add_argument("file", type=Path, help="a model in DMN 1.1 to 1.5")
    each.add_argument("--to", type=Path, help="the file to write; on the screen where it is not said")
    each.set_defaults(run=take_in)
    each = words.add_parser("export", help="write a model in YAML as DMN 1.5, and list what is left behind")
    each.add_argument("file", type=Path, help="a model in YAML")
    each.add_argument("--to", type=Path, help="the file to write; on the screen where it is not said")
    each.set_defaults(run=hand_out)
    each = words.add_parser("tck", help="run folders of the DMN TCK")
    each.add_argument("folder", type=Path)
    each.add_argument("--json", action="store_true")
    each.add_argument("--failures", action="store_true", help="list every result that is not as expected")
    each.set_defaults(run=tck)
    return made


def check(told: argparse.Namespace) -> int:
    """Say what is wrong with a model."""
    engine = load(told.file)
    return print_problems(
        engine.problems, f"{told.file.name}: {len(engine.names())} decisions, nothing is wrong."
    )


def decided(told: argparse.Namespace, *, trace: bool) -> tuple[Engine, Answer]:
    """The answer that was asked for. Raises Refused for a decision that is not there."""
    engine = load(told.file)
    names = engine.names()
    name = told.decision or (names[0] if len(names) == 1 else "")
    if engine.model.named(name) is None:
        raise Refused(f"There is no decision {name!r}; there are {', '.join(names)}.")
    inputs = json_from(told.input, dict, "inputs", parse_float=Decimal, parse_constant=str)
    return engine, engine.decide(name, inputs, trace=trace)


def run_once(told: argparse.Namespace) -> int:
    """Answer a decision."""
    _, answer = decided(told, trace=False)
    if told.json:
        sys.stdout.write(json.dumps({"value": given(answer.value), "notes": answer.notes}, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(f"{written(answer.value)}\n")
    for note in answer.notes:
        sys.stderr.write(f"note: {note}\n")
    return 0


def explain(told: argparse.Namespace) -> int:
    """Answer a decision, with what each table on the way found."""
    _, answer = decided(told, trace=True)
    if told.json:
        tables = [
            {
                "place": str(found.box.place),
                "result": given(found.result),
                "rules": [
                    {"rule": each.rule, "applies": each.applies, "why": each.sentence} for each in reasons(found)
                ],
            }
            for found in answer.trace
        ]
        shown = {"value": given(answer.value), "notes": answer.notes, "tables": tables}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        return 0
    for found in answer.trace:
        sys.stdout.write(f"Table in {found.box.place}\n{explained(found)}\n\n")
    sys.stdout.write(f"Answer: {written(answer.value)}\n")
    for note in answer.notes:
        sys.stdout.write(f"Note: {note}\n")
    return 0


def test(told: argparse.Namespace) -> int:
    """Run the examples of a model."""
    engine = load(told.file)
    found = list(outcomes(engine, examples_of(told.file, engine)))
    for each in found:
        sys.stdout.write(f"{'right' if each.is_right else 'WRONG'}  {each.example}: {each.sentence}\n")
    wrong = sum(not each.is_right for each in found)
    sys.stdout.write(f"{len(found)} results, {wrong} wrong.\n" if found else "There are no examples.\n")
    return 1 if wrong or not found else 0


def take_in(told: argparse.Namespace) -> int:
    """Write a model in DMN as one in YAML."""
    return hand_over(imported(content_of(told.file, DEFAULT), told.file.name), told.to)


def hand_out(told: argparse.Namespace) -> int:
    """Write a model in YAML as DMN."""
    return hand_over(exported(content_of(told.file, DEFAULT), told.file.name), told.to)


def tck(told: argparse.Namespace) -> int:
    """Run folders of the DMN TCK."""
    score = run_folder(told.folder)
    if told.json:
        names = ("total", "passed", "null_total", "null_passed", "by_kind", "by_folder")
        shown: dict[str, Any] = {name: getattr(score, name) for name in names}
        shown |= {"failures": score.failures} if told.failures else {}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        return 0
    for each in score.failures if told.failures else ():
        sys.stdout.write(f"{each['file']} {each['result']}: {each['found']}, not {each['expected']}\n")
    share = 100 * score.passed / score.total if score.total else 0
    sys.stdout.write(f"{score.passed} of {score.total} as expected ({share:.1f} %); of those that are null ")
    sys.stdout.write(f"{score.null_passed} of {score.null_total}.\n")
    return 0 if score.total else 1
