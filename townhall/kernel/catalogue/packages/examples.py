"""Reads the examples of a package: answers in, and everything that must come of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from townhall.kernel.cases.rules import LONDON
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode, parse
from townhall.kernel.catalogue.packages.model import Example, Happening, Problems
from townhall.kernel.catalogue.processes.ways import NATIONS

KEYS = ("name", "at", "nation", "facts", "answers", "sent", "refused", "pages", "counts", "happens")
EVENTS = ("done", "failed", "message", "jump", "cancel")
HAPPENS = (
    "at", *EVENTS, "with", "reason", "by", "state", "letters", "asks", "decided", "values", "due", "says",
    "says_not", "refused",
)  # fmt: skip
MOST_EXAMPLES, MOST_HAPPENING = 100, 60


def read_example(content: bytes, file: str, problems: Problems) -> Example | None:
    """The example of a file; none where it is none, which is reported."""
    try:
        return example_of(parse(content, file, DEFAULT), file)
    except ModelError as problem:
        problems.report(problem.place, problem.message, problem.cure)
        return None


def example_of(tree: YamlNode, file: str) -> Example:
    """The example of a tree. Raises ModelError."""
    held = tree.keys(*KEYS)
    for key in ("name", "at"):
        if key not in held:
            raise ModelError(f"The example has no {key!r}.", tree.place, f"Add '{key}:'.")
    if ("answers" in held) == ("sent" in held):
        raise ModelError("The example says neither or both of 'answers' and 'sent'.", tree.place, "Write one of them.")
    nation = held["nation"].text() if "nation" in held else "england"
    if nation not in NATIONS:
        raise ModelError(f"There is no nation {nation!r}.", held["nation"].place, f"There are {', '.join(NATIONS)}.")
    happens = held["happens"].items() if "happens" in held else []
    if len(happens) > MOST_HAPPENING:
        message = f"More than {MOST_HAPPENING} things happen."
        raise ModelError(message, held["happens"].place, "Make two examples of it.")
    return Example(
        file,
        tree.place,
        held["name"].text(),
        moment_text(held["at"]),
        nation,
        facts=values(held.get("facts")),
        answers=values(held.get("answers")),
        sent={page: fields(each) for page, each in under(held.get("sent"))},
        refused={page: texts(each) for page, each in under(held.get("refused"))},
        pages=tuple(each.text() for each in held["pages"].items()) if "pages" in held else None,
        counts=values(held.get("counts")),
        happens=tuple(happening_of(each) for each in happens),
        places=dict(placed(tree)),
    )


def placed(node: YamlNode, path: str = "") -> Iterator[tuple[str, Place]]:
    """The place of everything under a node by its path, as `answers.things.0.what`."""
    items = node.held if isinstance(node.held, list) else []
    for name, each in (node.held if isinstance(node.held, dict) else dict(enumerate(items))).items():
        at = f"{path}.{name}" if path else str(name)
        yield at, each.place
        yield from placed(each, at)


def happening_of(node: YamlNode) -> Happening:
    """One thing that happens. Raises ModelError."""
    held = node.keys(*HAPPENS)
    kinds = [each for each in EVENTS if each in held]
    if "at" not in held or len(kinds) > 1:
        cure = f"Give 'at' and at most one of {', '.join(EVENTS)}."
        raise ModelError("It does not say when, or says several things at once.", node.place, cure)
    kind = kinds[0] if kinds else ""
    reason = held["reason"].text() if "reason" in held else ""
    name = held[kind].text() if kind else ""
    return Happening(
        node.place,
        moment_text(held["at"]),
        kind,
        "" if kind == "cancel" else name,
        values(held.get("with")),
        name if kind == "cancel" else reason,
        held["by"].text() if "by" in held else "",
        state=tuple(each.text() for each in held["state"].items()) if "state" in held else None,
        letters=tuple(each.text() for each in held["letters"].items()) if "letters" in held else (),
        asks=tuple(asked(each) for each in held["asks"].items()) if "asks" in held else (),
        decided=values(held.get("decided")),
        values=values(held.get("values")),
        due=texts(held["due"]) if "due" in held else {},
        says=texts(held["says"]) if "says" in held else {},
        says_not=texts(held["says_not"]) if "says_not" in held else {},
        refused=held["refused"].text() if "refused" in held else None,
    )


def asked(node: YamlNode) -> tuple[str, Mapping[str, object]]:
    """Something that is asked of the outside: `payment fee`, or that with some of its values."""
    if isinstance(node.held, dict):
        name, inside = next(iter(node.held.items()), ("", node))
        return name, values(inside)
    return node.text(), {}


def under(node: YamlNode | None) -> list[tuple[str, YamlNode]]:
    """What stands under a key that may be missing."""
    return list(node.keys().items()) if node is not None else []


def values(node: YamlNode | None) -> dict[str, Any]:
    """Values by name, as JSON has them."""
    return {name: as_json(each.plain()) for name, each in under(node)}


def texts(node: YamlNode) -> dict[str, str]:
    """Texts by name."""
    return {name: each.text() for name, each in node.keys().items()}


def fields(node: YamlNode) -> dict[str, str | list[str]]:
    """What a browser sends: a text for each field, or several."""
    return {
        name: [item.text() for item in each.held] if isinstance(each.held, list) else each.text()
        for name, each in node.keys().items()
    }


def as_json(value: Any) -> Any:
    """A value of the file as JSON has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [as_json(each) for each in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in cast("dict[str, Any]", value).items()}
    return value


def moment_text(node: YamlNode) -> str:
    """A moment of the example. Raises ModelError for what is none."""
    text = node.text()
    try:
        moment_of(text)
    except ValueError as problem:
        raise ModelError(f"{text[:40]!r} is no moment.", node.place, "Write it as 2026-03-31 09:30.") from problem
    return text


def moment_of(text: str) -> datetime:
    """The moment in London; noon of a day that is named alone. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found.replace(hour=12, tzinfo=LONDON) if len(text) == 10 else found.replace(tzinfo=LONDON)
