"""A copy of the answers: in words by section, and as an accessible PDF."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.design import paper
from townhall.residents.services.models import Application
from townhall.residents.services.selectors.applications import rows_of
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import day_of, language

LAYOUT = Path(__file__).parent.parent / "copy.typ"
MOST_LETTERS = 200_000
"""Of the answers in one PDF, about ninety pages: it is made while somebody waits."""


class TooLong(ValueError):
    """Answers that are longer than a PDF may be here; the page shows them all."""


def copy_pdf(application: Application, at: datetime) -> bytes:
    """The answers as PDF/UA-1 in the reader's language. Raises TooLong, paper.CannotPrint."""
    contents = copy_contents(application, at)
    if sum(len(row["answer"]) for part in contents["parts"] for row in part["rows"]) > MOST_LETTERS:
        raise TooLong
    return paper.pdf(LAYOUT, contents, timestamp=(application.sent_at or at).astimezone(UTC).replace(microsecond=0))


def copy_contents(application: Application, at: datetime) -> dict[str, Any]:
    """What the layout shows, as plain data."""
    ours, spoken, case = authority.ours(), language(), application.case
    reference = case.reference if case else ""
    return {
        "language": spoken, "colour": ours.colour_1, "reference": reference, "title": _("Your answers"),
        "council": (ours.name_cy if spoken == "cy" else "") or ours.name, "name": application.version.title(spoken),
        "sent": _("%(reference)s, sent on %(day)s") % {"reference": reference, "day": day_of(application.sent_at)},
        "question": _("Question"), "answer": _("Your answer"), "page": _("Page {n} of {m}"),
        "note": _("No font here has some of the characters. The page of your answers shows them."),
        "parts": [
            {"title": title, "rows": [{"label": one, "answer": said or _("Not answered")} for one, said in rows]}
            for title, rows in _parts(application, at)
        ],
    }  # fmt: skip


def _parts(application: Application, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """The answers in the order asked, by section."""
    spoken, titles, found = language(), package(application.version).form.sections, dict[str, list[tuple[str, str]]]()
    for row in rows_of(application, at):
        said = (row.label.said(spoken), row.answer.said(spoken) if row.answer else "")
        found.setdefault(row.section, []).append(said)
    return [(titles[name].said(spoken) if name else "", rows) for name, rows in found.items()]
