"""Every service of the shelf, as residents use it: its page, its first question, and what sending it leads to."""

from typing import Any, cast

import pytest
from django.test import Client

from townhall.kernel.catalogue.forms.kinds.files import is_file
from townhall.kernel.catalogue.forms.model import Answers
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Example
from townhall.kernel.catalogue.packages.reading import outlined, read
from townhall.kernel.catalogue.packages.shelf import SHELF, slugs
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.models import Course
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db
TRIED = 3
"""How many examples of each service are sent here; the packages' own tests run all of them without a database."""


@pytest.mark.parametrize("slug", slugs())
def test_a_service_says_what_it_is_and_asks_its_first_question_in_both_languages(council: Any, slug: str) -> None:
    package = read(SHELF / slug)
    actions.publish(package=outlined(SHELF / slug), at=moment_of("2026-05-11"))
    browser = Client()
    page = browser.get(f"/services/{slug}/").content.decode()
    assert package.service.basis.statutes[0].partition("'")[0] in page
    application = factories.begin(browser, slug)
    first = factories.page_url(application, next(iter(package.form.pages)))
    texts = {language: browser.get(first, headers={"Accept-Language": language}) for language in ("en", "cy")}
    assert {each.status_code for each in texts.values()} == {200}
    assert '<html lang="cy"' in texts["cy"].content.decode()


@pytest.mark.parametrize("slug", slugs())
def test_sending_leads_to_where_the_examples_say_with_their_letters(council: Any, slug: str) -> None:
    package = read(SHELF / slug)
    chosen = [each for each in package.examples if is_sent_at_once(each)][:TRIED]
    assert chosen
    for example in chosen:
        at, first = moment_of(example.at), example.happens[0]
        version = actions.publish(package=package, at=at)
        begun = actions.start_application(
            version=version, secret=f"{slug} {example.file}", language="en", at=at,
            answers=cast("Answers", dict(example.answers)),
        )  # fmt: skip
        sent = actions.send_application(application=begun, at=at, signed_in=None)
        actions.begin_course(application_id=sent.pk, at=at)
        assert sorted(Course.objects.get(application=sent).state["active"]) == sorted(first.state or ())
        ours = [f"{slug}/{each}" for each in first.letters if " to " not in each]
        written = Letter.objects.filter(case=sent.case, kind__startswith=f"{slug}/").values_list("kind", flat=True)
        assert sorted(written) == sorted(ours if "email" in example.answers else [])


def is_sent_at_once(example: Example) -> bool:
    """Whether an example is sent in England, without documents, and says where that leads."""
    answered = [each for value in example.answers.values() if isinstance(value, list) for each in value]
    first = next(iter(example.happens), None)
    is_plain = example.nation == "england" and not example.facts and not any(map(is_file, answered))
    is_first = first is not None and first.at == example.at and not first.kind and first.state is not None
    return is_plain and is_first
