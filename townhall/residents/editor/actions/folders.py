"""Live versions and drafts as folders, and back as drafts: the same files, byte for byte."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.folder import SLUG, accepted, content_of, files_of, hash_of
from townhall.kernel.catalogue.packages.model import Package, Problems
from townhall.kernel.catalogue.packages.nations import elsewhere
from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check
from townhall.residents.editor.actions.reviewing import ask_for_review
from townhall.residents.editor.actions.writing import begin, keep, opened
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.rules.beginning import owner_of
from townhall.residents.editor.rules.yaml_files import CannotChange, as_list, as_map
from townhall.residents.editor.selectors import owner_now
from townhall.residents.services import actions as services
from townhall.residents.services import selectors as published

Known = dict[str, list[str]]
KNOWN = ".townhall.json"
"""What each folder was when it was pulled, and when it was pushed last: lies beside them, so that what was changed
there is known.
"""
MOST_SERVICES = 500


class Conflict(Exception):
    """Something would be lost: what, in a sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one service: `same`, `pulled`, `draft`, `asked` (a colleague approves it), `planned` (for a day),
    `published`, or `conflict`; `why` has the reason, or which of its work reaches nobody here.
    """

    slug: str
    what: str
    why: str = ""


def pull(folder: Path, *, slugs: Sequence[str] = (), drafts: bool = False, force: bool = False) -> list[Done]:
    """Write the live versions into a folder, or, where `drafts`, what is being written now. What was changed there
    since it was pulled is left as it is, unless by `force`.
    """
    wanted = {each.slug: published.files_of(each.slug, each.hash) or {} for each in published.live()}
    if drafts:
        wanted |= {each.slug: dict(each.files) for each in Draft.objects.under_way()}
    if missing := sorted({*slugs} - wanted.keys()):
        raise Conflict(f"There is no service {missing[0]!r}; there are {', '.join(sorted(wanted)) or 'none'}.")
    root, found = _root(folder), list[Done]()
    known = _known(root)
    for slug in sorted(slugs or wanted):
        content = {path: text.encode() for path, text in wanted[slug].items()}
        try:
            found.append(Done(slug, _written(root, slug, content, known, force=force)))
            known[slug] = [hash_of(content)]
        except Conflict as problem:
            found.append(Done(slug, "conflict", str(problem)))
    _remember(root, known)
    return found


def _root(folder: Path) -> Path:
    if folder.is_symlink():
        raise Conflict(f"{folder} is a link: name the folder itself.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _known(root: Path) -> Known:
    """Of each folder the live version that it was made from, and, after it was pushed, what it was then; nothing where
    that cannot be read.
    """
    found: Any = {}
    content = content_of(root / KNOWN, KNOWN, Problems()) if (root / KNOWN).exists() else None
    with suppress(ValueError, RecursionError):
        found = json.loads(content or b"{}")
    return {str(slug): [str(one) for one in as_list(each)] for slug, each in as_map(found).items()}


def _remember(root: Path, known: Known) -> None:
    _replace(root / KNOWN, json.dumps(known, indent=1, sort_keys=True).encode())


def _written(root: Path, slug: str, content: Mapping[str, bytes], known: Known, *, force: bool) -> str:
    """Write one service. Raises Conflict where something would be lost, or something else stands there."""
    folder, problems = root / slug, Problems()
    here: dict[str, bytes] = {}
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Conflict(f"{folder} is no folder of its own: nothing is written through it.")
    if folder.exists():
        here = files_of(folder, problems)
        strange = [each for each in problems if "missing" not in each.message]
        if strange:
            raise Conflict(f"{slug}/{strange[0]}")
        if here == dict(content):
            return "same"
        if here and not force and not _is_kept(slug, hash_of(here), known):
            raise Conflict("The files were changed here since they were pulled; --force writes over them.")
    for path in here.keys() - content.keys():
        (folder / path).unlink()
    for path, each in content.items():
        _replace(folder / path, each)
    return "pulled"


def _is_kept(slug: str, here: str, known: Known) -> bool:
    """Whether a folder is as it was pulled, or as it was published since: nothing is lost with it."""
    return here in known.get(slug, [])[:1] or published.files_of(slug, here) is not None


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "wb") as opened_file:
        opened_file.write(content)
    made.replace(path)


@dataclass(frozen=True, slots=True)
class Way:
    """How folders come in: as drafts, or, to `publish` them, before a second officer. `reviewed` says where the council
    has looked at them itself, as in a merge request: then they are published at once. `anyway`: also what reaches
    nobody here; `force`: over another live version, or an open draft.
    """

    publish: bool = False
    reviewed: str = ""
    anyway: bool = False
    force: bool = False


def push(
    folder: Path, *, by: Person, at: datetime, slugs: Sequence[str] = (), way: Way = Way()
) -> list[Done]:  # fmt: skip
    """Take folders in. Raises PermissionDenied for whoever writes no services at all, or may not approve what was
    reviewed, and Conflict where the folder is none.
    """
    check(by, "services.edit", None)
    if way.reviewed:
        check(by, "services.approve", None)
    if folder.is_symlink() or not folder.is_dir():
        raise Conflict(f"{folder} is no folder.")
    known, names = _known(folder), slugs or _services(folder)
    found = list[Done]()
    for slug in names:
        try:
            found.append(_taken_in(folder / slug, known, by, at, way))
        except PermissionDenied:
            found.append(Done(slug, "conflict", "You may not write this service."))
        except (Conflict, CannotChange) as problem:
            found.append(Done(slug, "conflict", str(problem)))
    with suppress(OSError):  # A folder that is only read: everything was taken in all the same.
        _remember(folder, known)
    return found


def _services(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        found = [each.name for each in entries if SLUG.fullmatch(each.name) and (each.is_symlink() or each.is_dir())]
    if len(found) > MOST_SERVICES:
        raise Conflict(f"There are more than {MOST_SERVICES} folders.")
    return sorted(found)


def _taken_in(folder: Path, known: Known, by: Person, at: datetime, way: Way) -> Done:
    problems = Problems()
    content = files_of(folder, problems)
    if [each for each in problems if "missing" not in each.message] or not content:
        raise Conflict(f"{folder.name}/{problems[0]}" if problems else "There is nothing in it.")
    live = published.live_version(folder.name)
    if live is not None and live.hash == hash_of(content):
        known[folder.name] = [live.hash]
        return Done(folder.name, "same")
    if live is not None and live.hash not in known.get(folder.name, []) and not way.force:
        raise Conflict("Another version is live than the one that this was pulled from; pull it, or say --force.")
    done = _let_in(folder.name, content, live.hash if live else "", by, at, way=way)
    known[folder.name] = [live.hash if live else "", hash_of(content)]
    return done


def _let_in(slug: str, content: Mapping[str, bytes], base: str, by: Person, at: datetime, *, way: Way) -> Done:
    if not way.publish and _is_draft(slug, content):
        return Done(slug, "same")
    if not way.publish:
        _as_draft(slug, content, base, by, at, force=way.force)
        return Done(slug, "draft")
    package = _whole(slug, content)
    missing = published.unmet(package)
    told = " ".join(each.said for each in missing)
    if way.reviewed:
        if missing and not way.anyway:
            raise Conflict(f"{told} With --anyway it is published, and that work goes where routing rules send it.")
        _published(package, way.reviewed, by, at)
        return Done(slug, "published", told)
    state = _handed_in(slug, content, base, by, at, force=way.force)
    return Done(slug, "planned" if state == State.PLANNED else "asked", told)


def _is_draft(slug: str, content: Mapping[str, bytes]) -> bool:
    draft = Draft.objects.under_way().filter(slug=slug).first()
    return draft is not None and hash_of(draft.content()) == hash_of(content)


def _whole(slug: str, content: Mapping[str, bytes]) -> Package:
    found = examined_files(slug, content)
    if found.package is None or found.problems:
        raise Conflict(f"It has mistakes: {found.problems[0]}")
    if problem := elsewhere(found.package.service.nations, authority.ours().nation):
        raise Conflict(f"{slug}/{problem}")
    return found.package


def _published(package: Package, reviewed: str, by: Person, at: datetime) -> None:
    """Publish what the council has looked at in git; where it did is kept with the change."""
    told = {"pushed": "published", "version": package.hash[:12], "reviewed in git": reviewed}
    with transaction.atomic():
        services.publish(package=package, at=at, by=by)
        note_change(by, f"service: {package.slug}", {}, told | published.noted(published.unmet(package)), at)


def _handed_in(
    slug: str, content: Mapping[str, bytes], base: str, by: Person, at: datetime, *, force: bool
) -> str:  # fmt: skip
    """Put a folder before a second officer, and how it stands then; nothing happens where it waits or is planned."""
    with transaction.atomic():
        draft = _as_draft(slug, content, base, by, at, force=force)
        if draft.is_open:
            draft = ask_for_review(draft_id=draft.pk, publish_on=None, by=by, at=at)
        return draft.state


def _as_draft(
    slug: str, content: Mapping[str, bytes], base: str, by: Person, at: datetime, *, force: bool
) -> Draft:  # fmt: skip
    files = {path: each.decode() for path, each in accepted(content, Problems()).items()}
    with transaction.atomic():
        draft = Draft.objects.under_way().filter(slug=slug).first()
        check(by, "services.edit", draft or owner_now(slug) or owner_of(files)[0])
        if draft is None:
            return begin(slug=slug, files=files, base=base, by=by, at=at)
        if draft.files == files:
            return draft
        if not draft.is_open or not force:
            raise Conflict(f"{draft.begun_by.name} writes in a draft of it; --force writes over one that is open.")
        draft = opened(draft.pk)
        keep(draft, files, what="file", about="pushed from a folder", by=by, at=at)
    return draft
