"""`townhall process check|draw|run|import`: processes on the command line."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.bpmn_reading import read_bpmn
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.catalogue.processes.importing import imported
from townhall.kernel.catalogue.processes.mapping import load_mapping
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.reading import content_of, load
from townhall.kernel.catalogue.processes.simulating import Happening, moment, simulated
from townhall.kernel.catalogue.processes.states import Refused as Impossible
from townhall.kernel.catalogue.said import Refused, hand_over, json_from, print_problems


def main(words: list[str]) -> int:
    """Run one command; 0, or 1 where something is wrong."""
    told = parser().parse_args(words)
    try:
        return told.run(told)
    except (ModelError, Refused, Impossible) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def parser() -> argparse.ArgumentParser:
    """What may be said."""
    made = argparse.ArgumentParser(prog="townhall process", description="Processes of services, as statecharts.")
    words = made.add_subparsers(required=True, metavar="check|draw|run|import")
    for word, run, about in (
        ("check", check, "say what is wrong with a process: file, line and cure"),
        ("draw", draw, "draw a process as SVG, or write it as BPMN 2.0"),
        ("run", run_case, "take one case through a process, by a list of events"),
        ("import", take_in, "write a BPMN diagram as a process, and list what is left behind"),
    ):
        each = words.add_parser(word, help=about, description=about)
        each.add_argument("file", type=Path, help=f"{'a process in YAML, or ' * (word != 'import')}a BPMN diagram")
        each.add_argument("--process", default="", help="which process of a BPMN diagram that has several")
        each.set_defaults(run=run)
        if word == "check":
            each.add_argument("--to", type=Path, help="another version, to which cases are to be moved")
            each.add_argument("--mapping", type=Path, help="the file that says which state becomes which")
        if word == "import":
            each.add_argument("--to", type=Path, help="the file to write; on the screen where it is not said")
        if word == "draw":
            each.add_argument("--bpmn", action="store_true", help="BPMN 2.0 XML instead of SVG")
            each.add_argument("--language", choices=("en", "cy"), default="en")
        if word == "run":
            each.add_argument("--events", default="[]", help="a list of events as JSON, or a file that holds it")
            each.add_argument("--answers", default="{}", help="the answers as JSON, or a file that holds them")
            each.add_argument("--at", help="when the case begins; now where it is not said")
            each.add_argument("--json", action="store_true")
    return made


def definition_of(path: Path, process: str = "") -> Definition:
    """The process of a file, in either notation."""
    return read_bpmn(path, process) if path.suffix in {".bpmn", ".xml"} else load(path)


def check(told: argparse.Namespace) -> int:
    """Say what is wrong with a process, or with the mapping to another version."""
    definition = definition_of(told.file, told.process)
    problems = list(definition.problems)
    if told.to and not problems:
        other = definition_of(told.to)
        problems += other.problems
        if not problems and told.mapping:
            problems += load_mapping(told.mapping, definition, other).problems
    count = len(definition.nodes) - 1
    return print_problems(
        problems, f"{told.file.name}: {count} states, nothing is wrong. Version {definition.hash[:12]}."
    )


def draw(told: argparse.Namespace) -> int:
    """Draw a process."""
    definition = definition_of(told.file, told.process)
    sys.stdout.write(as_bpmn(definition) if told.bpmn else as_svg(definition, told.language))
    return 0


def take_in(told: argparse.Namespace) -> int:
    """Write a BPMN diagram as a process."""
    content = content_of(told.file, Place(told.file.name))
    return hand_over(imported(content, told.file.name, told.process), told.to)


def run_case(told: argparse.Namespace) -> int:
    """Take one case through a process."""
    definition = definition_of(told.file, told.process)
    answers = json_from(told.answers, dict, "answers")
    events = json_from(told.events, list, "events")
    at = moment(told.at, datetime.now(UTC))
    refused, status, last = 0, "", None
    for happened in simulated(definition, answers, events, at=at):
        show(happened, as_json=told.json)
        refused += happened.moved is None
        last = happened.moved.state if happened.moved else last
    if last is not None:
        status = f"{last.status}: {', '.join(last.active) or 'nothing is open'}"
    if not told.json:
        sys.stdout.write(f"The case is {status}.\n")
    return 1 if refused else 0


def show(happened: Happening, *, as_json: bool) -> None:
    """Print what happened."""
    moved = happened.moved
    if as_json:
        shown: dict[str, Any] = {"at": happened.at.isoformat(), "event": happened.event, "refused": happened.refused}
        if moved is not None:
            shown |= {"state": moved.state.kept(), "steps": [each._asdict() for each in moved.steps]}
            shown |= {"orders": [each._asdict() for each in moved.orders]}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{happened.at:%Y-%m-%d %H:%M}  {happened.event}\n")
    if moved is None:
        sys.stdout.write(f"  refused: {happened.refused}\n")
        return
    for step in moved.steps:
        sys.stdout.write(f"  {step.kind:9} {step.state or 'the process'}{': ' * bool(step.note)}{step.note}\n")
    for order in moved.orders:
        details = json.dumps(order.details, ensure_ascii=False) if order.details else ""
        sys.stdout.write(f"  > {order.kind:7} {order.key} {details}\n")
