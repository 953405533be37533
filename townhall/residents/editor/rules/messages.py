"""Messages of `process.yaml` with the buttons of `service.yaml` that send them: shown as fields and written back."""

from dataclasses import dataclass
from typing import Any

from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.processes import DONE, FAILED
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_map,
    as_text,
    at,
    flow,
    put,
    put_words,
    words,
)

KEY, BUTTONS, PARTNERS = "messages", "buttons", "partners"
NOTHING = Words()


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a process waits to be told. `form` is asked with it; `button` is what whoever applied presses to
    say it, empty where colleagues and partners alone do.
    """

    name: str
    title: Words
    form: str = ""
    button: Words = NOTHING


def messages_of(process: Tree, sheet: Tree) -> tuple[Message, ...]:
    """The messages, in the order of the file."""
    pressed = as_map(as_map(sheet).get(BUTTONS))
    return tuple(
        message_of(str(name), held, words(pressed.get(name))) for name, held in as_map(process.get(KEY)).items()
    )


def message_of(name: str, held: Any, button: Words) -> Message:
    """A message, as it stands in the file."""
    return Message(name, words(held), as_text(as_map(held).get("form")), button)


def add_message(tree: Tree, title: Words) -> str:
    """A message more; its name. No state waits for it yet."""
    if KEY not in tree:
        _put_before_states(tree)
    elif not isinstance(tree[KEY], Map):
        tree[KEY] = Map()
    name = name_of(title.en, {*map(str, tree[KEY]), DONE, FAILED}, "message")
    tree[KEY][name] = flow({"en": title.en, "cy": title.cy} if title.cy else {"en": title.en})
    return name


def _put_before_states(tree: Tree) -> None:
    names = list(tree)
    tree.insert(names.index("states") if "states" in names else len(names), KEY, Map())


def change_message(tree: Tree, name: str, title: Words, form: str) -> None:
    """Write what a message is called and asks. Raises CannotChange where it is not there any more."""
    around = _held(tree, name)
    if not isinstance(around[name], Map):
        around[name] = flow({"en": words(around[name]).en})
    held = around[name]
    put(held, "en", title.en)
    put(held, "cy", title.cy)
    put(held, "form", form)


def change_button(tree: Tree, name: str, title: Words) -> None:
    """Write what stands on the button that sends a message; without words there is none."""
    if not isinstance(tree.get(BUTTONS), Map):
        if not title:
            return
        tree[BUTTONS] = Map()
    put_words(tree[BUTTONS], name, title)
    if not tree[BUTTONS]:
        del tree[BUTTONS]


def remove_message(tree: Tree, name: str) -> None:
    """Take a message out. Raises CannotChange where it is not there any more."""
    del _held(tree, name)[name]
    if not tree[KEY]:
        del tree[KEY]


def _held(tree: Tree, name: str) -> Tree:
    if not isinstance(at(tree, KEY), Map) or name not in tree[KEY]:
        raise CannotChange(f"There is no message {name!r} any more.")
    return tree[KEY]
