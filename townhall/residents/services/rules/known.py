"""What we know of somebody before they begin, and how the answers say to reach them.

`applicant` says which questions of a form tell who applies: `name`, `email`, `phone` and `address`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from townhall.kernel.catalogue.forms.model import Answers, Form, Json


@dataclass(frozen=True, slots=True)
class Contact:
    """Who somebody is and how to reach them. `lines` are those of an envelope, the postcode last."""

    name: str = ""
    email: str = ""
    phone: str = ""
    lines: tuple[str, ...] = ()


def prefilled(form: Form, applicant: Mapping[str, str], known: Contact) -> Answers:
    """The answers that an account gives, as far as they are such as the form takes."""
    found: Answers = {}
    for part, name in applicant.items():
        question, answer = form.questions.get(name), _answer(part, known)
        if question is None or question.group or answer is None:
            continue
        if next(question.answer.check(answer), None) is None:
            found[name] = answer
    return found


def _answer(part: str, known: Contact) -> Json:
    if part != "address":
        return getattr(known, part, "") or None
    if len(known.lines) < 3:
        return None
    return {"line_1": known.lines[0], "town": known.lines[-2], "postcode": known.lines[-1]}


def contact_of(applicant: Mapping[str, str], answers: Mapping[str, Json]) -> Contact:
    """How the answers say to reach whoever applies."""
    said = {part: answers.get(name) for part, name in applicant.items()}
    plain = {part: str(said.get(part) or "") for part in ("name", "email", "phone")}
    home = said.get("address")
    lines = (
        [home.get(each) for each in ("line_1", "line_2", "town", "county", "postcode")]
        if isinstance(home, dict)
        else []
    )
    return Contact(**plain, lines=tuple(str(each) for each in lines if each))
