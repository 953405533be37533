"""Whether what a second person signs fits the form and the process."""

from difflib import get_close_matches

from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.draft import Draft
from townhall.kernel.catalogue.packages.model import Signature

UNSHOWN = frozenset({"bank_details", "ni_number", "hidden"})
"""Kinds of answers that are never anybody else's business."""


def check_signatures(draft: Draft) -> None:
    """Whether every signature that is asked for is described, and what is described is asked for."""
    if draft.sheet is None or draft.form is None:
        return
    asked = {each.name: each for each in draft.form.questions.values() if each.kind == "signature"}
    for name, question in asked.items():
        if question.group:
            about = f"The signature {name!r} stands inside a group."
            draft.problems.report(question.place, about, "Ask for it on a page of its own.")
        elif name not in draft.sheet.signatures:
            cure = f"Describe it in service.yaml: 'signatures: {{{name}: ...}}' with 'says', 'shows' and 'on'."
            draft.problems.report(question.place, f"Nobody is told what is signed by {name!r}.", cure)
    for name, signature in draft.sheet.signatures.items():
        if name not in asked:
            cure = near(name, set(asked), "Ask it in form.yaml with 'type: signature', or take it out.")
            draft.problems.report(signature.place, f"Nobody asks for the signature {name!r}.", cure)
        check_shown(draft, draft.form, signature)
        check_heard(draft, signature)


def check_shown(draft: Draft, form: Form, signature: Signature) -> None:
    """Whether there is something to show, all of it asked, and none of it too private."""
    if not signature.shows:
        draft.problems.report(signature.place, "Nobody signs what they do not see.", "Name answers under 'shows'.")
    for name in signature.shows:
        question = form.questions.get(name)
        if question is None or question.group:
            cure = near(name, {each.name for each in form.questions.values() if not each.group}, "Take it out.")
            draft.problems.report(signature.place, f"There is no answer {name!r} to show.", cure)
        elif question.kind in UNSHOWN:
            about = f"A second person must not see {name!r}: it is of type {question.kind}."
            draft.problems.report(signature.place, about, "Take it out of 'shows'.")


def check_heard(draft: Draft, signature: Signature) -> None:
    """Whether the process knows what it is told."""
    known = set(draft.process.messages) if draft.process else set[str]()
    for name in signature.hears.values() if draft.process else ():
        if name not in known:
            cure = near(name, known, "Name it under 'messages' in process.yaml.")
            draft.problems.report(signature.place, f"The process knows no message {name!r}.", cure)


def near(name: str, known: set[str], otherwise: str) -> str:
    """What somebody may have meant."""
    found = get_close_matches(name, list(known), 1)
    return f"Did you mean {found[0]!r}?" if found else otherwise
