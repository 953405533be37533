"""Writes the pages of docs/reference from the code they describe: `python -m tests.house`."""

import inspect
import os
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

from tests.house.modules import MODULES, ROOT
from tests.house.picture import house
from townhall.kernel.modules.base import Module
from townhall.kernel.outbox.events import KINDS, Fact
from townhall.kernel.outbox.registries import subscribers
from townhall.launch.environment import SETTINGS

FOLDER = ROOT / "docs" / "reference"
SHARED = {"at", "case_id", "number"}
GENERATED = "This page is written by `python -m tests.house` and kept true by a test."


def events() -> str:
    """Every kind of event: what happened, its fields, who hears it."""
    start = [
        "# Events", "", GENERATED, "",
        "An event is a fact, written in the transaction of the change it tells of. Each also has `id`, `at` and,",
        "where it is about a case, `case_id` and the `number` of the timeline entry that it goes with. Subscribers get",
        "events at least once, in order per case.", "",
    ]  # fmt: skip
    return "\n".join([*start, *(line for kind in sorted(KINDS) for line in event(kind, KINDS[kind]))]).rstrip() + "\n"


def event(kind: str, fact: type[Fact]) -> list[str]:
    """The section of one kind."""
    hints = get_type_hints(fact)
    rows = [f"| `{each.name}` | {type_name(hints[each.name])} |" for each in fields(fact) if each.name not in SHARED]
    table = ["| field | type |", "| --- | --- |", *rows, ""] if rows else []
    heard = sorted({one.name.split(".")[2] for one in subscribers if one.wants(kind)})
    return [
        f"## `{kind}`", "", inspect.getdoc(fact) or "", "", *table,
        f"Heard by: {', '.join(heard) or 'nobody here'}.", "",
    ]  # fmt: skip


def type_name(hint: object) -> str:
    """A type in words, as in `UUID or nothing`."""
    name = getattr(hint, "__name__", "") if isinstance(hint, type) else str(hint)
    return name.replace("uuid.", "").replace("datetime.", "").replace(" | None", " or nothing")


def settings() -> str:
    """Every variable of the environment that Townhall reads."""
    rows = []
    for each in SETTINGS:
        meaning = f"{each.meaning} (secret)" if each.secret else each.meaning
        rows.append(f"| `{each.name}` | {meaning} | {f'`{each.default}`' if each.default else ''} |")
    start = [
        "# Settings", "", GENERATED, "",
        "All settings are variables of the environment; `townhall doctor` shows what is set and what is reachable.", "",
        "| variable | meaning | default |", "| --- | --- | --- |",
    ]  # fmt: skip
    return "\n".join([*start, *rows]) + "\n"


def modules() -> str:
    """Every module with its standard, pages, doors and events."""
    start = [
        "# Modules",
        "",
        GENERATED,
        "",
        "| module | what | standard | pages | events |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*start, *(module(each) for each in MODULES)]) + "\n"


def module(each: Module) -> str:
    """The row of one module."""
    place = Path(os.path.relpath(each.path, FOLDER)).as_posix()
    told = [f"`{kind}`" for kind in sorted(KINDS) if kind.startswith(f"{each.label}.")]
    pages = f"`/{each.prefix}`" if each.prefix is not None else ""
    name = each.name.removeprefix("townhall.")
    return f"| [{name}]({place}/README.md) | {each.title} | {each.standard} | {pages} | {', '.join(told)} |"


PAGES = {"events.md": events, "settings.md": settings, "modules.md": modules, "house.svg": house}


def write() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
