"""An OpenAPI document as a person reads it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that an operation takes. `where` is path, query or body."""

    name: str
    where: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A method at an address."""

    key: str
    method: str
    address: str
    summary: str
    needs_key: bool
    takes: tuple[Taken, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Interface:
    """A document with its operations by group."""

    title: str
    description: str
    address: str
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]


def interface(document: Mapping[str, Any], address: str) -> Interface:
    """The document that programs find at `address`."""
    base = next((str(server["url"]) for server in document.get("servers") or ()), "")
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            found = _operation(document, f"{base}{path}", method, one)
            groups.setdefault(str((one.get("tags") or [""])[0]), []).append(found)
    info = document["info"]
    listed = tuple((name, tuple(operations)) for name, operations in groups.items())
    return Interface(str(info["title"]), str(info.get("description", "")), address, listed)


def _operation(document: Mapping[str, Any], address: str, method: str, one: Mapping[str, Any]) -> Operation:
    takes = [
        _taken(document, str(each["name"]), str(each["in"]), each["schema"], bool(each.get("required")))
        for each in one.get("parameters", ())
    ]
    body = _body(document, one)
    fields: Mapping[str, Mapping[str, Any]] = body.get("properties", {})
    needed: Sequence[str] = body.get("required", ())
    takes += [_taken(document, name, "body", schema, name in needed) for name, schema in fields.items()]
    answers = tuple(sorted((str(status), str(said["description"])) for status, said in one["responses"].items()))
    says = str(one.get("description") or one.get("summary", ""))
    return Operation(
        str(one["operationId"]), method.upper(), address, says, bool(one.get("security")), tuple(takes), answers
    )


def _body(document: Mapping[str, Any], one: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is sent, in the first of its encodings; empty where nothing is."""
    sent: Mapping[str, Any] = one.get("requestBody", {})
    encodings: Mapping[str, Mapping[str, Any]] = sent.get("content", {})
    first = next(iter(encodings.values()), None)
    return _whole(document, first["schema"]) if first else {}


def _taken(document: Mapping[str, Any], name: str, where: str, schema: Mapping[str, Any], needed: bool) -> Taken:
    whole = _whole(document, schema)
    return Taken(name, where, _kind(whole), needed, str(whole.get("description", "")))


def _whole(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, where it only names another."""
    reference = str(schema.get("$ref", ""))
    return document["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"] if value != "")
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    kind: str | list[str] = schema.get("type", "")
    words = kind if isinstance(kind, str) else " or ".join(kind)
    return f"{words} ({schema['format']})" if "format" in schema else words
