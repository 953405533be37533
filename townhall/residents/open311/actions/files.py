"""Reading files of requests row by row: CSV, JSON (a list, or one object a line) and XML."""
import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from townhall.residents.open311.rules.rows import BadRow

Raw = Mapping[str, str] | BadRow
KINDS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "xml"}
MOST_JSON_BYTES = 1_000_000_000


class NotReadable(ValueError):
    """A file that is none of the kinds we read, or broken as a whole."""


def digest_of(path: Path) -> str:
    """The file's SHA-256, by which it is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows_of(path: Path) -> Iterator[Raw]:
    """The rows of a file in order; a row that cannot be read is a BadRow in its place. Raises NotReadable."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise NotReadable(f"a file is .csv, .json or .xml, not '{path.suffix}'")
    readers = {"csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _lines, "xml": _xml}
    try:
        yield from readers[kind](path)
    except (UnicodeDecodeError, csv.Error, DefusedXmlException, ElementTree.ParseError) as problem:
        raise NotReadable(f"the file is broken: {problem}") from problem


def _csv(path: Path, delimiter: str = ",") -> Iterator[Raw]:
    csv.field_size_limit(min(sys.maxsize, 10_000_000))
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader((line.replace("\x00", "") for line in file), delimiter=delimiter)
        names = next(lines, None)
        if not names or len(names) < 2:
            raise NotReadable("its first line must name the columns")
        for values in lines:
            if values:
                wrong = f"it has {len(values)} columns instead of {len(names)}"
                yield dict(zip(names, values, strict=True)) if len(values) == len(names) else BadRow(wrong)


def _tsv(path: Path) -> Iterator[Raw]:
    return _csv(path, "\t")


def _json(path: Path) -> Iterator[Raw]:
    if path.stat().st_size > MOST_JSON_BYTES:
        raise NotReadable("it is too large; write one object a line and call it .jsonl")
    try:
        read = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as problem:
        raise NotReadable(f"the file is not JSON: {problem}") from problem
    lists = [value for value in read.values() if isinstance(value, list)] if isinstance(read, dict) else [read]
    if not lists or not isinstance(lists[0], list):
        raise NotReadable("it must be a list of requests, or an object that holds one")
    for item in lists[0]:
        yield _flat(item)


def _lines(path: Path) -> Iterator[Raw]:
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                try:
                    yield _flat(json.loads(line))
                except (ValueError, RecursionError):
                    yield BadRow("it is not JSON")


def _flat(item: Any) -> Raw:
    if not isinstance(item, dict):
        return BadRow("it is not an object")
    return {str(name): _text(value) for name, value in item.items() if value is not None}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _xml(path: Path) -> Iterator[Raw]:
    """Each `request` element, as the standard has it; freed once read, so that size does not matter."""
    with path.open("rb") as file:
        events = ElementTree.iterparse(file, events=("start", "end"), forbid_dtd=True)
        root, depth = None, 0
        for event, element in events:
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 1:
                yield {child.tag: _inner(child) for child in element}
                root.clear()


def _inner(element: Any) -> str:
    return (element.text or "").strip() or " ".join("".join(element.itertext()).split())
