"""Decision tables as a spreadsheet, checked cell by cell, and tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from townhall.kernel.catalogue.decisions.engine import Engine, LimitReached, OutOfDomain
from townhall.kernel.catalogue.decisions.explaining import Reason, how, reasons, said_result
from townhall.kernel.catalogue.decisions.model import Decision
from townhall.kernel.catalogue.decisions.workshop import Problem, shortened
from townhall.residents.editor import selectors
from townhall.residents.editor.rules import table_changes as changes
from townhall.residents.editor.rules import tables as grids
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.rules.tables import ROWS_SHOWN, Grid
from townhall.residents.editor.rules.yaml_files import CannotChange, Tree, as_text, opened, put, written
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft

STEPS = {"up": -1, "down": 1, "left": -1, "right": 1}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a decision: the value in words, why, and the rules that fired; or why it could not be asked."""

    result: str = ""
    how: str = ""
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def fired(self) -> set[int]:
        """The numbers of the rules that apply."""
        return {each.rule for each in self.reasons if each.applies}


@require_GET
@of_draft
def tables(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The decisions by file, and the one that is looked at."""
    names = sorted(each for each in desk.draft.files if each.startswith("decisions/") and ".examples." not in each)
    file = asked(request, "file") or next(iter(names), "")
    if file and file not in names:
        raise Http404
    trees = {each: desk.tree(each) if each.endswith(".yaml") else None for each in names}
    listed = {each: list(grids.decisions_in(tree)) if tree is not None else [] for each, tree in trees.items()}
    decision = asked(request, "decision") or next(iter(listed.get(file, [])), "")
    return page(request, desk, listed, file, decision)


def page(request: HttpRequest, desk: Desk, listed: Mapping[str, list[str]], file: str, decision: str) -> HttpResponse:
    """The page with one decision."""
    tree = desk.tree(file) if file.endswith(".yaml") else None
    grid = grids.grid_of(tree, decision) if tree is not None else None
    told = selectors.told_of(desk.examined.problems, file)
    first = min(number_in(request.GET.get("from", "")), max(len(grid.rows) - 1, 0)) if grid else 0
    held = grids.decisions_in(tree).get(decision) if tree is not None else None
    shown = {
        "listed": listed, "file": file, "decision": decision, "grid": grid, "told": told, "first": first,
        "rows": grid.rows[first : first + ROWS_SHOWN] if grid else (), "step": ROWS_SHOWN,
        "wrong": wrong_cells(told, grid) if grid else {},
        "seen": desk.mark(file, "decisions", decision) if file else "",
        "given": grids.inputs_in(tree) if tree is not None else [],
        "expression": as_text(held) or as_text((held or {}).get("value") if isinstance(held, dict) else ""),
        "types": grids.TYPES, "hits": grids.HITS, "totals": grids.TOTALS, "is_readable": tree is not None,
        "tried": tried(request, desk, file, decision), "typed": request.GET, "wanted": inputs_of(desk, file, decision),
    }  # fmt: skip
    return desk.show("tables.html", "tables", **shown)


def number_in(text: str) -> int:
    """A number of an address."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def wrong_cells(told: list[Problem], grid: Grid) -> dict[str, str]:
    """What is wrong with which cell (`c.RULE.COLUMN`); of a rule as a whole (`row.RULE`) where no cell is named."""
    found: dict[str, str] = {}
    lines = [row.line for row in grid.rows]
    for each in told:
        after = [number for number, line in enumerate(lines) if line and line <= each.place.line]
        number = after[-1] if after else -1
        if number < 0:
            continue
        cells = [
            column
            for column, cell in enumerate(grid.rows[number].cells)
            if cell not in {"", "-"} and names(each.message, cell)
        ]
        key = f"c.{number}.{cells[0]}" if cells else f"row.{number}"
        found.setdefault(key, f"{each.message} {each.cure}".strip())
    return found


def names(message: str, cell: str) -> bool:
    """Whether a message speaks of a cell: by its text, or by a name that stands in it."""
    if repr(shortened(cell)) in message:
        return True
    quoted = message.split("'")[1::2]
    return bool(quoted) and quoted[0] in cell.replace('"', " ").split()


def engine_of(desk: Desk, file: str) -> Engine | None:
    """The decisions of a file, where they can be read."""
    package = desk.examined.package
    return package.decisions.get(file) if package else None


def inputs_of(desk: Desk, file: str, decision: str) -> list[tuple[str, str]]:
    """What a decision is given, for the pane that tries it."""
    engine = engine_of(desk, file)
    if engine is None or engine.model.named(decision) is None:
        return []
    kinds = {each.name: each.type for each in engine.model.elements.values()}
    return [(name, kinds.get(name, "")) for name in engine.inputs_of(decision)]


def tried(request: HttpRequest, desk: Desk, file: str, decision: str) -> Tried | None:
    """What comes of a decision with what was typed; none where nothing was."""
    engine = engine_of(desk, file)
    if engine is None or engine.model.named(decision) is None or "try" not in request.GET:
        return None
    values = {name: value_of(request.GET.get(f"in.{name}", ""), kind) for name, kind in inputs_of(desk, file, decision)}
    try:
        answer = engine.decide(decision, values, now=timezone.now(), trace=True)
    except (LimitReached, OutOfDomain) as problem:
        return Tried(problem=str(problem))
    element = engine.model.named(decision)
    box = element.box if isinstance(element, Decision) else None
    found = next((each for each in answer.trace if each.box is box), None)
    spoken = desk.language
    result = said_result(answer.value, spoken) if answer.value is not None else ""
    why = (how(found, spoken), tuple(reasons(found, spoken))) if found else ("", ())
    return Tried(result, *why, answer.notes)


def value_of(text: str, kind: str) -> Any:
    """What was typed, as the decision takes it."""
    plain = text.strip()
    if not plain:
        return None
    if kind == "boolean":
        return plain == "true"
    if kind == "number":
        try:
            return int(plain) if plain.lstrip("-").isdecimal() else float(plain)
        except ValueError:
            return None
    return plain


@require_POST
@of_draft
def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what was typed into a table, with one rule or column more, fewer or elsewhere."""
    file, decision, do = asked(request, "file"), asked(request, "decision"), request.POST.get("_do", "save")
    if do == "new":
        return new(request, desk)
    if file not in desk.draft.files:
        raise Http404
    more: list[str] = []

    def make(tree: Tree) -> None:
        write(request, tree, decision)
        act(request, tree, decision, do, more)

    wrong = desk.edit(file, ("decisions", decision), make, "table", decision)
    back = desk.url("tables", file=file, decision=decision) + (
        f"&from={number_in(request.POST.get('_from', ''))}" if number_in(request.POST.get("_from", "")) else ""
    )
    return wrong or desk.done(back, more[0] if more else "")


def write(request: HttpRequest, tree: Tree, decision: str) -> None:
    """Write what was typed: the table, or the expression of a decision that has none."""
    grid = grids.grid_of(tree, decision)
    if grid is not None:
        changes.write(tree, decision, typed.table(request, grid))
    elif "expression" in request.POST:
        held = tree["decisions"].get(decision)
        if isinstance(held, dict):
            put(tree["decisions"][decision], "value", typed.said(request, "expression"))
        else:
            tree["decisions"][decision] = typed.said(request, "expression")
        changes.write_given(tree, typed.names(request, "given"))


def act(request: HttpRequest, tree: Tree, decision: str, do: str, more: list[str]) -> None:
    """What a button asked for beside saving. Raises CannotChange."""
    word, _sign, rest = do.partition(":")
    side, _dot, place = rest.partition(".")
    number = number_in(place or side)
    if word == "add_rule":
        changes.add_row(tree, decision, number if rest else None)
    elif word in {"up", "down"}:
        changes.move_row(tree, decision, number, STEPS[word])
    elif word == "remove_rule":
        changes.remove_row(tree, decision, number)
    elif word == "add_column":
        changes.add_column(tree, decision, side, typed.said(request, f"new_{side}") or "null")
    elif word == "remove_column":
        changes.remove_column(tree, decision, side, number)
    elif word in {"left", "right"}:
        changes.move_column(tree, decision, side, number, STEPS[word])
    elif word == "paste":
        count = changes.paste_rows(tree, decision, request.POST.get("_paste", ""))
        more.append(ngettext("%(count)s rule added.", "%(count)s rules added.", count) % {"count": count})


def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A table more, in a file of its own."""
    label = typed.said(request, "name")
    taken = {each.removeprefix("decisions/").partition(".")[0] for each in desk.draft.files}
    name = name_of(label, taken, "table")
    file = f"decisions/{name}.yaml"
    if not label:
        return desk.refused(_("Say what the table decides."), 422)
    wrong = desk.keep(Part(file), lambda held: dict(held) | {file: changes.begun(name)}, "table_added", label)
    return wrong or desk.done(desk.url("tables", file=file))


@require_POST
@of_draft
def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What would be wrong with the cells if they were kept as they are typed now."""
    file, decision = asked(request, "file"), asked(request, "decision")
    try:
        tree = opened(desk.text(file), file)
        write(request, tree, decision)
        text = written(tree)
        grid = grids.grid_of(opened(text, file), decision)
    except CannotChange as problem:
        return JsonResponse({"wrong": {}, "all": str(problem)})
    found = selectors.examined_of(desk.draft.slug, desk.draft.files | {file: text})
    told = selectors.told_of(found.problems, file)
    return JsonResponse({"wrong": wrong_cells(told, grid) if grid else {}, "all": ""})
