"""The pages and questions of a form's file, shown and changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from townhall.kernel.catalogue.forms.kinds import KINDS
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    flow,
    fresh,
    listed,
    moved,
    put,
    put_words,
    words,
)

TEXTS = ("label", "hint", "called", "for", "item")
"""What a question says in both languages."""
PLAIN = ("when", "min", "max", "decimals", "megabytes", "none", "value")
SIMPLE = ("text", "long_text", "number", "money", "date", "yes_no", "radios", "select", "checkboxes")
NOTHING = Words()
COMPUTED = ("calculated", "hidden")


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose from, or a row of a matrix."""

    name: str
    label: Words
    hint: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of an answer, and what is said where it does not."""

    holds: str
    say: Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the file. `depth` counts the groups that it stands in."""

    name: str
    page: str
    kind: str
    texts: Mapping[str, Words]
    plain: Mapping[str, str]
    required: bool = True
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    musts: tuple[Rule, ...] = ()
    types: str = ""
    depth: int = 0

    @property
    def own(self) -> tuple[str, ...]:
        """The keys that only questions of its kind have."""
        return KINDS[self.kind].own if self.kind in KINDS else ()

    @property
    def label(self) -> Words:
        """What is asked."""
        return self.texts["label"] or Words(self.name)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands in the file."""

    name: str
    title: Words
    text: Words
    when: str
    section: str
    questions: tuple[Asked, ...] = ()

    @property
    def heading(self) -> Words:
        """What heads it: its title, else its first question."""
        return self.title or (self.questions[0].label if self.questions else Words(self.name))


@dataclass(frozen=True, slots=True)
class Change:
    """What an officer typed for a question."""

    kind: str
    texts: Mapping[str, Words]
    plain: Mapping[str, str]
    required: bool = True
    options: Sequence[Choice] = ()
    rows: Sequence[Choice] = ()
    musts: Sequence[Rule] = ()
    types: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A question in the tree: the map that it stands in, and its page."""

    around: Tree
    page: str
    held: Tree = field(repr=False)


def pages_of(tree: Tree) -> tuple[Page, ...]:
    """The pages, in their order."""
    return tuple(page_of(str(name), as_map(held)) for name, held in as_map(tree.get("pages")).items())


def page_of(name: str, held: Mapping[str, Any]) -> Page:
    """A page of the file."""
    questions = tuple(questions_of(name, as_map(held.get("questions"))))
    when, section = as_text(held.get("when")), as_text(held.get("section"))
    return Page(name, words(held.get("title")), words(held.get("text")), when, section, questions)


def questions_of(page: str, held: Mapping[str, Any], depth: int = 0) -> Iterator[Asked]:
    """The questions under a key, each followed by those inside it."""
    for name, each in held.items():
        yield question_of(str(name), page, as_map(each), depth)
        yield from questions_of(page, as_map(as_map(each).get("questions")), depth + 1)


def question_of(name: str, page: str, held: Mapping[str, Any], depth: int = 0) -> Asked:
    """A question of the file."""
    musts = [as_map(each) for each in as_list(held.get("must"))]
    return Asked(
        name, page, as_text(held.get("type")),
        {key: words(held.get(key)) for key in TEXTS}, {key: as_text(held.get(key)) for key in PLAIN},
        required=as_text(held.get("required")) != "false",
        options=choices_of(held.get("options")), rows=choices_of(held.get("rows")),
        musts=tuple(Rule(as_text(each.get("holds")), words(each.get("say"))) for each in musts),
        types=", ".join(as_text(each) for each in as_list(held.get("types"))), depth=depth,
    )  # fmt: skip


def choices_of(held: Any) -> tuple[Choice, ...]:
    """Answers to choose from."""
    found = as_map(held).items()
    return tuple(
        Choice(str(name), words(as_map(each)["label"]), words(as_map(each).get("hint")))
        if "label" in as_map(each)
        else Choice(str(name), words(each))
        for name, each in found
    )


def names_in(tree: Tree) -> set[str]:
    """The names that a new question may not have: of questions and facts. A page may be called like its question."""
    return {*asked_in(tree), *map(str, as_map(tree.get("facts")))}


def asked_in(tree: Tree) -> dict[str, Asked]:
    """The questions by name."""
    return {question.name: question for page in pages_of(tree) for question in page.questions}


def find(tree: Tree, name: str) -> Found:
    """A question in the tree. Raises CannotChange where it is not there."""
    for page, held in as_map(tree.get("pages")).items():
        found = _inside(as_map(held).get("questions"), name)
        if found is not None:
            return Found(found, str(page), fresh(found[name]))
    raise CannotChange(f"There is no question {name!r} any more.")


def _inside(held: Any, name: str) -> Tree:
    if not isinstance(held, Map):
        return None
    if name in held:
        return held
    below = (_inside(as_map(each).get("questions"), name) for each in held.values())
    return next((each for each in below if each is not None), None)


def page_in(tree: Tree, name: str) -> Tree:
    """A page in the tree. Raises CannotChange where it is not there."""
    held = as_map(tree.get("pages")).get(name)
    if not isinstance(held, Map):
        raise CannotChange(f"There is no page {name!r} any more.")
    return held


def add_page(tree: Tree, kind: str, label: Words) -> str:
    """A page more, at the end, with a question of its own, whose name comes back. Raises CannotChange."""
    pages = tree.setdefault("pages", Map())
    name = name_of(label.en, set(map(str, pages)), "page")
    pages[name] = Map({"questions": Map()})
    return add_question(tree, name, kind, label)


