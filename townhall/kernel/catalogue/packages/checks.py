"""What must hold across the files of a package: what one names is there, and nothing is there that nobody names."""

import re
from collections.abc import Iterator, Sequence, Set
from difflib import get_close_matches

from townhall.kernel.catalogue.decisions.feel.kinds import ANY
from townhall.kernel.catalogue.decisions.feel.nodes import Name, Path, walk
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.bookables import OWN, TOLD_BY_BOOKINGS
from townhall.kernel.catalogue.packages.calendars import TOLD
from townhall.kernel.catalogue.packages.draft import Draft, feels, feels_of_way
from townhall.kernel.catalogue.packages.fees import check_decisions, check_fee
from townhall.kernel.catalogue.packages.filling import GIVEN
from townhall.kernel.catalogue.packages.letters import LETTER
from townhall.kernel.catalogue.packages.model import Letter, Problems
from townhall.kernel.catalogue.packages.signing import check_signatures
from townhall.kernel.catalogue.packages.using import check_used
from townhall.kernel.catalogue.processes.expressions import RESULT, Feel
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, Service, Way

APPLICANT = "applicant"
DOES = {"letter": "send", "document": "make"}
BROUGHT = {
    "decision": {"value", "why"},
    "payment": {"reference", "amount_pence", "why"},
    "booking": {"on", "time", "reference", "why"},
    "document": {"document", "reference", "why"},
}
"""What `result` holds when a service has answered."""
ALONE = frozenset({"group", "address", "place", "signature"})
UNASKED = {"task": ALONE | {"files"}, "message": ALONE}
"""Questions that need pages of their own, by what the form is of."""
HEADINGS = ("## The law", "## What a council may change")
LEAVING = re.compile(r"\]\(\s*<?(?:\.\.|/|file:|[a-zA-Z]:)")


def check(draft: Draft) -> None:
    """Report all that is wrong across the files."""
    for each in (check_letters, check_filled, check_fee, check_decisions, check_people, check_facts, check_results):
        each(draft)
    if draft.form is not None and draft.process is not None:
        check_used(draft)
    check_task_forms(draft)
    check_offered(draft)
    check_signatures(draft)
    check_readme(draft)


def near(name: str, known: Set[str], otherwise: str) -> str:
    """What somebody may have meant."""
    found = get_close_matches(name, list(known), 1)
    return f"Did you mean {found[0]!r}?" if found else otherwise


def check_letters(draft: Draft) -> None:
    """Whether every letter is sent and every document made, for somebody who is known."""
    sent = [*draft.orders("letter"), *draft.orders("document")]
    for text in draft.texts() if draft.process is not None else ():
        names, does = {each.name for each in sent if each.kind == text.kind}, DOES[text.kind]
        if text.name not in names:
            cure = near(text.name, names, f"{does.capitalize()} it in process.yaml, or take it out.")
            draft.problems.report(text.place, f"Nobody {does}s the {text.kind} {text.name!r}.", cure)
    partners = set(draft.sheet.partners) if draft.sheet else set[str]()
    asked = draft.form.questions.values() if draft.form else ()
    emails = {each.name for each in asked if each.kind in {"email", "signature"}}
    for each in sent:
        known = partners | (emails if each.kind == LETTER else set())
        if each.to and each.to not in {APPLICANT, *known}:
            cure = near(each.to, known, "Name it under 'partners' in service.yaml.")
            draft.problems.report(each.place, f"Nobody is called {each.to!r} to whom {each.kind}s go.", cure)
    used = {each.to for each in sent}
    for name in partners - used:
        place = draft.sheet.places["partners"] if draft.sheet else Place("service.yaml")
        draft.problems.report(place, f"Nobody writes to the partner {name!r}.", "Send them a letter, or take it out.")


def check_filled(draft: Draft) -> None:
    """Whether every placeholder is filled, wherever its letter or document is ordered."""
    if draft.form is None or draft.process is None:
        return
    asked = {each.name for each in draft.form.questions.values() if not each.group}
    known = {*asked, *draft.process.frames[ROOT].kept, *GIVEN}
    for order in (*draft.orders("letter"), *draft.orders("document")):
        if letter := (draft.letters if order.kind == LETTER else draft.documents).get(order.name):
            check_placeholders(draft.problems, letter, order, known)


