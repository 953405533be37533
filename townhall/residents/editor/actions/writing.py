"""Writing: a draft is begun, its files are changed one change at a time, and changes are taken back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.editor.models import Change, Draft
from townhall.residents.editor.rules.beginning import owner_of
from townhall.residents.editor.rules.parts import Part, accepted, mark

Files = Mapping[str, str]
Make = Callable[[Files], Files]


class Frozen(Exception):
    """A draft cannot be changed now: it waits for review, is planned, published or dropped."""


class Taken(Exception):
    """There is a draft of the service under way already."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


class Clash(Exception):
    """Somebody has changed meanwhile what was to be changed. `last` is the latest change, `mark` is that of now."""

    def __init__(self, last: Change | None, mark: str) -> None:
        super().__init__("changed meanwhile")
        self.last, self.mark = last, mark


def begin(*, slug: str, files: Files, base: str, by: Person, at: datetime) -> Draft:
    """A draft of a service from files: those of a version, whose hash is `base`, or new ones. Raises Taken."""
    kept = accepted(files)
    owner, _, name = owner_of(kept)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                slug=slug, files=kept, base=base, owner=owner, title_en=name.en, title_cy=name.cy, begun_at=at,
                changed_at=at, begun_by=by,
            )  # fmt: skip
            note_change(by, f"service: {slug}", {}, {"draft": "begun", "from": base[:12]}, at)
    except IntegrityError as problem:
        known = Draft.objects.under_way().filter(slug=slug).first()
        if known is None:
            raise
        raise Taken(known) from problem
    return draft


def change(
    *, draft_id: UUID, part: Part, seen: str, make: Make, what: str, about: str, by: Person, at: datetime
) -> Draft:
    """Change a draft's files as `make` says, where the part is still as it was `seen`.

    What others have changed elsewhere meanwhile stays. Raises Clash, Frozen, and CannotChange of `make`.
    """
    with transaction.atomic():
        draft = opened(draft_id)
        now = mark(draft.files, part)
        if seen != now:
            raise Clash(draft.changes.order_by("-number").select_related("by").first(), now)
        keep(draft, make(draft.files), what=what, about=about, by=by, at=at)
    return draft


def opened(draft_id: UUID) -> Draft:
    """The draft, held against others until the end of the transaction. Raises Frozen."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if not draft.is_open:
        raise Frozen(draft.state)
    return draft


def keep(
    draft: Draft, files: Files, *, what: str, about: str, by: Person, at: datetime, undoes: Change | None = None
) -> None:
    """Keep files as a change of the draft; nothing happens where they are the same. Raises CannotChange."""
    kept, before = accepted(files), draft.files
    paths = sorted(path for path in {*kept, *before} if kept.get(path) != before.get(path))
    if not paths and undoes is None:
        return
    owner, _, name = owner_of(kept)
    draft.files, draft.number, draft.changed_at = kept, draft.number + 1, at
    draft.owner, draft.title_en, draft.title_cy = owner or draft.owner, name.en, name.cy
    draft.save(update_fields=["files", "number", "changed_at", "owner", "title_en", "title_cy"])
    Change.objects.create(
        draft=draft, number=draft.number, at=at, by=by, what=what, about=about[:300], undoes=undoes,
        files={path: [before.get(path), kept.get(path)] for path in paths},
    )  # fmt: skip


def undo(*, draft_id: UUID, number: int, by: Person, at: datetime) -> bool:
    """Take back the latest change that was not taken back; `number` is the change that was looked at.

    Whether it was done: not where another change has come since.
    """
    with transaction.atomic():
        draft = opened(draft_id)
        last = last_change(draft)
        if last is None or last.number != number:
            return False
        files = dict(draft.files)
        for path, (before, _after) in last.files.items():
            if before is None:
                files.pop(path, None)
            else:
                files[path] = before
        keep(draft, files, what="undone", about=last.about, by=by, at=at, undoes=last)
    return True


def last_change(draft: Draft) -> Change | None:
    """The latest change that can be taken back."""
    return draft.changes.filter(undoes=None, undone_by=None).order_by("-number").first()
