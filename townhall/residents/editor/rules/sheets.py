"""`service.yaml`: what a service is, shown as fields and written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from townhall.residents.editor.rules.yaml_files import (
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    flow,
    fresh,
    listed,
    put,
    put_words,
    words,
)

TEXTS = ("name", "summary", "who", "next", "refusal", "appeal", "contact")
UNITS = ("days", "working days", "weeks", "months", "years")
REACHED = ("name", "email", "phone", "address")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A service's sheet as a page shows it. `teams` are names for the machine with names for people."""

    texts: Mapping[str, Words]
    lgsl: str
    owner: str
    teams: tuple[tuple[str, Words], ...]
    applicant: Mapping[str, str]
    target: tuple[str, str]
    statute: str
    is_free: bool
    fee: str
    fee_about: Words
    fee_source: Words
    basis: Words
    statutes: str
    data: str
    special: str
    retention: tuple[str, str]
    retention_after: Words


def sheet_of(tree: Tree) -> Sheet:
    """The sheet of a file."""
    fee, basis, kept, target = (as_map(tree.get(key)) for key in ("fee", "basis", "retention", "target"))
    return Sheet(
        {key: words(tree.get(key)) for key in TEXTS}, as_text(tree.get("lgsl")), as_text(tree.get("owner")),
        tuple((str(name), words(each)) for name, each in as_map(tree.get("teams")).items()),
        {key: as_text(as_map(tree.get("applicant")).get(key)) for key in REACHED},
        span_of(target), as_text(target.get("statute")), not fee, as_text(fee.get("decision")),
        words(fee.get("about")), words(fee.get("source")), words(basis.get("about")),
        "\n".join(as_text(each) for each in as_list(basis.get("statutes"))), as_text(basis.get("data")),
        as_text(basis.get("special")), span_of(kept), words(kept.get("after")),
    )  # fmt: skip


def span_of(held: Mapping[str, Any]) -> tuple[str, str]:
    """How many of which unit."""
    return next(((as_text(held[unit]), unit) for unit in UNITS if unit in held), ("", "working days"))


def write(tree: Tree, sheet: Sheet) -> None:
    """Write a sheet into its file."""
    for key in TEXTS:
        put_words(tree, key, sheet.texts[key])
    put(tree, "lgsl", sheet.lgsl)
    put(tree, "owner", sheet.owner)
    write_teams(tree, sheet)
    put(tree, "applicant", flow({key: each for key, each in sheet.applicant.items() if each}))
    put_span(tree, "target", sheet.target, {"statute": sheet.statute})
    write_fee(tree, sheet)
    basis = part(tree, "basis")
    put_words(basis, "about", sheet.basis)
    put(basis, "statutes", listed([each.strip() for each in sheet.statutes.splitlines() if each.strip()]))
    put(basis, "data", sheet.data)
    put(basis, "special", sheet.special)
    put_span(tree, "retention", sheet.retention, {})
    put_words(part(tree, "retention"), "after", sheet.retention_after)


def write_teams(tree: Tree, sheet: Sheet) -> None:
    """Write the teams: those that stay in their own words."""
    held = part(tree, "teams")
    for name in [each for each in held if each not in dict(sheet.teams)]:
        del held[name]
    for name, each in sheet.teams:
        put_words(held, name, each)


def write_fee(tree: Tree, sheet: Sheet) -> None:
    """Write what it costs: nothing, or what a decision says."""
    if sheet.is_free or not sheet.fee:
        put(tree, "fee", "free")
        return
    if not isinstance(tree.get("fee"), Map):
        tree["fee"] = Map()
    held = tree["fee"]
    put(held, "decision", sheet.fee)
    put_words(held, "about", sheet.fee_about)
    put_words(held, "source", sheet.fee_source)


def part(tree: Tree, key: str) -> Tree:
    """What stands under a key, to be written into."""
    if not isinstance(tree.get(key), Map):
        tree[key] = Map()
    return fresh(tree[key])


def put_span(tree: Tree, key: str, span: tuple[str, str], also: Mapping[str, str]) -> None:
    """Write how many of which unit."""
    held, (count, unit) = part(tree, key), span
    if span_of(held) != span:
        old = next((each for each in UNITS if each in held), "")
        held.pop(old, None)
        if count and unit in UNITS:
            held.insert(0, unit, count)
    for name, each in also.items():
        put(held, name, each)
