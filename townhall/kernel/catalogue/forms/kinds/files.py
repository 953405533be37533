"""Answers that are files, groups of questions that repeat, and values that nobody is asked for."""

import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from townhall.kernel.catalogue.decisions.feel.kinds import ANY
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Upload, Uploads, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, same

REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_FILES, MOST_MEGABYTES = 10, 100
MEDIA = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv",
    "txt": "text/plain",
}
KEYS = ("file", "name", "size", "type")


def is_file(value: Json) -> TypeGuard[dict[str, Any]]:
    """Whether it is what is kept of a file."""
    if not isinstance(value, dict) or set(value) != set(KEYS):
        return False
    reference, size = value["file"], value["size"]
    texts = isinstance(value["name"], str) and isinstance(value["type"], str)
    is_size = isinstance(size, int) and not isinstance(size, bool)
    return texts and is_size and isinstance(reference, str) and bool(REFERENCE.fullmatch(reference))


def files_in(value: Json) -> list[dict[str, Any]]:
    """The files that an answer is; none where anything else is among them."""
    held = value if isinstance(value, list) else []
    found = [each for each in held if is_file(each)]
    return found if len(found) == len(held) else []


@kind("files")
class Files(Kind):
    """Files that were sent before, each by its reference; what is known of them is kept beside it."""

    own = ("max", "types", "megabytes")
    feel = ANY
    missing = "untold"

    def read(self, sent: Fields) -> Read:
        """The references; `resolved` says what each is."""
        return Read(list(dict.fromkeys(each for each in sent.values if each.strip())) or None)

    @staticmethod
    def resolved(references: Json, uploads: Uploads) -> Read:
        """What is known of each reference."""
        wanted = [str(each) for each in references] if isinstance(references, list) else []
        if any(each not in uploads for each in wanted):
            return Read(None, wrong("files_unknown"))
        found = [(each, uploads[each]) for each in wanted]
        return Read([{"file": key, "name": one.name, "size": one.size, "type": one.type} for key, one in found] or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """They are not too many, not too large, and of the types that are taken."""
        files = files_in(value)
        if not files:
            yield wrong("shape")
            return
        if len(files) > int(self.question.most or MOST_FILES):
            yield wrong("files_many", most=str(self.question.most or MOST_FILES))
        for each in files:
            if each["size"] > self.question.megabytes * 1_000_000:
                yield wrong("files_large", file=each["name"], megabytes=str(self.question.megabytes))
            elif each["type"] not in {MEDIA[name] for name in self.question.types}:
                yield wrong("files_type", file=each["name"], types=", ".join(self.question.types))

    def foreign(self, value: Json, uploads: Uploads) -> Iterator[Wrong]:
        """Each is known, and is what it is said to be."""
        for each in files_in(value):
            if uploads.get(each["file"]) != Upload(each["name"], each["size"], each["type"]):
                yield wrong("files_unknown")

    def value(self, kept: Json) -> Value:
        """A list with the name and type of each."""
        return [{"name": each["name"], "type": each["type"]} for each in files_in(kept)] or None

    def shown(self, value: Any) -> Text:
        """Their names."""
        return same("\n".join(each["name"] for each in value))

    def schema(self) -> dict[str, Any]:
        """A list of references with what is known of each."""
        parts: dict[str, Any] = {
            "file": {"type": "string", "pattern": f"^(?:{REFERENCE.pattern})$"},
            "name": {"type": "string"},
            "size": {"type": "integer", "maximum": self.question.megabytes * 1_000_000},
            "type": {"enum": [MEDIA[each] for each in self.question.types]},
        }
        one = {"type": "object", "properties": parts, "required": list(KEYS), "additionalProperties": False}
        return {"type": "array", "items": one, "minItems": 1, "maxItems": int(self.question.most or MOST_FILES)}


@kind("group")
class Group(Kind):
    """Questions that are asked again for each item. What is inside is read and checked question by self.question."""

    own = ("questions", "min", "max", "item")
    feel = ANY
    missing = "items_few"

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is a list of items, not too few, not too many."""
        names = {each.name for each in self.question.inside}
        if not isinstance(value, list) or not all(isinstance(each, dict) and set(each) <= names for each in value):
            yield wrong("shape")
        elif self.question.least is not None and len(value) < self.question.least:
            yield wrong("items_few")
        elif len(value) > int(self.question.most or 0):
            yield wrong("items_many")

    def shown(self, value: Any) -> Text:
        """How many there are."""
        return same(str(len(value)))


class Computed(Kind):
    """A value that follows from others; nobody is asked, and what a browser sends for it is nothing."""

    own = ("value",)
    feel = ANY

    def check(self, value: Json) -> Iterator[Wrong]:
        """Nobody answers it."""
        yield from () if value is None else (wrong("shape"),)

    def schema(self) -> dict[str, Any]:
        """Computed here, so that nobody sends it."""
        return {"readOnly": True}


@kind("calculated")
class Calculated(Computed):
    """A value that is shown."""


@kind("hidden")
class Hidden(Computed):
    """A value that is not shown."""
