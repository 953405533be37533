"""What a browser sent for parts of a file: texts in two languages, rows of answers and rules."""

from collections.abc import Iterator

from django.http import HttpRequest

from townhall.kernel.catalogue.packages.bookables import NUMBERS, WEEKDAYS
from townhall.residents.editor.rules.bookables import Bookable
from townhall.residents.editor.rules.forms import PLAIN, TEXTS, Change, Choice, Rule
from townhall.residents.editor.rules.processes import Step, Way
from townhall.residents.editor.rules.sheets import REACHED, Sheet
from townhall.residents.editor.rules.sheets import TEXTS as SHEET_TEXTS
from townhall.residents.editor.rules.tables import Column, Grid, Typed
from townhall.residents.editor.rules.yaml_files import Words

MOST_ROWS = 300


def said(request: HttpRequest, name: str) -> str:
    """A text, without blanks around it and with lines that end in one way."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def words(request: HttpRequest, name: str) -> Words:
    """A text in both languages."""
    return Words(said(request, f"{name}_en"), said(request, f"{name}_cy"))


def numbers(request: HttpRequest, prefix: str) -> Iterator[int]:
    """The numbers of the rows that were sent, as in `options.3.en`."""
    found = {name.split(".")[1] for name in request.POST if name.startswith(f"{prefix}.") and name.count(".") > 1}
    yield from sorted(int(each) for each in found if each.isascii() and each.isdigit() and int(each) < MOST_ROWS)


def change(request: HttpRequest) -> Change:
    """What was typed for a question."""
    return Change(
        said(request, "type"), {key: words(request, key) for key in TEXTS}, {key: said(request, key) for key in PLAIN},
        required="required" in request.POST, options=choices(request, "options"), rows=choices(request, "rows"),
        musts=rules(request), types=said(request, "types"), page=said(request, "to_page"),
    )  # fmt: skip


def choices(request: HttpRequest, prefix: str) -> list[Choice]:
    """Answers to choose from; a row without words is none."""
    found = [
        Choice(
            said(request, f"{prefix}.{number}.name"),
            row(request, prefix, number, ""),
            row(request, prefix, number, "hint_"),
        )
        for number in numbers(request, prefix)
    ]
    return [each for each in found if each.label]


def row(request: HttpRequest, prefix: str, number: int, part: str) -> Words:
    """A text of a row, in both languages."""
    return Words(said(request, f"{prefix}.{number}.{part}en"), said(request, f"{prefix}.{number}.{part}cy"))


def rules(request: HttpRequest) -> list[Rule]:
    """What must hold; a row without an expression is none."""
    found = [
        Rule(said(request, f"must.{number}.holds"), row(request, "must", number, ""))
        for number in numbers(request, "must")
    ]
    return [each for each in found if each.holds]


def table(request: HttpRequest, grid: Grid) -> Typed:
    """What was typed into a table: rules that were not sent are not there."""
    rows: dict[int, tuple[list[str], Words]] = {}
    told: dict[int, Words] = {}
    wide = len(grid.columns)
    for each in grid.rows:
        number = each.number - 1
        if f"c.{number}.0" in request.POST:
            cells = [said(request, f"c.{number}.{column}") or "-" for column in range(len(grid.inputs))]
            cells += [said(request, f"c.{number}.{column}") or "null" for column in range(len(grid.inputs), wide)]
            rows[number] = (cells, row(request, "why", number, ""))
            if f"told.{number}.en" in request.POST:
                told[number] = row(request, "told", number, "")
    return Typed(
        said(request, "hit") or grid.hit, said(request, "total"), [column(request, each) for each in grid.inputs],
        [column(request, each) for each in grid.outputs], rows, names(request, "given"), words(request, "question"),
        told,
    )  # fmt: skip


def column(request: HttpRequest, held: Column) -> Column:
    """The head of a column."""
    if f"{held.key}.value" not in request.POST:
        return held
    return Column(held.key, said(request, f"{held.key}.value") or held.value, words(request, f"{held.key}.label"))


def names(request: HttpRequest, prefix: str) -> list[tuple[str, str]]:
    """Names with types."""
    return [
        (said(request, f"{prefix}.{number}.name"), said(request, f"{prefix}.{number}.type") or "string")
        for number in numbers(request, prefix)
        if said(request, f"{prefix}.{number}.name")
    ]


def sheet(request: HttpRequest) -> Sheet:
    """What the service is."""
    teams = [
        (said(request, f"teams.{number}.name"), row(request, "teams", number, ""))
        for number in numbers(request, "teams")
    ]
    return Sheet(
        {key: words(request, key) for key in SHEET_TEXTS}, said(request, "lgsl"), said(request, "owner"),
        tuple((name, each) for name, each in teams if name),
        {key: said(request, f"applicant_{key}") for key in REACHED},
        (said(request, "target"), said(request, "target_unit")), said(request, "statute"),
        not said(request, "fee"), said(request, "fee"), words(request, "fee_about"), words(request, "fee_source"),
        words(request, "basis"), said(request, "statutes"), said(request, "data"), said(request, "special"),
        (said(request, "retention"), said(request, "retention_unit")), words(request, "after"),
    )  # fmt: skip


def step(request: HttpRequest, name: str) -> Step:
    """A step of a process."""
    ways = [way(request, f"ways.{number}") for number in numbers(request, "ways")]
    return Step(
        name, words(request, "name"), said(request, "kind"), said(request, "who"),
        (said(request, "due"), said(request, "due_unit") or "working days"), said(request, "form"),
        said(request, "service"), said(request, "values"), said(request, "letters"),
        tuple(each for each in ways if each.to or each.sets or each.letters or each.condition),
    )  # fmt: skip


def way(request: HttpRequest, at: str) -> Way:
    """A way out of a step."""
    event, condition, to, sets, letters, place = (
        said(request, f"{at}.{key}") for key in ("event", "if", "to", "sets", "letters", "place")
    )
    return Way(event, condition, to, sets, letters, place)


def bookable(request: HttpRequest, name: str) -> Bookable:
    """Something to book."""
    days = {day: said(request, day).replace(".", ":") for day in WEEKDAYS}
    return Bookable(name, words(request, "title"), days, {key: said(request, key) for key in NUMBERS})