def check_placeholders(problems: Problems, letter: Letter, order: Service, known: Set[str]) -> None:
    """Whether each placeholder of a letter is filled where it is ordered, has its example, and each value its place."""
    given = {each.name for each in order.values}
    for name in sorted(letter.wording.used):
        place = Place(letter.place.file, letter.lines.get(name, 1))
        if name not in known | given:
            cure = near(name, known | given, f"Hand it over in {order.place} under 'with'.")
            problems.report(place, f"Nothing fills (({name})).", cure)
        elif name not in letter.wording.examples:
            cure = f"Add '  {name}: …' under 'placeholders': what may stand there."
            problems.report(place, f"(({name})) has no example.", cure)
    for name in sorted(given - letter.wording.used):
        about = f"The {order.kind} {order.name!r} has no (({name}))."
        problems.report(order.place, about, "Take it out of 'with'.")


def check_people(draft: Draft) -> None:
    """Whether tasks go to teams that are named, and the applicant is asked for as is said."""
    sheet = draft.sheet
    if sheet is None:
        return
    tasks = [(node, node.task) for node in draft.nodes() if node.task]
    for node, task in tasks:
        if task.who not in sheet.teams:
            cure = near(task.who, set(sheet.teams), "Name it under 'teams' in service.yaml.")
            draft.problems.report(node.place, f"There is no team {task.who!r}.", cure)
    for name in sheet.teams.keys() - {task.who for _, task in tasks} - {sheet.owner}:
        draft.problems.report(sheet.places["teams"], f"The team {name!r} has nothing to do.", "Take it out.")
    if sheet.owner and sheet.owner not in sheet.teams:
        draft.problems.report(sheet.places["owner"], f"There is no team {sheet.owner!r}.", "Name it under 'teams'.")
    kinds = {"name": {"text"}, "email": {"email"}, "phone": {"phone"}, "address": {"address"}}
    for key, name in sheet.applicant.items() if draft.form else ():
        question = draft.form.questions.get(name) if draft.form else None
        if question is None or question.kind not in kinds[key] or question.group:
            cure = f"Name a question of type {'or'.join(kinds[key])}."
            draft.problems.report(sheet.places["applicant"], f"No question {name!r} asks for the {key}.", cure)


def check_facts(draft: Draft) -> None:
    """Whether forms ask only for facts that are told, and the process only for answers."""
    forms = {"form.yaml": draft.form} if draft.form else {}
    for file, form in (forms | {f"forms/{name}.yaml": each for name, each in draft.forms.items()}).items():
        for name in form.facts.keys() - TOLD.keys():
            cure = f"There are {', '.join(TOLD)}; anything else is a question."
            draft.problems.report(Place(file, 1), f"Nobody tells the form the fact {name!r}.", cure)
    if draft.process is not None and draft.form is not None:
        check_answers(draft, draft.process, draft.form)


def check_answers(draft: Draft, process: Definition, form: Form) -> None:
    """Whether the process asks for answers that there are, of their type, and looks at each."""
    place, looked = process.root.place, {name for node in draft.nodes() for feel in feels(node) for name in feel.names}
    for name, fact in process.frames[ROOT].facts.items():
        question = form.questions.get(name)
        if question is None or question.group:
            cure = near(name, set(form.questions), "Ask it in form.yaml, or take it out of 'facts'.")
            draft.problems.report(place, f"Nobody asks for the fact {name!r} of the process.", cure)
        elif not question.is_computed and ANY not in (kinds := {fact.kind, question.answer.feel}) and len(kinds) > 1:
            about = f"The fact {name!r} is of type {fact.kind.name}, the answer {question.answer.feel.name}."
            draft.problems.report(place, about, "Give both the same type.")
        if name not in looked:
            draft.problems.report(place, f"The process never looks at the fact {name!r}.", "Take it out of 'facts'.")


def check_results(draft: Draft) -> None:
    """Whether what a task or service brings is something that it can bring."""
    for node in draft.nodes():
        known, about = brought(draft, node)
        if known is not None:
            check_brought(draft, (*node.on.get("done", ()), *node.on.get("failed", ())), known, about)
        for name, message in draft.process.messages.items() if draft.process else ():
            if message.form in draft.forms:
                known = set(draft.forms[message.form].questions)
                check_brought(draft, node.on.get(name, ()), known, f"The form {message.form!r}")


