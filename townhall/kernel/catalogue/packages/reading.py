"""The door: reads a package from its folder or its files, and checks it whole.

package = read(Path("townhall/packages/missed_bin"))      # raises Broken with everything that is wrong
found = examined(folder)                                  # what could be read, and what is wrong
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from townhall.kernel.catalogue.decisions.engine import Engine, ModelError
from townhall.kernel.catalogue.decisions.engine import load as load_decisions
from townhall.kernel.catalogue.decisions.examples import examples_of, outcomes
from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.forms.engine import Form, opened
from townhall.kernel.catalogue.packages.checks import check
from townhall.kernel.catalogue.packages.draft import Draft
from townhall.kernel.catalogue.packages.examples import MOST_EXAMPLES, read_example
from townhall.kernel.catalogue.packages.folder import NAMED, NEEDED, SLUG, accepted, files_of, hash_of
from townhall.kernel.catalogue.packages.letters import DOCUMENT, LETTER, read_letter
from townhall.kernel.catalogue.packages.model import Broken, Outline, Package, Problems
from townhall.kernel.catalogue.packages.sheets import read_sheet
from townhall.kernel.catalogue.packages.trying import try_examples
from townhall.kernel.catalogue.processes.engine import load as load_process

FOLDERS = ("decisions", "letters", "documents", "forms", "examples")


class Examined(NamedTuple):
    """What came of looking at a package: it, where it could be read, and everything that is wrong."""

    package: Package | None
    problems: tuple[Problem, ...]


def read(folder: Path) -> Package:
    """The package of a folder, its examples not run. Raises Broken."""
    return whole(folder.name, examined(folder, run_examples=False))


def outlined(folder: Path) -> Outline:
    """The outline of a folder that was checked before, as the shelf is by its tests: of its files `service.yaml` alone
    is read, which takes a tenth of the time. Raises Broken where that is wrong.
    """
    problems = Problems()
    files = files_of(folder, problems)
    sheet = read_sheet(files["service.yaml"], "service.yaml", problems) if "service.yaml" in files else None
    if sheet is None or problems:
        raise Broken(folder.name, tuple(problems))
    return Outline(folder.name, hash_of(files), sheet, files)


def read_files(slug: str, files: Mapping[str, bytes]) -> Package:
    """The package of files by their paths, as they were kept elsewhere. Raises Broken."""
    return whole(slug, examined_files(slug, files, run_examples=False))


def whole(slug: str, found: Examined) -> Package:
    """The package, where nothing is wrong with it. Raises Broken."""
    if found.package is None or found.problems:
        raise Broken(slug, found.problems)
    return found.package


def examined(folder: Path, *, run_examples: bool = True) -> Examined:
    """What there is in a folder, and all that is wrong with it; its examples are run where nothing else is."""
    problems = Problems()
    return finished(folder.name, files_of(folder, problems), problems, run_examples=run_examples)


def examined_files(slug: str, files: Mapping[str, bytes], *, run_examples: bool = True) -> Examined:
    """The same of files by their paths."""
    problems = Problems()
    return finished(slug, accepted(files, problems), problems, run_examples=run_examples)


def finished(slug: str, files: dict[str, bytes], problems: Problems, *, run_examples: bool) -> Examined:
    """Read files, check them against each other, and run the examples."""
    if not SLUG.fullmatch(slug):
        problems.report(Place(slug[:100]), f"{slug[:100]!r} cannot be the name of a service.", NAMED)
    draft = Draft(slug, files, problems)
    with TemporaryDirectory(prefix="package-") as kept:
        read_parts(draft, unpacked(files, Path(kept)))
    check(draft)
    package = package_of(draft)
    if package is not None and not problems and run_examples:
        try_examples(package, problems)
    return Examined(package, tuple(problems))


def unpacked(files: Mapping[str, bytes], folder: Path) -> Path:
    """A folder of our own with the files: engines read those that belong together from there and nowhere else."""
    for name in FOLDERS:
        (folder / name).mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    return folder


def read_parts(draft: Draft, folder: Path) -> None:
    """Read each file as what it is."""
    files, problems = draft.files, draft.problems
    if "service.yaml" in files:
        draft.sheet = read_sheet(files["service.yaml"], "service.yaml", problems)
    if "form.yaml" in files:
        draft.form = read_form(files["form.yaml"], "form.yaml", problems)
    for path in draft.parts_of("forms"):
        if form := read_form(files[path], path, problems):
            draft.forms[name_of(path)] = form
    read_texts(draft)
    read_decisions(draft, folder)
    read_process(draft, folder)
    paths = draft.parts_of("examples")
    if len(paths) > MOST_EXAMPLES:
        problems.report(Place(paths[-1]), f"There are more than {MOST_EXAMPLES} examples.", "Leave some out.")
    for path in paths[:MOST_EXAMPLES]:
        if example := read_example(files[path], path, problems):
            draft.examples.append(example)


def read_texts(draft: Draft) -> None:
    """Read the letters and the documents."""
    for held, kind in ((draft.letters, LETTER), (draft.documents, DOCUMENT)):
        for path in draft.parts_of(f"{kind}s"):
            if text := read_letter(draft.files[path], path, draft.problems, kind):
                held[text.name] = text


def name_of(path: str) -> str:
    """The name of what stands in a file."""
    return path.rpartition("/")[2].partition(".")[0]


def read_form(content: bytes, file: str, problems: Problems) -> Form | None:
    """The form of a file; none where it is none."""
    try:
        form = opened(content, file)
    except ModelError as problem:
        problems.report(problem.place, problem.message, problem.cure)
        return None
    take(problems, form.problems)
    return form


def take(problems: Problems, found: Sequence[Problem], folder: str = "") -> None:
    """Keep what an engine has found; it names files without their folder."""
    for each in found:
        problems.report(replace(each.place, file=f"{folder}{each.place.file}"), each.message, each.cure)


def read_decisions(draft: Draft, folder: Path) -> None:
    """Read the decisions, and run the examples beside them."""
    for path in draft.parts_of("decisions"):
        if path.endswith((".examples.yaml", ".examples.dmn")):
            continue
        try:
            engine = draft.decisions[path] = load_decisions(folder / path)
            take(draft.problems, engine.problems, "decisions/")
            check_imports(draft, engine, path)
            if not engine.problems:
                decision_examples(draft, engine, folder / path)
        except ModelError as problem:
            place = replace(problem.place, file=f"decisions/{problem.place.file}")
            draft.problems.report(place, problem.message, problem.cure)
        except LimitReached as problem:
            draft.problems.report(Place(path), str(problem), "Make the table smaller.")


def check_imports(draft: Draft, engine: Engine, path: str) -> None:
    """Whether a file of decisions imports only files beside it."""
    for each in engine.model.imports:
        if each.location and f"decisions/{each.location}" not in draft.files:
            cure = "Name a file of the folder 'decisions', without its folder."
            place = Place(path, each.place.line)
            draft.problems.report(place, f"There is no {each.location!r} to import in this package.", cure)


def decision_examples(draft: Draft, engine: Engine, path: Path) -> None:
    """Run the examples beside a decision."""
    for each in outcomes(engine, examples_of(path, engine)):
        if not each.is_right:
            about = f"The example {each.example!r} fails: {each.sentence}."
            line = engine.model.named(each.decision)
            place = Place(f"decisions/{path.name}", line.place.line if line else 1)
            draft.problems.report(place, about, "Mend the decision, or the example where that is wrong.")


def read_process(draft: Draft, folder: Path) -> None:
    """Read the process, and those that it calls."""
    if "process.yaml" not in draft.files:
        return
    try:
        draft.process = load_process(folder / "process.yaml")
        take(draft.problems, draft.process.problems)
    except ModelError as problem:
        draft.problems.report(problem.place, problem.message, problem.cure)
        return
    known = {*NEEDED, *(f"{node.calls}.yaml" for node in draft.process.nodes.values() if node.calls)}
    for path in draft.files.keys() - known:
        if "/" not in path:
            draft.problems.report(Place(path, 1), f"No process calls {path}.", "Call it, or take it out.")


def package_of(draft: Draft) -> Package | None:
    """The package, where all its main parts could be read."""
    if draft.sheet is None or draft.form is None or draft.process is None:
        return None
    return Package(
        draft.slug,
        hash_of(draft.files),
        draft.sheet,
        draft.files,
        draft.form,
        draft.process,
        draft.decisions,
        draft.letters,
        draft.documents,
        draft.forms,
        tuple(draft.examples),
        draft.files.get("README.md", b"").decode(),
    )
