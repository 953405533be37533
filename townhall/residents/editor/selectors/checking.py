"""What is wrong with a draft, and how its examples come out: looked at once for each content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.packages.folder import hash_of
from townhall.kernel.catalogue.packages.model import Example, Package, Problems
from townhall.kernel.catalogue.packages.nations import elsewhere
from townhall.kernel.catalogue.packages.reading import Examined, examined_files
from townhall.kernel.catalogue.packages.running import Budget
from townhall.kernel.catalogue.packages.trying import Covered, tried, try_examples
from townhall.residents.editor.models import Draft

MOST_KEPT = 32


@dataclass(frozen=True, slots=True)
class Told:
    """An example and what is not as it says."""

    example: Example
    wrong: tuple[str, ...]


class Content:
    """Files under the hash of their content, so that they are looked up by it alone."""

    def __init__(self, slug: str, files: Mapping[str, bytes]) -> None:
        self.slug, self.files, self.key = slug, files, (slug, hash_of(files))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.key == other.key


@lru_cache(maxsize=MOST_KEPT)
def _read(content: Content) -> Examined:
    return examined_files(content.slug, content.files, run_examples=False)


@lru_cache(maxsize=MOST_KEPT)
def _examined(content: Content) -> Examined:
    package, problems = _read(content)
    if package is None or problems:
        return Examined(package, problems)
    found = Problems()
    try_examples(package, found)
    return Examined(package, tuple(found))


def examined(draft: Draft) -> Examined:
    """What could be read of a draft, and all that is wrong with it."""
    return examined_of(draft.slug, draft.files)


def examined_of(slug: str, files: Mapping[str, str]) -> Examined:
    """The same of files that are not kept."""
    found = _examined(Content(slug, {path: text.encode() for path, text in files.items()}))
    if found.package is None or not (problem := elsewhere(found.package.service.nations, authority.ours().nation)):
        return found
    return found._replace(problems=(*found.problems, problem))


def read_of(slug: str, files: Mapping[str, str]) -> Package | None:
    """What could be read of files, whatever is wrong with it; none where that is nothing that could be shown."""
    return _read(Content(slug, {path: text.encode() for path, text in files.items()})).package


def may_run(draft: Draft) -> bool:
    """Whether nothing is wrong with the form and the process, whatever the examples show."""
    problems = _read(Content(draft.slug, draft.content())).problems
    return all(each.place.file not in {"form.yaml", "process.yaml"} for each in problems)


def told_of(problems: Sequence[Problem], file: str) -> list[Problem]:
    """What is wrong in one file."""
    return [each for each in problems if each.place.file == file]


@lru_cache(maxsize=MOST_KEPT)
def _examples(content: Content) -> tuple[Told, ...]:
    package, problems = _read(content)
    return () if package is None or problems else tuple(outcomes(package))


def outcomes(package: Package) -> list[Told]:
    """How each example comes out."""
    budget, found = Budget(), list[Told]()
    for each in package.examples:
        wrong = tuple(message for _, message in tried(package, each, Covered(), budget))
        found.append(Told(each, wrong))
    return found


def examples_of(draft: Draft) -> tuple[Told, ...]:
    """How the examples of a draft come out; none while anything else is wrong with it."""
    return _examples(Content(draft.slug, draft.content()))
