"""What calls about applications send and are answered."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.urls import reverse
from ninja import Schema
from pydantic import ConfigDict, Field

from townhall.kernel.catalogue.forms.engine import Form, Mistake
from townhall.kernel.identity.models import Team
from townhall.kernel.modules.openapi import Fault
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.api.services import Hash
from townhall.residents.services.models import Application, Submission

LONGEST_PLACE = 200


class FileOut(Schema):
    """A file that is kept for a day: as it stands among the answers of the application that is to have it."""

    file: str
    name: str
    size: int
    type: str


class ApplicationIn(Schema):
    """An application. `version` is the one whose schema was followed (the live one where it is empty), `language` the
    one in which whoever applies is written to, `answers` are those that its schema describes."""

    model_config = ConfigDict(extra="forbid")

    version: Hash = ""
    language: Literal["en", "cy"] = "en"
    answers: Annotated[dict[str, Any], Field(description="As /api/services/{slug}/schema describes them")]


class SentOut(Schema):
    """An application that has come. `url` says how it stands, to this key; `link` is its page for whoever applied, who
    needs nothing else to open it, so that nobody else may have it."""

    reference: str
    service: str
    version: str
    sent_at: datetime
    url: str
    link: str


class StandingOut(Schema):
    """How an application stands: its case's `status`, and in words (`state`, Accept-Language) where its process is."""

    reference: str
    service: str
    version: str
    status: str
    state: str
    team: str
    sent_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    updated_at: datetime


class WrongAnswer(Fault):
    """An answer that cannot be taken: on which page of the form, to which question, and which rule it breaks."""

    page: str
    question: str
    rule: str


def wrong_answer(form: Form, mistake: Mistake) -> WrongAnswer:
    """A mistake in the reader's language."""
    asked = form.questions.get(mistake.question.rpartition(".")[2])
    place, question = mistake.field[:LONGEST_PLACE], mistake.question[:LONGEST_PLACE]
    return WrongAnswer(
        where=f"answers.{place}", says=rules.told_of(mistake, selectors.language()), page=asked.page if asked else "",
        question=question, rule=mistake.rule,
    )  # fmt: skip


def sent_out(submission: Submission) -> dict[str, Any]:
    """What the sending of an application is answered with, each time the same."""
    application, root = submission.application, settings.TOWNHALL_URL
    reference = application.case.reference if application.case else ""
    return {
        "reference": reference, "service": application.version.slug, "version": application.version.hash,
        "sent_at": application.sent_at, "url": root + reverse("api-1:application", args=[reference]),
        "link": root + selectors.own_url("services:sent", application, actions.sent_key(application)),
    }  # fmt: skip


def _team(team: Team) -> str:
    return (team.name_cy if selectors.language() == "cy" else "") or team.name


def standing_out(application: Application) -> dict[str, Any]:
    """How an application stands."""
    case = application.case
    plain = {name: getattr(case, name) for name in ("reference", "status", "due_at", "closed_at", "updated_at")}
    return plain | {
        "service": application.version.slug, "version": application.version.hash, "sent_at": application.sent_at,
        "state": selectors.state_words(application),
        "team": _team(case.team) if case and case.team else "",
    }  # fmt: skip
