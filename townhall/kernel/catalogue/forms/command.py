"""`townhall form check|try|schema|import`: forms on the command line."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.forms.engine import (
    Form,
    LimitReached,
    ModelError,
    TooMuch,
    asked,
    checked,
    counted,
    load,
    submitted,
    summary,
)
from townhall.kernel.catalogue.forms.reading import content_of
from townhall.kernel.catalogue.forms.schema import schema_of
from townhall.kernel.catalogue.forms.xgov import imported
from townhall.kernel.catalogue.said import Refused, hand_over, json_from, print_problems


def main(words: list[str]) -> int:
    """Run one command; 0, or 1 where something is wrong."""
    told = parser().parse_args(words)
    try:
        return told.run(told)
    except (ModelError, Refused, LimitReached, TooMuch) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def parser() -> argparse.ArgumentParser:
    """What may be said."""
    made = argparse.ArgumentParser(prog="townhall form", description="Forms of services.")
    words = made.add_subparsers(required=True, metavar="check|try|schema|import")
    each = words.add_parser("check", help="say what is wrong with a form: file, line and cure")
    each.add_argument("file", type=Path)
    each.set_defaults(run=check)
    each = words.add_parser("try", help="say what is asked of somebody with these answers, and what is wrong")
    each.add_argument("file", type=Path)
    each.add_argument("--answers", default="{}", help="the answers as JSON, or a file that holds them")
    each.add_argument("--facts", default="{}", help="the facts as JSON, or a file that holds them")
    each.add_argument("--page", default="", help="a page that is sent with --sent, as a browser would")
    each.add_argument("--sent", default="{}", help="flat names with texts as JSON, or a file that holds them")
    each.add_argument("--language", choices=("en", "cy"), default="en")
    each.add_argument("--json", action="store_true")
    each.set_defaults(run=try_out)
    each = words.add_parser("schema", help="the JSON Schema of the answers")
    each.add_argument("file", type=Path)
    each.set_defaults(run=schema)
    each = words.add_parser("import", help="write an XGov form definition as a form, and list what is left behind")
    each.add_argument("file", type=Path)
    each.add_argument("--to", type=Path, help="the file to write; on the screen where it is not said")
    each.set_defaults(run=take_in)
    return made


def check(told: argparse.Namespace) -> int:
    """Say what is wrong with a form."""
    form = load(told.file)
    size = f"{len(form.pages)} pages, {len(form.questions)} questions"
    return print_problems(form.problems, f"{told.file.name}: {size}, nothing is wrong. Version {form.version[:12]}.")


def schema(told: argparse.Namespace) -> int:
    """Print the JSON Schema of a form's answers."""
    sys.stdout.write(json.dumps(schema_of(load(told.file)), ensure_ascii=False, indent=2) + "\n")
    return 0


def take_in(told: argparse.Namespace) -> int:
    """Write a definition of XGov as a form."""
    return hand_over(imported(content_of(told.file), told.file.name), told.to)


def try_out(told: argparse.Namespace) -> int:
    """Say what is asked and what is wrong; of a page that is sent, only what is wrong there."""
    form, facts = load(told.file), json_from(told.facts, dict, "facts")
    answers = json_from(told.answers, dict, "answers")
    if told.page and told.page not in form.pages:
        raise Refused(f"There is no page {told.page!r}; there are {', '.join(form.pages)}.")
    sent = checked(form, told.page, json_from(told.sent, dict, "fields"), answers, facts=facts) if told.page else None
    answers = sent.answers if sent else answers
    wrong = (sent or submitted(form, answers, facts=facts)).mistakes
    if told.json:
        shown = {
            "pages": asked(form, answers, facts).names(),
            "answers": counted(form, answers, facts=facts),
            "mistakes": [
                {"question": each.question, "rule": each.rule, "says": each.text.said(told.language)} for each in wrong
            ],
        }
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        show(form, answers, facts, told.language)
        for each in wrong:
            sys.stdout.write(f"! {each.field}: {each.text.said(told.language)}\n")
    return 1 if wrong else 0


def show(form: Form, answers: dict[str, Any], facts: dict[str, Any], language: str) -> None:
    """Print the pages that are asked, with their questions and answers."""
    page = ""
    for row in summary(form, answers, facts=facts):
        if row.page != page:
            page = row.page
            sys.stdout.write(f"{page}\n")
        answer = row.answer.said(language).replace("\n", ", ") if row.answer else "-"
        sys.stdout.write(f"  {row.label.said(language)}  {answer}\n")
