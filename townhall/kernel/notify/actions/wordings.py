"""The council's own wording of letters: each change is a new version, and is audited."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import rules, selectors
from townhall.kernel.notify.models import ChangedWording
from townhall.kernel.notify.registries import letter_kinds

PARTS = ("subject_en", "body_en", "subject_cy", "body_cy")


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the wording since the page was read."""


def change_wording(*, kind: str, texts: dict[str, str], by: Person, at: datetime, expected: int) -> int:
    """Use other texts for a letter from now on; the new version's number. `texts` has each of PARTS.

    `expected` is the version that was read. Raises ChangedMeanwhile, TextMistake.
    """
    must_be_usable(kind, texts)
    return _new_version(kind, texts, by=by, at=at, expected=expected, is_default=False)


def restore_wording(*, kind: str, by: Person, at: datetime, expected: int) -> int:
    """Go back to the wording the letter came with; the new version's number. Raises ChangedMeanwhile."""
    return _new_version(kind, {}, by=by, at=at, expected=expected, is_default=True)


def must_be_usable(kind: str, texts: dict[str, str]) -> None:
    """Raise TextMistake where English is missing, half of the Welsh is, or a placeholder is not one of the letter's."""
    if not (texts["subject_en"].strip() and texts["body_en"].strip()):
        raise rules.TextMistake("english")
    if bool(texts["subject_cy"].strip()) != bool(texts["body_cy"].strip()):
        raise rules.TextMistake("welsh")
    used = rules.placeholders_in("\n".join(texts[part] for part in PARTS))
    if unknown := used - set(letter_kinds[kind].placeholders):
        raise rules.TextMistake(f"unknown: {', '.join(sorted(unknown))}")


def _new_version(kind: str, texts: dict[str, str], *, by: Person, at: datetime, expected: int, is_default: bool) -> int:
    with transaction.atomic():
        newest = ChangedWording.objects.select_for_update().filter(kind=kind).order_by("-version").first()
        if (newest.version if newest else 0) != expected:
            raise ChangedMeanwhile
        before = selectors.wording(kind).wording
        kept = {part: texts[part].replace("\r\n", "\n").strip() for part in texts}
        ChangedWording.objects.create(
            kind=kind, version=expected + 1, is_default=is_default, by=by, changed_at=at, **kept
        )
        after = selectors.wording(kind).wording
        identity.note_change(by, f"letter: {kind}", _parts(before), _parts(after), at)
    return expected + 1


def _parts(wording: rules.Wording) -> dict[str, str]:
    return {part: getattr(wording, part) for part in PARTS}