def check_brought(draft: Draft, ways: Sequence[Way], known: set[str], about: str) -> None:
    """Whether ways speak of nothing but what is brought."""
    for feel in (each for way in ways for each in feels_of_way(way)):
        for name in sorted(set(of_result(feel)) - known):
            cure = near(name, known, f"There are {', '.join(sorted(known))}.")
            draft.problems.report(feel.place, f"{about} does not bring {name!r}.", cure)


def of_result(feel: Feel) -> Iterator[str]:
    """The names after `result.` in an expression."""
    for each in walk(feel.expression.node):
        if isinstance(each, Path) and isinstance(each.source, Name) and each.source.name == RESULT:
            yield each.name


def brought(draft: Draft, node: Node) -> tuple[set[str] | None, str]:
    """What a state's task or service brings, where that is known, and how it is called."""
    if node.task and node.task.form in draft.forms:
        return set(draft.forms[node.task.form].questions), f"The form {node.task.form!r}"
    if node.service and node.service.kind in BROUGHT:
        return BROUGHT[node.service.kind], f"A {node.service.kind}"
    return None, ""


def check_task_forms(draft: Draft) -> None:
    """Whether the forms that tasks and messages name are there, and each is named."""
    messages = draft.process.messages.values() if draft.process else ()
    named = {each.form: (each.place, "message") for each in messages if each.form}
    named |= {node.task.form: (node.place, "task") for node in draft.nodes() if node.task and node.task.form}
    for name, (place, sort) in named.items():
        if f"forms/{name}.yaml" not in draft.files:
            cure = near(name, set(draft.forms), f"Add forms/{name}.yaml.")
            draft.problems.report(place, f"There is no form {name!r} for the {sort}.", cure)
        check_plain(draft, name, UNASKED[sort], sort)
    for name in draft.forms.keys() - named.keys():
        place, cure = Place(f"forms/{name}.yaml", 1), "Name it in a task or a message, or take it out."
        draft.problems.report(place, f"No task and no message uses the form {name!r}.", cure)


def check_plain(draft: Draft, name: str, unasked: Set[str], sort: str) -> None:
    """Whether the form of a task or a message asks only what its one page can take."""
    form = draft.forms.get(name)
    for each in form.questions.values() if form else ():
        if each.kind in unasked and not each.group:
            about = f"The form of a {sort} cannot ask a question of type {each.kind!r}."
            draft.problems.report(each.place, about, "Ask for it in words, or in form.yaml.")


def check_offered(draft: Draft) -> None:
    """Whether the process books what the sheet offers, and knows the messages of its buttons."""
    sheet = draft.sheet
    if sheet is None or draft.process is None:
        return
    booked = {each.name for each in draft.orders("booking")}
    for name in sheet.bookings.keys() - booked:
        cure = near(name, booked - {*OWN}, "Book it in process.yaml, or take it out.")
        draft.problems.report(sheet.places["bookings"], f"Nobody books {name!r}.", cure)
    told = {name for each in sheet.partners.values() for name in each.tells}
    alone = TOLD_BY_BOOKINGS | sheet.heard
    for name in sorted(alone & {*sheet.buttons, *told}):
        part = "buttons" if name in sheet.buttons else "partners"
        draft.problems.report(sheet.places[part], f"The message {name!r} comes by itself.", "Take it out.")
    for name in sorted(alone & {name for name, each in draft.process.messages.items() if each.form}):
        about = f"The message {name!r} comes by itself: nobody fills a form in for it."
        draft.problems.report(draft.process.messages[name].place, about, "Take the form out.")
    for part, names in (("buttons", set(sheet.buttons)), ("partners", told)):
        for name in sorted(names - draft.process.messages.keys()):
            cure = near(name, set(draft.process.messages), "Name it under 'messages' in process.yaml.")
            draft.problems.report(sheet.places[part], f"The process knows no message {name!r}.", cure)


def check_readme(draft: Draft) -> None:
    """Whether the README says what it must, and links to nothing outside the folder."""
    lines = draft.files.get("README.md", b"").decode().split("\n")
    if "README.md" not in draft.files:
        return
    for heading in HEADINGS:
        if heading not in lines:
            cure = f"Add '{heading}'."
            draft.problems.report(Place("README.md", len(lines)), f"There is no part {heading[3:]!r}.", cure)
    for at, line in enumerate(lines, 1):
        if LEAVING.search(line):
            cure = "Link to the web, or to a file here."
            draft.problems.report(Place("README.md", at), "A link leaves the folder.", cure)
