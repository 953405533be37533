"""The same form looked at on both sides: in a real browser, and here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser import open_browser
from townhall.kernel.catalogue.forms.browser import RULES, sheet
from townhall.kernel.catalogue.forms.engine import asked, submitted
from townhall.kernel.catalogue.forms.model import Form

STATIC = Path(__file__).parents[2] / "static" / "catalogue"
ADDRESS = "http://forms.test/"
FACTS = {"today": "2026-04-01"}
POLICY = "default-src 'none'; script-src 'self'"
LOOK = """async (cases) => {
  const {asked, mistakes} = await import('/forms.js');
  return cases.map(([sheet, answers, facts]) => [asked(sheet, answers, facts), mistakes(sheet, answers, facts)]);
}"""


def serve(route: Route) -> None:
    """Our own two modules, and an empty page with a strict policy."""
    name = route.request.url.removeprefix(ADDRESS)
    if name in {"feel.js", "forms.js"}:
        route.fulfill(body=(STATIC / name).read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body="<!doctype html><title>Forms</title>", content_type="text/html", headers=headers)


def opened() -> Iterator[Page]:
    """A page of a browser that can load the modules."""
    for browser in open_browser():
        made = browser.new_page()
        made.route("**/*", serve)
        made.goto(ADDRESS)
        yield made


def on_server(form: Form, answers: dict[str, Any]) -> list[Any]:
    """What is asked, what is wrong, as the browser tells it, and where only the server sees a mistake."""
    pages = [
        [each.page.name, [question.name for question in each.questions]] for each in asked(form, answers, FACTS).pages
    ]
    wrong = submitted(form, answers, facts=FACTS).mistakes
    seen = [each for each in wrong if is_checked(form, each.question, each.rule)]
    return [pages, [[each.question, each.rule] for each in seen], {each.question for each in wrong if each not in seen}]


def is_checked(form: Form, at: str, rule: str) -> bool:
    """Whether the browser can tell a mistake."""
    question = form.questions[at.rpartition(".")[2]]
    return question.kind in RULES or rule.startswith("must_") or rule == question.answer.missing


def in_browser(page: Page, told: list[tuple[Form, dict[str, Any]]]) -> list[Any]:
    """What the browser says of each form and answers."""
    found = page.evaluate(LOOK, [[sheet(form), answers, FACTS] for form, answers in told])
    return [[pages, [[at, rule] for at, rule, _ in wrong]] for pages, wrong in found]


def differing(page: Page, told: list[tuple[Form, dict[str, Any]]]) -> Iterator[Any]:
    """Where a browser and the server differ on forms and answers, but for what the browser leaves to the server."""
    for (form, answers), (pages, wrong) in zip(told, in_browser(page, told), strict=True):
        asked_here, wrong_here, unseen = on_server(form, answers)
        open_pages = {name for name, questions in pages if any(not isinstance(each, str) for each in questions)}
        left = {at for at, rule in wrong if rule == "server"} | unseen
        there, here = standing(pages), standing(asked_here)
        for name in form.questions:
            if not form.questions[name].group and there.get(name, False) not in {None, here.get(name, False)}:
                yield [name, there.get(name, False), here.get(name, False), answers]
        for found in (wrong, wrong_here):
            found[:] = [each for each in found if each[0] not in left and page_of(form, each[0]) not in open_pages]
        if wrong != wrong_here:
            yield [wrong, wrong_here, answers]


def standing(pages: list[Any]) -> dict[str, bool | None]:
    """The questions that are asked; none beside one of which only the server can tell."""
    names = [each for _, questions in pages for each in questions]
    return {each if isinstance(each, str) else each[0]: True if isinstance(each, str) else None for each in names}


def page_of(form: Form, at: str) -> str:
    """The page on which a place of the answers is asked."""
    return form.questions[at.partition(".")[0]].page
