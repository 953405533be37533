"""What the commands of the engines share: JSON that is said or in a file, mistakes, files brought in."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.yaml_text import Imported


class Refused(Exception):
    """What was asked for on the command line cannot be done: why."""


def json_from(text: str, wanted: type[Any], about: str, **how: Any) -> Any:
    """The JSON that was said, or that of the file that was named; `how` it is read goes to `json.loads`. Raises Refused
    where it is no JSON or not of the type wanted.
    """
    try:
        content = text if text.lstrip()[:1] in {"{", "["} else Path(text).read_text(encoding="utf-8")
        found = json.loads(content, **how)
    except (OSError, ValueError, RecursionError) as problem:
        raise Refused(f"The {about} are neither JSON nor a file with JSON: {problem}.") from problem
    if not isinstance(found, wanted):
        kind = "list" if wanted is list else "object: a value for each name"
        raise Refused(f"The {about} are a JSON {kind}.")
    return found


def print_problems(problems: Sequence[object], otherwise: str) -> int:
    """Print what is wrong, or, where nothing is, a line that says so; the status to end with."""
    for problem in problems or [otherwise]:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


def hand_over(found: Imported, target: Path | None) -> int:
    """Write what was imported into a file, on the screen where none is said, and list what is left behind; 0."""
    for each in found.left:
        sys.stderr.write(f"left: {each}\n")
    if target is None:
        sys.stdout.write(found.text)
    else:
        target.write_text(found.text, encoding="utf-8")
    return 0
