"""Takes the examples of a package through its form, decisions, process and letters, and says what is not as told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, cast

from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.engine import Checked, TooMuch, checked, submitted
from townhall.kernel.catalogue.forms.engine import asked as asked_of
from townhall.kernel.catalogue.forms.kinds.files import MEDIA, is_file
from townhall.kernel.catalogue.forms.model import Answers, Json
from townhall.kernel.catalogue.packages.calendars import facts_on
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.letters import LETTER
from townhall.kernel.catalogue.packages.model import Example, Package, Problems
from townhall.kernel.catalogue.packages.running import Budget, Trial
from townhall.kernel.catalogue.packages.telling import same_value

MEND = "Mend the package, or the example where that is wrong."


@dataclass(slots=True)
class Covered:
    """What the examples of a package have shown: letters and documents by kind and name, states that cases came to."""

    texts: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    states: set[str] = field(default_factory=set[str])


def try_examples(package: Package, problems: Problems) -> None:
    """Take all examples through, and report what is not as they say; where all is, what none of them shows."""
    shown, budget = Covered(), Budget()
    for each in package.examples:
        for place, message in tried(package, each, shown, budget):
            problems.report(place, f"{each.name}: {message}", MEND)
    if not package.examples:
        problems.report(Place("examples", 0), "There is no example.", "Write one into the folder 'examples'.")
    if not problems:
        check_shown(package, shown, problems)


def check_shown(package: Package, shown: Covered, problems: Problems) -> None:
    """Whether some example sends each letter, makes each document and ends in each end."""
    for each in (*package.letters.values(), *package.documents.values()):
        if (each.kind, each.name) not in shown.texts:
            does, ends = ("sends", "goes") if each.kind == LETTER else ("makes", "is made")
            cure = f"Write an example in which {each.name!r} {ends}."
            problems.report(each.place, f"No example {does} this {each.kind}.", cure)
    fallbacks = only_after_failure(package)
    for node in package.process.nodes.values():
        if not node.children and node.path and node.path not in shown.states | fallbacks:
            cure = f"Write an example in which a case comes to {node.path!r}."
            problems.report(node.place, f"No example comes to {node.path!r}.", cure)


def only_after_failure(package: Package) -> set[str]:
    """The states that a case comes to only where a decision fails, which no example can bring about."""
    others: set[str] = set()
    fallen: set[str] = set()
    for node in package.process.nodes.values():
        decides = node.service is not None and node.service.kind == "decision"
        after = {id(way) for way in node.on.get("failed", ())} if decides else set[int]()
        for way in node.ways():
            if way.target is not None:
                (fallen if id(way) in after else others).add(way.target.path)
    return fallen - others


def tried(package: Package, example: Example, shown: Covered, budget: Budget) -> Iterator[tuple[Place, str]]:
    """What is not as an example says, each with where it says so."""
    at = moment_of(example.at)
    facts = facts_on(at.date(), example.nation) | dict(example.facts)
    try:
        found, mistakes = filled_in(package, example, facts)
    except (LimitReached, TooMuch) as problem:
        yield example.place, str(problem)
        return
    amiss = [*unknown_pages(package, example), *refusals(example, mistakes)]
    yield from amiss
    if mistakes:
        if example.happens and not amiss:
            place = example.place_of("happens")
            yield place, "The form refuses the answers, so that nothing can happen afterwards."
        return
    yield from form_outcome(package, example, found.answers, facts)
    if example.happens:
        trial = Trial(package, example, found.answers, at, budget)
        yield from trial.whole()
        shown.texts |= trial.every_text
        shown.states |= trial.every_state


Mistakes = dict[str, dict[str, str]]


def filled_in(package: Package, example: Example, facts: Mapping[str, Any]) -> tuple[Checked, Mistakes]:
    """The answers that count, and what is wrong by page and field; pages that were sent are refused one by one."""
    answers: Answers = {name: as_answer(value) for name, value in example.answers.items()}
    wrong: Mistakes = {}
    for page, raw in example.sent.items():
        if page not in package.form.pages:
            continue
        found = checked(package.form, page, raw, answers, facts=facts)
        answers = found.answers
        for each in found.mistakes:
            wrong.setdefault(page, {})[each.field] = each.text.en
    whole = submitted(package.form, answers, facts=facts)
    for each in whole.mistakes:
        question = package.form.questions.get(each.question.partition(".")[0])
        page = question.page if question else ""
        if not example.sent or page not in wrong:
            wrong.setdefault(page, {})[each.field] = each.text.en
    return whole, wrong


def as_answer(value: Any) -> Json:
    """A value of an example as an answer: the type of a file may be said as a form says it, `pdf`."""
    if isinstance(value, list):
        return [as_answer(each) for each in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    held = {name: as_answer(each) for name, each in cast("dict[str, Any]", value).items()}
    return held | {"type": MEDIA.get(held["type"], held["type"])} if is_file(held) else held


def unknown_pages(package: Package, example: Example) -> Iterator[tuple[Place, str]]:
    """Where an example sends a page that the form has not."""
    for page in sorted(example.sent.keys() - package.form.pages.keys()):
        near = get_close_matches(page, package.form.pages, 1)
        meant = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(package.form.pages)}."
        yield example.place_of(f"sent.{page}"), f"there is no page {page!r}. {meant}"


def refusals(example: Example, found: Mistakes) -> Iterator[tuple[Place, str]]:
    """Where the form refuses other answers than the example says, or for other reasons."""
    told = {(page, at): text for page, held in example.refused.items() for at, text in held.items()}
    came = {(page, at): text for page, held in found.items() for at, text in held.items()}
    for page, at in sorted(told.keys() | came.keys()):
        said, wanted = came.get((page, at), ""), told.get((page, at), "")
        where = f"{page}, {at}" if page else at
        if said and not wanted and example.sent and page not in example.sent:
            about = f"page {page} was not sent. Send it too, or write under 'refused' of {at}: {said}."
            yield example.place_of("sent"), about
        elif said != wanted:
            about = f"says {said!r}" if said else "refuses nothing"
            told_of_it = f"{about}, not {wanted!r}" if wanted else f"refuses it: {said}"
            yield place_of(example, page, at), f"{where}: the form {told_of_it}."


def place_of(example: Example, page: str, at: str) -> Place:
    """Where an example says what comes of an answer; where it does not, the answer itself."""
    told = f"refused.{page}.{at}"
    return example.place_of(told if told in example.places else f"{'sent.' + page if example.sent else 'answers'}.{at}")


def form_outcome(
    package: Package, example: Example, answers: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    """Where other pages are asked, or other answers count, than the example says."""
    if example.pages is not None:
        names = tuple(asked_of(package.form, answers, facts).names())
        if names != example.pages:
            yield example.place_of("pages"), f"the pages asked are {', '.join(names)}, not {', '.join(example.pages)}."
    for name, wanted in example.counts.items():
        if not same_value(answers.get(name), wanted):
            yield example.place_of(f"counts.{name}"), f"{name} is {answers.get(name)!r}, not {wanted!r}."
