"""What differs between two versions of a service: by question, rule, step and letter, in words."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from townhall.residents.editor.rules import bookables, forms, letters, messages, processes, sheets, tables
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    mark_of,
    opened,
    plain,
    words,
)

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
Files = Mapping[str, str]
SHEET = (*sheets.TEXTS, "lgsl", "owner", "teams", "applicant", "target", "basis", "retention")
"""What is told as what the service is."""


@dataclass(frozen=True, slots=True)
class Part:
    """What changed of a thing: its key and what stood and stands there, as text."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that differs. `about`: service, fee, page, question, rule, table, step, message, bookable, button,
    partner, letter, document, example or file.
    """

    about: str
    sort: str
    name: Words
    file: str
    parts: tuple[Part, ...] = ()


def differences(before: Files, after: Files) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the files."""
    found: list[Difference] = []
    for file in sorted({*before, *after}, key=lambda each: (each.count("/"), each)):
        if before.get(file) != after.get(file):
            found += _of_file(file, before.get(file), after.get(file))
    return tuple(found)


def _of_file(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    make = next(
        (each for start, each in MAKERS.items() if file == start or (start.endswith("/") and file.startswith(start))),
        None,
    )
    try:
        if make is not None and not file.endswith(".dmn"):
            found = [*make(file, before, after), *_untold(make, file, before, after)]
            yield from found or [_whole(file, before, after)]
            return
    except CannotChange:
        pass
    yield _whole(file, before, after)


def _whole(file: str, before: str | None, after: str | None) -> Difference:
    about = "example" if file.startswith("examples/") else "file"
    return Difference(about, _sort(before, after), Words(file), file)


def _untold(make: Any, file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """What differs in a file beside what its maker tells, by its keys."""
    told = TOLD.get(make)
    if told is None or before is None or after is None:
        return
    old, new = (as_map(_tree(each, file)) for each in (before, after))
    keys = [str(key) for key in {**old, **new} if key not in told and plain(old.get(key)) != plain(new.get(key))]
    if keys:
        yield Difference("file", CHANGED, Words(f"{file}: {', '.join(keys)}"), file)


def _sort(before: Any, after: Any) -> str:
    return ADDED if before is None else REMOVED if after is None else CHANGED


def _tree(text: str | None, file: str) -> Tree:
    return opened(text, file) if text is not None else Map()


def _each(about: str, file: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Things by name: (words, parts by key). What stands under no key is compared and not shown."""
    for name in [*before, *(each for each in after if each not in before)]:
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield Difference(about, _sort(old, new), (before.get(name) or after[name])[0], file)
        elif old[1] != new[1]:
            keys = [*old[1], *(key for key in new[1] if key not in old[1])]
            parts = tuple(
                Part(key, old[1].get(key, ""), new[1].get(key, ""))
                for key in keys
                if key and old[1].get(key, "") != new[1].get(key, "")
            )
            yield Difference(about, CHANGED, new[0], file, parts)
    both = [name for name in before if name in after]
    if both != [name for name in after if name in before]:
        yield Difference(about, MOVED, Words(), file)


def _both(key: str, text: Words) -> dict[str, str]:
    return {key: text.en, f"{key}_cy": text.cy}


def in_form(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """Pages and questions."""
    old, new = (forms.pages_of(_tree(each, file)) for each in (before, after))
    pages = [{each.name: (each.heading, _page(each)) for each in side} for side in (old, new)]
    yield from _each("page", file, *pages)
    asked = [{one.name: (one.label, _question(one)) for each in side for one in each.questions} for side in (old, new)]
    yield from _each("question", file, *asked)


def _page(page: forms.Page) -> dict[str, str]:
    return {**_both("title", page.title), **_both("text", page.text), "when": page.when, "section": page.section}


def _question(asked: forms.Asked) -> dict[str, str]:
    found = {"type": asked.kind, "page": asked.page, "required": "true" if asked.required else "false", **asked.plain}
    for key, text in asked.texts.items():
        found |= _both(key, text)
    for key, choices in (("options", asked.options), ("rows", asked.rows)):
        found[key] = "\n".join(f"{each.name}: {each.label.en} / {each.label.cy}" for each in choices)
    found["must"] = "\n".join(f"{each.holds}: {each.say.en}" for each in asked.musts)
    return found | {"types": asked.types}


def in_decisions(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """Tables, rule by rule: a rule is known by what it asks, so that one that moved is told as moved."""
    old, new = _tree(before, file), _tree(after, file)
    for name in dict.fromkeys([*tables.decisions_in(old), *tables.decisions_in(new)]):
        one, other = tables.grid_of(old, name), tables.grid_of(new, name)
        if one is None or other is None:
            held = [plain(tables.decisions_in(each).get(name)) for each in (old, new)]
            if held[0] != held[1]:
                yield Difference("table", _sort(*held), Words(name), file)
            continue
        heads = [
            {"hit": each.hit, "total": each.total, "columns": ", ".join(column.title for column in each.columns)}
            for each in (one, other)
        ]
        yield from _each("table", file, {name: (Words(name), heads[0])}, {name: (Words(name), heads[1])})
        yield from _rules(file, name, one, other)


def _rules(file: str, name: str, one: tables.Grid, other: tables.Grid) -> Iterator[Difference]:
    old, new = [_cells(one, row) for row in one.rows], [_cells(other, row) for row in other.rows]
    for tag, i, j, k, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for number in range(max(j - i, n - k)):
            was = old[i + number] if i + number < j else None
            now = new[k + number] if k + number < n else None
            place = (k + number if now is not None else i + number) + 1
            parts = tuple(Part("", was or "", now or "") for _ in [0])
            yield Difference("rule", _sort(was, now), Words(f"{name}, {place}"), file, parts)


def _cells(grid: tables.Grid, row: tables.Row) -> str:
    told = [
        f"{column.title}: {cell}" for column, cell in zip(grid.columns, row.cells, strict=True) if cell not in {"", "-"}
    ]
    words = "; ".join(told) + "".join(f" ({said})" for said in (row.why.en, row.why.cy) if said)
    return words + (f" “{row.told.en}” “{row.told.cy}”" if row.told else "")


def in_process(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """Messages and steps."""
    trees = [_tree(text, file) for text in (before, after)]
    said = [
        {each.name: (each.title or Words(each.name), _message(each)) for each in messages.messages_of(tree, Map())}
        for tree in trees
    ]
    yield from _each("message", file, *said)
    sides = [
        {each.name: (each.title or Words(each.name), _step(each)) for each in processes.steps_of(tree)}
        for tree in trees
    ]
    yield from _each("step", file, *sides)


def _message(message: messages.Message) -> dict[str, str]:
    return {**_both("name", message.title), "form": message.form}


def _step(step: processes.Step) -> dict[str, str]:
    ways = "\n".join(
        ", ".join(filter(None, (way.event, way.condition, way.to, way.sets, way.letters))) for way in step.ways
    )
    due = " ".join(step.due) if step.due[0] else ""
    return {
        **_both("name", step.title), "kind": step.kind, "who": step.who, "due": due, "form": step.form,
        "service": step.service, "values": step.values, "letters": step.letters, "ways": ways,
        "": step.mark,
    }  # fmt: skip


def in_letter(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """A letter, by its parts."""
    sides = [letters.letter_of(each) if each is not None else None for each in (before, after)]
    held = [
        {
            file: (
                Words(each.head.get("title", file), each.head.get("title_cy", "")),
                {**each.head, "body": each.body_en, "body_cy": each.body_cy},
            )
        }
        if each is not None
        else {}
        for each in sides
    ]
    yield from _each("document" if file.startswith("documents/") else "letter", file, *held)


def in_sheet(file: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """What the service is, what can be booked, the buttons of whoever applied, and who else has a word in it."""
    trees = [_tree(each, file) for each in (before, after)]
    known = [_sheet(sheets.sheet_of(tree)) for tree in trees]
    for about, name, keys in (("service", Words(file), SHEET), ("fee", Words(), ("fee",))):
        told = [{key: each for key, each in one.items() if key.startswith("fee") is (about == "fee")} for one in known]
        marks = [{"": mark_of([tree.get(key) for key in keys])} for tree in trees]
        yield from _each(about, file, {file: (name, told[0] | marks[0])}, {file: (name, told[1] | marks[1])})
    offered = [{each.name: (each.title, _bookable(each)) for each in bookables.bookables_of(tree)} for tree in trees]
    yield from _each("bookable", file, *offered)
    yield from _each("button", file, *(_named(tree.get(messages.BUTTONS)) for tree in trees))
    yield from _each("partner", file, *(_named(tree.get(messages.PARTNERS)) for tree in trees))


def _named(held: Any) -> dict[str, tuple[Words, dict[str, str]]]:
    """Buttons, or partners with the messages that they send."""
    found: dict[str, tuple[Words, dict[str, str]]] = {}
    for name, each in as_map(held).items():
        said, tells = words(each), as_list(as_map(each).get("tells"))
        parts = {**_both("name", said), "tells": ", ".join(map(str, tells)), "": mark_of(each)}
        found[str(name)] = (said or Words(str(name)), parts)
    return found


def _bookable(held: bookables.Bookable) -> dict[str, str]:
    return {**_both("name", held.title), **held.days, **held.numbers}


def _sheet(sheet: sheets.Sheet) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, text in sheet.texts.items():
        found |= _both(key, text)
    found |= {"lgsl": sheet.lgsl, "owner": sheet.owner, "fee": "" if sheet.is_free else sheet.fee}
    found |= {
        "target": ", ".join(filter(None, (" ".join(sheet.target), sheet.statute))),
        "statutes": sheet.statutes,
        "data": sheet.data,
        "special": sheet.special,
    }
    found |= {
        "retention": " ".join(sheet.retention),
        "teams": ", ".join(f"{name}: {each.en}" for name, each in sheet.teams),
    }
    found["applicant"] = ", ".join(f"{key}: {each}" for key, each in sheet.applicant.items() if each)
    return (
        found
        | _both("basis", sheet.basis)
        | _both("fee_about", sheet.fee_about)
        | _both("after", sheet.retention_after)
    )


MAKERS: dict[str, Any] = {
    "form.yaml": in_form, "forms/": in_form, "decisions/": in_decisions, "process.yaml": in_process,
    "letters/": in_letter, "documents/": in_letter, "service.yaml": in_sheet,
}  # fmt: skip
TOLD: dict[Any, tuple[str, ...]] = {
    in_form: ("pages",), in_decisions: ("decisions",), in_process: (messages.KEY, "states"),
    in_sheet: (*SHEET, "fee", "bookings", messages.BUTTONS, messages.PARTNERS),
}  # fmt: skip
"""Keys whose things are told one by one."""