def add_question(tree: Tree, page: str, kind: str, label: Words, group: str = "") -> str:
    """A question more, at the end of a page or of a group; its name. Raises CannotChange."""
    if kind not in KINDS:
        raise CannotChange(f"There is no type {kind!r}.")
    inside = find(tree, group).held if group else page_in(tree, page)
    held = inside.setdefault("questions", Map())
    name = name_of(label.en, names_in(tree), "question")
    made = Map({"type": kind, "label": flow({"en": label.en, "cy": label.cy})})
    _begin(made, kind)
    held[name] = made
    return name


def _begin(made: Tree, kind: str) -> None:
    """What a question of a kind cannot be without."""
    two = {"first": flow({"en": "First", "cy": "Cyntaf"}), "second": flow({"en": "Second", "cy": "Ail"})}
    own = KINDS[kind].own
    if "options" in own and kind != "yes_no" and "options" not in made:
        made["options"] = Map(two)
    if "rows" in own and "rows" not in made:
        made["rows"] = Map({"row": flow({"en": "Row", "cy": "Rhes"})})
    if kind in COMPUTED and "value" not in made:
        made["value"] = "null"
    if kind == "group" and "questions" not in made:
        made["questions"] = Map({})
        name = f"{name_of(words(made.get('label')).en, (), 'item')}_what"
        made["questions"][name] = flow({"type": "text", "label": flow({"en": "What is it?", "cy": "Beth ydyw?"})})


def change_question(tree: Tree, name: str, change: Change) -> None:
    """Write what was typed for a question; what the page does not show stays as it is. Raises CannotChange."""
    found = find(tree, name)
    held = found.held
    if change.kind not in KINDS:
        raise CannotChange(f"There is no type {change.kind!r}.")
    put(held, "type", change.kind)
    for key in TEXTS:
        put_words(held, key, change.texts.get(key, Words()) if key in allowed(change.kind) else Words())
    for key in PLAIN:
        put(held, key, change.plain.get(key, "") if key in allowed(change.kind) else "")
    put(held, "required", "" if change.required or change.kind in COMPUTED else "false")
    for key, choices in (("options", change.options), ("rows", change.rows)):
        write_choices(held, key, choices if key in KINDS[change.kind].own else ())
    write_musts(held, change.musts)
    types = [each for each in change.types.replace(",", " ").split() if each]
    put(held, "types", listed(types) if "types" in KINDS[change.kind].own else None)
    if change.kind != "group":
        held.pop("questions", None)
    _begin(held, change.kind)
    if change.page and change.page != found.page:
        page_in(tree, change.page).setdefault("questions", Map())[name] = found.around.pop(name)


def allowed(kind: str) -> set[str]:
    """The keys that a question of a kind may have."""
    return {"label", "hint", "called", "for", "when", *KINDS[kind].own}


def write_choices(held: Tree, key: str, choices: Sequence[Choice]) -> None:
    """Write answers to choose from, those that stay in their own words and place."""
    if not choices:
        held.pop(key, None)
        return
    made = held.setdefault(key, Map())
    order: list[str] = []
    for each in choices:
        name = each.name or name_of(each.label.en, {*order, *(one.name for one in choices)}, "option")
        order.append(name)
        if each.hint:
            entry = fresh(made.get(name) if "label" in as_map(made.get(name)) else None)
            put_words(entry, "label", each.label)
            put_words(entry, "hint", each.hint)
            made[name] = entry
        elif words(made.get(name)) != each.label:
            made[name] = flow({"en": each.label.en, "cy": each.label.cy})
    for name in [each for each in made if each not in order]:
        del made[name]
    if list(made) != order:
        for name in order:
            made.move_to_end(name)


def write_musts(held: Tree, musts: Sequence[Rule]) -> None:
    """Write what must hold of an answer."""
    before = tuple(
        Rule(as_text(as_map(each).get("holds")), words(as_map(each).get("say"))) for each in as_list(held.get("must"))
    )
    if tuple(musts) == before:
        return
    rows = [Map({"holds": each.holds, "say": flow({"en": each.say.en, "cy": each.say.cy})}) for each in musts]
    put(held, "must", listed([flow(each) for each in rows], on_one_line=False))


def change_page(tree: Tree, name: str, *, title: Words, text: Words, when: str) -> None:
    """Write what was typed for a page. Raises CannotChange."""
    held = page_in(tree, name)
    put_words(held, "title", title)
    put_words(held, "text", text)
    put(held, "when", when)
    if "questions" in held:
        held.move_to_end("questions")


def move_page(tree: Tree, name: str, by: int) -> None:
    """Ask a page earlier or later."""
    page_in(tree, name)
    moved(tree["pages"], name, by)


def move_question(tree: Tree, name: str, by: int) -> None:
    """Ask a question earlier or later on its page."""
    moved(find(tree, name).around, name, by)


def remove_question(tree: Tree, name: str) -> None:
    """Ask a question no more; a page that then asks nothing goes with it. Raises CannotChange."""
    found = find(tree, name)
    del found.around[name]
    if not found.around and found.around is page_in(tree, found.page).get("questions"):
        remove_page(tree, found.page)


def remove_page(tree: Tree, name: str) -> None:
    """Ask a page no more. Raises CannotChange where it is the only one."""
    page_in(tree, name)
    if len(tree["pages"]) == 1:
        raise CannotChange("A form has at least one page.")
    del tree["pages"][name]
