"""Reads a form from YAML. What is wrong is collected: an officer sees all of it at once, each with line and cure."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from townhall.kernel.catalogue.decisions.feel.kinds import ANY, SIMPLE
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode, parse
from townhall.kernel.catalogue.forms.checks import check
from townhall.kernel.catalogue.forms.expressions import LIMITS, Feel, compiled
from townhall.kernel.catalogue.forms.model import MOST_PROBLEMS, Form, Must, Page, Question
from townhall.kernel.catalogue.forms.questions import QuestionReader
from townhall.kernel.catalogue.words import Text, as_name, text_of

MOST_PAGES, MOST_CHARACTERS = 500, 150_000
HEAD = ("name", "facts", "sections", "pages")
PAGE = ("title", "section", "text", "when", "must", "questions")
Made = TypeVar("Made")


def content_of(path: Path) -> bytes:
    """What is in a file. Raises ModelError where it cannot be read."""
    try:
        if path.stat().st_size > LIMITS.document_bytes:
            message = f"The file is larger than {LIMITS.document_bytes:,} bytes."
            raise ModelError(message, Place(path.name), "Take the form apart.")
        return path.read_bytes()
    except OSError as problem:
        message = f"The file cannot be read: {problem.strerror}."
        raise ModelError(message, Place(path.name), "Name a form in YAML.") from problem


def read(content: bytes, file: str) -> Form:
    """The form of a text, with all that is wrong in it. Raises ModelError where no form comes of it at all."""
    tree = parse(content, file, LIMITS)
    try:
        return Reading(file).whole(tree)
    except RecursionError as problem:
        raise ModelError("The form is nested too deep.", Place(file), "Take it apart.") from problem


class Enough(ModelError):
    """A file has so many mistakes that reading on helps nobody."""


class Reading:
    """Makes a form of the tree of a file."""

    def __init__(self, file: str) -> None:
        self.form = Form(file, Text(""))
        self.members: dict[str, str] = {}
        """The questions inside groups, each with the group that it is asked in."""
        self.characters = 0
        self.known: dict[str, frozenset[str]] = {}
        """The names that expressions may speak of, by the group that they stand in."""

    def whole(self, tree: YamlNode) -> Form:
        """The form."""
        form = self.form
        form.version = hashlib.sha256(json.dumps(tree.plain(), default=str).encode()).hexdigest()
        held = tree.keys(*HEAD)
        for key in ("name", "pages"):
            if key not in held:
                raise ModelError(f"The form has no {key!r}.", tree.place, f"Add '{key}:'.")
        form.title = self.kept(lambda: text_of(held["name"], form.report), form.title)
        for name, each in self.under(held, "facts"):
            self.fact(name, each)
        for name, each in self.under(held, "sections"):
            form.sections[as_name(name, each)] = text_of(each, form.report)
        pages = list(held["pages"].keys().items())
        if not pages or len(pages) > MOST_PAGES:
            raise ModelError(f"A form has 1 to {MOST_PAGES} pages.", held["pages"].place, "Add a page, or make two.")
        readers = [self.page(name, each) for name, each in pages]
        for finish in [each for each in readers if each is not None]:
            finish()
        check(form)
        return form

    def under(self, held: dict[str, YamlNode], key: str) -> list[tuple[str, YamlNode]]:
        """What stands under a key that may be missing."""
        return list(held[key].keys().items()) if key in held else []

    def kept(self, make: Callable[[], Made], otherwise: Made) -> Made:
        """What is made, or something else where it cannot be, with the problem reported."""
        try:
            return make()
        except Enough:
            raise
        except ModelError as problem:
            if len(self.form.problems) >= MOST_PROBLEMS:
                message = f"There are more than {MOST_PROBLEMS} mistakes."
                raise Enough(message, problem.place, f"The first is: {self.form.problems[0]}") from problem
            self.form.report(problem.place, problem.message, problem.cure)
            return otherwise

    def fact(self, name: str, node: YamlNode) -> None:
        """What the form is told by whoever opens it: a name and its type."""
        if (wanted := node.text()) not in {*SIMPLE, "list", "context"}:
            raise ModelError(f"There is no type {wanted!r}.", node.place, f"There are {', '.join(SIMPLE)}.")
        self.form.facts[as_name(name, node)] = SIMPLE.get(wanted, ANY)

    def page(self, name: str, node: YamlNode) -> Callable[[], None] | None:
        """A page, and how to finish it once all questions have a name."""
        return self.kept(lambda: self.begun(as_name(name, node), node), None)

    def begun(self, name: str, node: YamlNode) -> Callable[[], None]:
        """A page with its questions, whose expressions are read later. Raises ModelError."""
        held, form = node.keys(*PAGE), self.form
        if "questions" not in held or not held["questions"].keys():
            raise ModelError(f"The page {name!r} asks nothing.", node.place, "Add 'questions'.")
        reader = QuestionReader(self, name)
        questions = reader.questions(held["questions"], None)
        title = text_of(held["title"], form.report) if "title" in held else self.title_of(questions, node)
        page = form.pages[name] = Page(name, node.place, title, questions=questions)
        if "text" in held:
            page.text = text_of(held["text"], form.report)
        if "section" in held:
            page.section = held["section"].text()
            if page.section not in form.sections:
                raise ModelError(
                    f"There is no section {page.section!r}.", held["section"].place, "Name it under 'sections'."
                )
        elif form.sections:
            form.report(node.place, f"The page {name!r} is in no section.", "Add 'section'.")

        def finish() -> None:
            names = self.names()
            page.when = self.feel(held["when"], names) if "when" in held else None
            page.musts = self.musts(held["must"], names) if "must" in held else ()
            reader.finish()

        return finish

    def title_of(self, questions: tuple[Question, ...], node: YamlNode) -> Text:
        """What heads a page that says nothing of it: its only question."""
        asked = [each for each in questions if not each.is_computed]
        if len(asked) > 1:
            self.form.report(node.place, "The page has several questions and no title.", "Add 'title'.")
        return questions[0].label if questions else Text("")

    def add(self, question: Question) -> None:
        """Take a question in. Raises ModelError where its name is taken."""
        before = self.form.questions.get(question.name)
        if before is not None:
            message = f"{question.name!r} is asked twice, on the pages {before.page!r} and {question.page!r}."
            raise ModelError(message, question.place, "Ask it once; a condition may speak of it anywhere later.")
        if question.name in self.form.facts:
            raise ModelError(f"{question.name!r} is a fact too.", question.place, "Rename one of them.")
        self.form.questions[question.name] = question
        if question.group:
            self.members[question.name] = question.group

    def names(self, inside: str = "") -> frozenset[str]:
        """The names that an expression may speak of: facts, questions, and those of the groups that it stands in."""
        if inside not in self.known:
            around, outer = set[str](), inside
            while outer:
                around.add(outer)
                outer = self.form.questions[outer].group
            asked = (name for name, each in self.form.questions.items() if not each.group or each.group in around)
            self.known[inside] = frozenset([*self.form.facts, *asked])
        return self.known[inside]

    def feel(self, node: YamlNode, names: frozenset[str]) -> Feel | None:
        """An expression; none where it is wrong, which is reported."""
        self.characters += len(node.held) if isinstance(node.held, str) else 0
        if self.characters > MOST_CHARACTERS:
            message = f"The expressions of the form have more than {MOST_CHARACTERS:,} characters."
            raise Enough(message, node.place, "Give a name to what comes often, as a calculated value.")
        return self.kept(lambda: compiled(written(node), names, self.members, node.place), None)

    def musts(self, node: YamlNode, names: frozenset[str]) -> tuple[Must, ...]:
        """What must hold, each with its message."""
        made: list[Must] = []
        for each in [node] if isinstance(node.held, dict) else node.items():
            held = each.keys("holds", "say")
            if set(held) != {"holds", "say"}:
                raise ModelError("What must hold has no message.", each.place, "Write {holds: …, say: {en: …, cy: …}}.")
            found = self.feel(held["holds"], names)
            say = text_of(held["say"], self.form.report)
            if found is not None:
                made.append(Must(found, say))
        return tuple(made)


def written(node: YamlNode) -> str:
    """The text of an expression. Raises ModelError where it is none, or too long."""
    text = node.text().strip()
    if not text or len(text) > LIMITS.characters:
        raise ModelError(f"An expression has 1 to {LIMITS.characters:,} characters.", node.place, "Write it shorter.")
    return text
