"""A part of a service's files, and its mark: two who change the same part are told of each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from townhall.kernel.catalogue.packages.folder import MOST_BYTES, MOST_FILES, MOST_IN_ALL, PLACES, WHERE
from townhall.residents.editor.rules.yaml_files import CannotChange, at, mark_of, opened

Files = Mapping[str, str]
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or what stands in one under keys, one after another."""

    file: str
    keys: tuple[str, ...] = ()


def mark(files: Files, part: Part) -> str:
    """A short text that is another one where anything in the part was changed."""
    text = files.get(part.file)
    if text is None:
        return GONE
    if part.keys:
        try:
            return mark_of(at(opened(text, part.file), *part.keys))
        except CannotChange:
            pass
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def accepted(files: Files) -> dict[str, str]:
    """Files as they may be kept: with lines that end in one way. Raises CannotChange for what no folder may hold."""
    found = {path: text.replace("\r\n", "\n").replace("\r", "\n") for path, text in files.items()}
    for path, text in found.items():
        if not PLACES.fullmatch(path):
            raise CannotChange(f"{path[:100]!r} is no place for a file. {WHERE}")
        if "\0" in text or any(0xD800 <= ord(each) < 0xE000 for each in text):
            raise CannotChange(f"{path}: a character in it cannot stand in a file.")
        if len(text.encode()) > MOST_BYTES:
            raise CannotChange(f"{path} is larger than {MOST_BYTES:,} bytes.")
    if len(found) > MOST_FILES or sum(len(text.encode()) for text in found.values()) > MOST_IN_ALL:
        raise CannotChange(f"A service has at most {MOST_FILES} files and {MOST_IN_ALL:,} bytes.")
    return found
