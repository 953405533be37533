"""Services in the shell, as a kind of case, and on the officer's case page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Asker, CaseKind, Choice, Panel, askers, case_kinds, case_panels
from townhall.kernel.design import paper
from townhall.kernel.design.registries import NavEntry, resident_nav
from townhall.kernel.documents.selectors import of_case
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.residents.services import actions, selectors
from townhall.residents.services.actions.making import PURPOSE
from townhall.residents.services.actions.sending import texts_in
from townhall.residents.services.models import KIND
from townhall.residents.services.views.flow import opens_case


def choices() -> Sequence[Choice]:
    """The live services, as categories that cases are named, sought and routed by."""
    return [
        Choice(
            code=each.slug,
            title=each.name,
            title_cy=each.name_cy,
            group="Services online",
            group_cy="Gwasanaethau ar-lein",
            target_days=None,
        )
        for each in selectors.live()
    ]


def public_path(_case: Case) -> str | None:
    """Applications have no public page."""
    return None


def words(case: Case) -> str:
    """What the applicant wrote, as it was typed."""
    application = selectors.of_case(case.pk)
    return " ".join(texts_in(application.answers)) if application else ""


case_kinds.add(
    KIND,
    CaseKind(
        title="Service", title_cy="Gwasanaeth", categories=choices, public_path=public_path,
        start_url_name="services:index", words=words,
        status_words={"fixed": gettext_lazy("Finished"), "closed": gettext_lazy("Closed")},
    ),
)  # fmt: skip
askers.add(
    KIND,
    Asker(
        page=lambda case: reverse("services:sent", args=[case.pk]), key=actions.sent_key, opens=opens_case,
        tell=actions.tell, waits=selectors.waits_for,
    ),
)  # fmt: skip
resident_nav.add("services", NavEntry(gettext_lazy("Apply and book"), "services:index", order=15))


set_up_pages.add(
    "partners",
    SetUpPage(
        gettext_lazy("Partners of services"), "services:partners",
        gettext_lazy("Whom services write to outside the council"), order=34,
    ),
)  # fmt: skip


@case_panels.register("service tasks")
def tasks_panel(case: Case, officer: Any) -> Panel | None:
    """What the process asks of colleagues now, each with the form for what came of it."""
    application = selectors.of_case(case.pk) if case.kind == KIND else None
    found = selectors.doings(application) if application else []
    if not found:
        return None
    at = timezone.now()
    context = {
        "doings": [(each, selectors.in_page(each.application.version, each.form_name, {}, [], at)) for each in found],
        "case": case,
        "may_work": allows(officer, "cases.work_case", case), "language": selectors.language(),
    }  # fmt: skip
    return Panel(title=_("To do now"), template="services/_tasks.html", context=context)


@case_panels.register("services")
def application_panel(case: Case, officer: Any) -> Panel | None:
    """The answers as they were sent, with their files, and where the process is."""
    application = selectors.of_case(case.pk) if case.kind == KIND else None
    if application is None:
        return None
    spoken = selectors.language()
    rows = selectors.rows_of(application, timezone.now())
    may_work = allows(officer, "cases.work_case", case)
    whole = selectors.whole_of(application) if may_work else {}
    context = {
        "application": application, "case": case, "state": selectors.state_words(application),
        "can_print": paper.can_print(), "signings": selectors.signings_of(application),
        "may_work": may_work and case.is_open,
        "rows": [
            (one.label.said(spoken), whole.get(one.question) or (one.answer.said(spoken) if one.answer else ""))
            for one in rows
        ],
        "files": [
            (each.name, reverse("documents:document", args=[each.pk, "full"]))
            for each in of_case(case.pk)
            if each.purpose != PURPOSE
        ],
        "documents": selectors.made_documents(application),
    }  # fmt: skip
    return Panel(title=_("What was sent"), template="services/_panel.html", context=context)


@case_panels.register("service outcomes")
def outcomes_panel(case: Case, officer: Any) -> Panel | None:
    """What was decided and why, and what came of tasks; what that was, for whoever may work the case alone."""
    application = selectors.of_case(case.pk) if case.kind == KIND else None
    if application is None:
        return None
    whole = [*selectors.results_of(application), *selectors.decisions_of(application)]
    found = sorted(whole, key=lambda each: each.at)
    may_work, spoken = allows(officer, "cases.work_case", case), selectors.language()
    context = {"outcomes": found, "case": case, "may_work": may_work, "language": spoken}
    return Panel(title=_("What was decided"), template="services/_outcomes.html", context=context) if found else None


@case_panels.register("service messages")
def otherwise_panel(case: Case, officer: Any) -> Panel | None:
    """What a colleague may tell a running process, and that they may put it elsewhere."""
    application = selectors.of_case(case.pk) if case.kind == KIND and case.is_open else None
    if application is None or not selectors.is_running(application) or not allows(officer, "cases.work_case", case):
        return None
    waited = [each for each in selectors.tellings(application) if each.is_waited]
    found = {"application": application, "tellings": waited, "language": selectors.language()}
    return Panel(title=_("If something else happens"), template="services/_otherwise.html", context=found)
