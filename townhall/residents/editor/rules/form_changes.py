"""Pages and questions of a form as officers change them."""

from collections.abc import Sequence
from typing import Any

from townhall.kernel.catalogue.forms.kinds import KINDS
from townhall.residents.editor.rules.forms import COMPUTED, PLAIN, TEXTS, Change, Choice, Found, Rule, names_in
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
