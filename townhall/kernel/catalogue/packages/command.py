"""`townhall package check|show|new`: services as folders on the command line."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.nations import in_words
from townhall.kernel.catalogue.packages.reading import examined
from townhall.kernel.catalogue.packages.shelf import begun, folder_of, slugs
from townhall.kernel.catalogue.processes.words import WORDS, sentences
from townhall.kernel.catalogue.said import Refused
from townhall.kernel.catalogue.words import Text

VERSION, WITHIN, DOCUMENT = Text("version", "fersiwn"), Text("Within", "O fewn"), Text("a document", "dogfen")
ASKS, DECIDES = Text("Asks:", "Yn gofyn:"), Text("Decides:", "Yn penderfynu:")
SENDS, GOES = Text("Sends:", "Yn anfon:"), Text("Goes:", "Yn mynd:")


def main(words: list[str]) -> int:
    """Run one command; 0, or 1 where something is wrong."""
    told = parser().parse_args(words)
    try:
        return told.run(told)
    except Refused as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


MORE = """publish, migrate, simulate, pull and push work on the services of an installation:
'townhall package publish --help', and so on. In the demo: 'townhall at northmere package publish FOLDER'."""


def parser() -> argparse.ArgumentParser:
    """What may be said."""
    about = "Services of a council, as folders."
    made = argparse.ArgumentParser(prog="townhall package", description=about, epilog=MORE)
    words = made.add_subparsers(required=True, metavar="check|show|new")
    each = words.add_parser("check", help="say what is wrong with a service: file, line and cure; run its examples")
    each.add_argument("services", nargs="*", help="names on the shelf, or folders")
    each.add_argument("--all", action="store_true", help="the whole shelf")
    each.set_defaults(run=check)
    each = words.add_parser("show", help="say what a service is, asks, decides and sends")
    each.add_argument("service", help="a name on the shelf, or a folder")
    each.add_argument("--language", choices=("en", "cy"), default="en")
    each.set_defaults(run=show)
    each = words.add_parser("new", help="make a folder with the smallest service that works")
    each.add_argument("slug", help="its name, as missed_bin")
    each.add_argument("--in", dest="inside", type=Path, default=Path(), help="where; here where it is not said")
    each.set_defaults(run=new)
    return made


def check(told: argparse.Namespace) -> int:
    """Say what is wrong with services; the last line counts."""
    names = slugs() if told.all else list(told.services)
    if not names:
        raise Refused("Name a service or a folder, or say --all.")
    broken = 0
    for name in names:
        folder = folder_of(name)
        package, problems = examined(folder)
        for each in problems:
            sys.stdout.write(f"{folder.name}/{each}\n")
        broken += bool(problems)
        if package is not None and not problems:
            sys.stdout.write(f"{size_of(package)}\n")
    sys.stdout.write(f"{len(names)} services, {broken} with mistakes.\n")
    return 1 if broken else 0


def size_of(package: Package) -> str:
    """What there is of everything, in a line."""
    decisions = sum(len(each.names()) for each in package.decisions.values())
    where = f" ({in_words(package.service.nations)})" if package.service.nations else ""
    return (
        f"{package.slug}{where}: {len(package.form.questions)} questions, {len(package.process.nodes) - 1} states, "
        f"{decisions} decisions, {len(package.letters)} letters, "
        f"{len(package.documents)} documents, {len(package.examples)} examples; nothing is wrong. "
        f"Version {package.hash[:12]}."
    )


def show(told: argparse.Namespace) -> int:
    """Say what a service is."""
    folder = folder_of(told.service)
    package, problems = examined(folder, run_examples=False)
    for line in described(package, told.language) if package is not None else ():
        sys.stdout.write(f"{line}\n")
    for each in problems:
        sys.stderr.write(f"{folder.name}/{each}\n")
    return 1 if problems else 0


def described(package: Package, language: str) -> Iterator[str]:
    """A service in lines."""
    sheet, version = package.service, f"{VERSION.said(language)} {package.hash[:12]}"
    yield f"{sheet.name.said(language)} ({package.slug}, LGSL {sheet.lgsl}), {version}"
    for each in (sheet.summary, sheet.who, sheet.fee.about, sheet.next, sheet.refusal, sheet.appeal):
        yield f"  {each.said(language)}"
    unit = WORDS[language][sheet.target.unit]
    yield f"{WITHIN.said(language)} {sheet.target.count} {unit}; {'; '.join(sheet.basis.statutes)}"
    yield ASKS.said(language)
    for page in package.form.pages.values():
        yield f"  {page.title.said(language)}"
    yield DECIDES.said(language)
    yield from (f"  {name} ({file})" for file, engine in package.decisions.items() for name in engine.names())
    yield SENDS.said(language)
    for name, letter in package.letters.items():
        yield f"  {letter.wording.title_cy if language == 'cy' else letter.wording.title} ({name})"
    for name, document in package.documents.items():
        title = document.wording.title_cy if language == "cy" else document.wording.title
        yield f"  {title} ({name}, {DOCUMENT.said(language)})"
    yield GOES.said(language)
    yield from (f"  {each}" for each in sentences(package.process, language))


def new(told: argparse.Namespace) -> int:
    """Make a new folder."""
    folder = begun(told.slug, told.inside)
    sys.stdout.write(f"{folder} is there. Change its files, and try it: townhall package check {folder}\n")
    return 0
