"""Answers on the wire: the same facts as JSON and as XML, by the Spark convention of the standard."""
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

from townhall.residents.open311.rules.faults import refuse

Format = Literal["json", "xml"]
CONTENT_TYPES: dict[str, str] = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
ITEMS = {
    "services": "service", "service_requests": "request", "service_request_updates": "request_update",
    "errors": "error", "attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format",
    "notes": "note", "photos": "photo",
}  # fmt: skip
"""What one member of a list is called in XML."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, whatever the format: the name of the XML root, and dicts, lists, text, numbers, booleans, None."""

    root: str
    facts: Any


def write(answer: Answer, form: Format) -> bytes:
    """The answer as UTF-8 bytes. Characters that XML cannot hold are left out of both."""
    facts = _clean(answer.facts)
    if form == "json":
        return msgspec.json.encode(facts)
    root = Element(answer.root)
    _fill(root, facts)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, datetime):
        return w3(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            _fill(SubElement(element, str(key)), inner)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            _fill(SubElement(element, ITEMS.get(element.tag, "item")), inner)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)


def w3(at: datetime) -> str:
    """A moment as the standard writes it: ISO 8601 to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_xml(body: bytes) -> Any:
    """XML as the facts that JSON would have: known lists as lists, other parents as dicts, empty elements as None.

    Raises Refused for what is no XML, has a DTD, or declares entities.
    """
    try:
        root = Safe.fromstring(body, forbid_dtd=True)
    except (DefusedXmlException, Safe.ParseError, ValueError, LookupError) as error:
        raise refuse(400, "the body is not XML that can be read") from error
    return _read(root)


def _read(element: Element) -> Any:
    if element.tag in ITEMS:
        return [_read(child) for child in element]
    if len(element):
        return {child.tag: _read(child) for child in element}
    return (element.text or "").strip() or None
