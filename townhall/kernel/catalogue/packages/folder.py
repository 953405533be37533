"""The files of a package, taken in safely: nothing that leads out of the folder, nothing too large, all of it text."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.packages.model import Problems

MOST_FILES, MOST_BYTES, MOST_IN_ALL, DEEPEST = 300, 1_000_000, 5_000_000, 2
SLUG = re.compile(r"[a-z][a-z0-9_]{1,49}")
NAMED = "Use 2 to 50 small letters, digits and '_', a letter first: skip_licence."
PLACES = re.compile(
    r"README\.md|[a-z][a-z0-9_]*\.yaml|(?:forms|examples)/[a-z0-9][a-z0-9_]*\.yaml|(?:letters|documents)/[a-z][a-z0-9_]*\.md"
    r"|decisions/[a-z0-9][a-z0-9_]*(?:\.examples)?\.(?:yaml|dmn)"
)
NEEDED = ("service.yaml", "form.yaml", "process.yaml", "README.md")
WHERE = (
    "A package holds service.yaml, form.yaml, process.yaml, README.md and the folders decisions, letters, documents, "
    "forms and examples; names have small letters, digits and '_'."
)
Contents = dict[str, bytes]


def files_of(folder: Path, problems: Problems) -> Contents:
    """The files of a folder by their paths in it, with lines that end in one way; what may not be there is reported."""
    found: Contents = {}
    if folder.is_symlink() or not folder.is_dir():
        problems.report(Place(folder.name), "This is no folder.", "Name the folder of a service.")
        return found
    whole = 0
    for path, entry in walked(folder, problems):
        content = content_of(entry, path, problems)
        whole += len(content or b"")
        if len(found) >= MOST_FILES or whole > MOST_IN_ALL:
            about = f"A package has at most {MOST_FILES} files and {MOST_IN_ALL:,} bytes."
            problems.report(Place(path), about, "Take what is not needed out.")
            break
        if content is not None:
            found[path] = content
    return accepted(found, problems)


def walked(folder: Path, problems: Problems, inside: str = "", depth: int = 0) -> Iterator[tuple[str, Path]]:
    """The files of a folder, in the order of their names; links are reported and not followed."""
    for entry in sorted(islice(os.scandir(folder), MOST_FILES + 1), key=lambda each: each.name):
        path = f"{inside}{entry.name}"
        if entry.is_symlink():
            problems.report(Place(path), "This is a link.", "Put the file itself into the folder.")
        elif not entry.is_dir(follow_symlinks=False):
            yield path, Path(entry.path)
        elif depth + 1 >= DEEPEST:
            problems.report(Place(path), "A package has no folders in its folders.", WHERE)
        else:
            yield from walked(Path(entry.path), problems, f"{path}/", depth + 1)


def content_of(path: Path, named: str, problems: Problems) -> bytes | None:
    """What is in a file; none where it is no plain file, is too large or cannot be read, which is reported."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                problems.report(Place(named), "This is no plain file.", "Take it out.")
                return None
            content = opened.read(MOST_BYTES + 1)
    except OSError as problem:
        problems.report(Place(named), f"The file cannot be read: {problem.strerror}.", "See to its rights.")
        return None
    if len(content) > MOST_BYTES:
        problems.report(Place(named), f"The file is larger than {MOST_BYTES:,} bytes.", "Take it apart.")
        return None
    return content


def accepted(files: Mapping[str, bytes], problems: Problems) -> Contents:
    """Those files that a package may have, as text with lines that end in one way; others and missing are reported."""
    found: Contents = {}
    for path in sorted(files):
        if not PLACES.fullmatch(path):
            problems.report(Place(path[:200]), "There is no place for this file in a package.", WHERE)
            continue
        content = files[path].replace(b"\r\n", b"\n")
        try:
            content.decode()
        except UnicodeDecodeError as problem:
            line = content[: problem.start].count(b"\n") + 1
            problems.report(Place(path, line), "The file is not UTF-8.", "Save it as UTF-8.")
            continue
        found[path] = content
    for path in NEEDED:
        if path not in files:
            problems.report(Place(path), "The file is missing.", "Add it; 'townhall package new' shows how it begins.")
    return found


def hash_of(files: Mapping[str, bytes]) -> str:
    """The hash of files, whatever their order and however their lines end."""
    made = hashlib.sha256()
    for path in sorted(files):
        content = files[path].replace(b"\r\n", b"\n")
        made.update(f"{path}\0{len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()
