"""What must hold of a form before anybody fills it in: an order without circles, and no page that nobody reaches."""

from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.feel.nodes import Binary, Call, In, Listing, Literal, Name, Node, walk
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.expressions import Feel
from townhall.kernel.catalogue.forms.model import Form, Page, Question
from townhall.kernel.catalogue.forms.reaching import Reach

CHOSEN = ("radios", "select", "checkboxes")


def check(form: Form) -> None:
    """Report all that is wrong."""
    circles = set(check_circles(form))
    check_order(form, circles)
    for page in form.pages.values():
        for feel in page.feels():
            check_options(form, feel)
    if not circles:
        check_reached(form)
    used = {page.section for page in form.pages.values()}
    for name in form.sections:
        if name not in used:
            form.report(Place(form.file), f"No page is in the section {name!r}.", "Put a page into it, or take it out.")


def needs(form: Form, question: Question) -> list[str]:
    """The questions that must be settled before it is known whether, or as what, another one counts."""
    page = form.pages.get(question.page)
    feels = [question.when, question.value, page.when if page else None]
    return [name for feel in feels if feel is not None for name in feel.names if name in form.questions]


def check_circles(form: Form) -> Iterator[str]:
    """The questions whose conditions go round in a circle, each reported once."""
    done: set[str] = set()
    for start in form.questions:
        way: dict[str, None] = {}
        waiting: list[tuple[str, Iterator[str]]] = []

        def go(name: str, way: dict[str, None] = way, waiting: list[tuple[str, Iterator[str]]] = waiting) -> None:
            way[name] = None
            waiting.append((name, iter(needs(form, form.questions[name]))))

        if start not in done:
            go(start)
        while waiting:
            following = next(waiting[-1][1], None)
            if following is None:
                done.add(way.popitem()[0])
                waiting.pop()
            elif following in way:
                names = list(way)
                circle = [*names[names.index(following) :], following]
                cure = "Take one of the conditions out."
                form.report(form.questions[following].place, f"A circle: {' needs '.join(circle[:12])}.", cure)
                yield from circle
            elif following not in done:
                go(following)


def check_order(form: Form, circles: set[str]) -> None:
    """Whether conditions speak only of what was asked before, and rules of what is asked by then."""
    order = {name: number for number, name in enumerate(form.questions)}
    pages = {name: number for number, name in enumerate(form.pages)}
    for page in form.pages.values():
        first = next((order[each.name] for each in page.all()), 0)
        if page.when is not None:
            check_before(form, page.when, order, first, circles)
        for question in page.all():
            for feel in (question.when, question.value):
                if feel is not None:
                    check_before(form, feel, order, order[question.name], circles)
        for must in [*page.musts, *(each for question in page.all() for each in question.musts)]:
            late = [each for each in must.holds.names if later(form, each, pages, page)]
            for name in late:
                cure = "Move the rule to that page."
                form.report(must.holds.place, f"{name!r} is asked on a later page.", cure)


def later(form: Form, name: str, pages: dict[str, int], page: Page) -> bool:
    """Whether a question is asked on a later page."""
    return name in form.questions and pages.get(form.questions[name].page, 0) > pages[page.name]


def check_before(form: Form, feel: Feel, order: dict[str, int], at: int, circles: set[str]) -> None:
    """Whether an expression speaks only of questions that stand before a place."""
    for name in feel.names:
        if name in order and order[name] >= at and name not in circles:
            cure = "Ask it before, or move what depends on it further down."
            form.report(feel.place, f"{name!r} is asked later than here.", cure)


def check_options(form: Form, feel: Feel) -> None:
    """Whether what an answer is compared with is one of its options."""
    for name, value, said in compared(feel.node):
        question = form.questions.get(name)
        if question is None or question.kind not in CHOSEN or not isinstance(value, str):
            continue
        if said == (question.kind == "checkboxes") or value in question.options:
            continue
        if value not in question.options:
            cure = f"There are {', '.join(list(question.options)[:12])}."
            form.report(feel.place, f"{name!r} has no option {value!r}.", cure)


def compared(node: Node) -> Iterator[tuple[str, Value, bool]]:
    """Names with the values that they are compared with; whether the two are compared as a whole."""
    for each in walk(node):
        if isinstance(each, Binary) and each.sign in {"=", "!="}:
            for one, other in ((each.left, each.right), (each.right, each.left)):
                if isinstance(one, Name) and isinstance(other, Literal):
                    yield one.name, other.value, True
        elif isinstance(each, In) and isinstance(each.value, Name):
            inside = [item for test in each.tests for item in (test.items if isinstance(test, Listing) else (test,))]
            yield from ((each.value.name, item.value, True) for item in inside if isinstance(item, Literal))
        elif isinstance(each, Call) and isinstance(each.function, Name) and each.function.name == "list contains":
            first, *rest = each.arguments or (each.function,)
            if isinstance(first, Name) and rest and isinstance(rest[0], Literal):
                yield first.name, rest[0].value, False


def check_reached(form: Form) -> None:
    """Whether every page and question can be asked, as far as that can be decided."""
    reach = Reach(form)
    for page in form.pages.values():
        if page.when is not None and not reach.possible(page, None):
            form.report(page.when.place, f"The page {page.name!r} is never asked.", "Change its condition.")
            continue
        for question in page.all():
            if question.when is not None and not question.group and not reach.possible(page, question):
                form.report(question.when.place, f"{question.name!r} is never asked.", "Change its condition.")
