"""What all files of a service share: texts in both languages, names for the machine, true and false."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
Report = Callable[[Place, str, str], None]


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in both languages."""

    en: str
    cy: str = ""

    def said(self, language: str = "en") -> str:
        """The text in a language; in English where it is not there."""
        return (self.cy if language == "cy" else self.en) or self.en


def same(text: str) -> Text:
    """What is said in one way in both languages: a name, a number."""
    return Text(text, text)


def joined(texts: Sequence[Text], between: str) -> Text:
    """Texts one after another."""
    return Text(*(between.join(each.said(language) for each in texts) for language in ("en", "cy")))


def text_of(node: YamlNode, report: Report, *beside: str) -> Text:
    """A text in both languages; one that is missing is reported. `beside` it other things may stand. Raises ModelError
    for what is no text.
    """
    if isinstance(node.held, str):
        report(node.place, f"{node.held!r} has no Welsh.", "Write {en: …, cy: …}.")
        return Text(node.held)
    held = node.keys("en", "cy", *beside)
    found = {key: each.text().strip() for key, each in held.items() if key not in beside}
    for language, said in (("en", "English"), ("cy", "Welsh")):
        if not found.get(language):
            other = next((each for each in found.values() if each), "This text")
            report(node.place, f"{other!r} has no {said}.", f"Write it after '{language}:'.")
    return Text(found.get("en", ""), found.get("cy", ""))


def as_name(text: str, node: YamlNode) -> str:
    """A name that stands at a node. Raises ModelError where it is none."""
    if not NAME.fullmatch(text):
        cure = "Use small letters a to z, digits and '_', a letter first; what people see is a text of its own."
        raise ModelError(f"{text!r} cannot be a name.", node.place, cure)
    return text


def flag(node: YamlNode | None, *, otherwise: bool = False) -> bool:
    """Whether it says true. Raises ModelError where it says neither true nor false."""
    if node is None:
        return otherwise
    found = node.plain()
    if not isinstance(found, bool):
        raise ModelError("This is either true or false.", node.place, "Write true or false, without quotes.")
    return found
