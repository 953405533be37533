"""Reads what a second person signs: what they are shown, how long they have, what the process hears."""

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.packages.model import Signature
from townhall.kernel.catalogue.words import Report, as_name, text_of

OUTCOMES = ("signed", "refused", "lapsed")
"""What comes of asking somebody to sign; lapsed where nobody answered in time, or it is not asked for any more."""
USUAL_DAYS, MOST_DAYS = 14, 90


def signatures(node: YamlNode, report: Report) -> dict[str, Signature]:
    """The signatures by the question that names the second person. Raises ModelError."""
    return {as_name(name, each): signature(each, report) for name, each in node.keys().items()}


def signature(node: YamlNode, report: Report) -> Signature:
    """One of them. Raises ModelError."""
    held = node.keys("says", "shows", "days", "on")
    for key in ("says", "shows", "on"):
        if key not in held:
            raise ModelError(f"There is no {key!r}.", node.place, f"Add '{key}:'.")
    heard = held["on"].keys(*OUTCOMES)
    for each in OUTCOMES:
        if each not in heard:
            cure = f"Name the message of the process that says so: '{each}: MESSAGE'."
            raise ModelError(f"The process does not hear when it is {each}.", held["on"].place, cure)
    return Signature(
        says=text_of(held["says"], report),
        shows=tuple(each.text() for each in held["shows"].items()),
        days=days(held["days"]) if "days" in held else USUAL_DAYS,
        hears={name: each.text() for name, each in heard.items()},
        place=node.place,
    )


def days(node: YamlNode) -> int:
    """How many days there are to sign. Raises ModelError."""
    text = node.text()
    if not (text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= MOST_DAYS):
        raise ModelError(f"{text[:40]!r} is no number of days.", node.place, f"Write 1 to {MOST_DAYS}.")
    return int(text)
