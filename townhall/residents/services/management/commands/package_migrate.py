"""`townhall package migrate`."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.mapping import read_mapping
from townhall.residents.services import actions, selectors
from townhall.residents.services.actions.transfers.beginning import BATCH
from townhall.residents.services.models import Transfer, Version
from townhall.residents.services.rules.transfers import NotTransferred
from townhall.residents.services.selectors import Line, Survey


class Command(BaseCommand):
    """Lets running cases of a service go on with another version of it, or takes that back."""

    help = "Let running cases go on with another version; what is cut off goes on when it is said again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which service, from where to where, how."""
        parser.add_argument("slug", help="the service")
        parser.add_argument("--from", dest="source", required=True, help="how the hash of the version begins")
        parser.add_argument("--to", dest="target", required=True, help="the same of the version to go on with")
        parser.add_argument("--mapping", type=Path, help="the file that says which state becomes which")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--batch", type=batch, default=BATCH, help="cases that are held and moved at a time")
        parser.add_argument("--back", action="store_true", help="take the last such transfer back")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look, or do it."""
        try:
            source = selectors.find_version(options["slug"], options["source"])
            target = selectors.find_version(options["slug"], options["target"])
            if options["back"]:
                self.back(source, target, options)
            else:
                self.forward(source, target, self.states(source, target, options["mapping"]), options)
        except (NotTransferred, ModelError) as problem:
            raise CommandError(str(problem)) from problem

    def states(self, source: Version, target: Version, path: Path | None) -> dict[str, str]:
        """What a mapping file says. Raises ModelError."""
        if path is None:
            return {}
        old, new = selectors.package(source).process, selectors.package(target).process
        return read_mapping(path, old, new, hashes=(source.hash, target.hash)).states

    def forward(self, source: Version, target: Version, states: dict[str, str], options: dict[str, Any]) -> None:
        """From one version to the other."""
        if options["dry_run"]:
            plan = selectors.plan_of_versions(source, target, states)
            self.say_survey(selectors.survey(plan, source, timezone.now()), options)
            return
        transfer = actions.begin_transfer(source=source, target=target, states=states, by=None, at=timezone.now())
        self.carry(transfer, selectors.running_cases(source).count(), options)

    def back(self, source: Version, target: Version, options: dict[str, Any]) -> None:
        """The last transfer between them, taken back."""
        last = selectors.last_transfer(source, target)
        if last is None:
            raise NotTransferred("No cases went from the one version to the other.")
        whole = selectors.to_bring_back(last).count()
        if options["dry_run"]:
            self.say_back(last, options)
            return
        self.carry(actions.take_back(transfer=last, by=None, at=timezone.now()), whole, options)

    def carry(self, transfer: Transfer, whole: int, options: dict[str, Any]) -> None:
        """Batch after batch, with a line for each, and what came of it."""
        done = 0
        while number := actions.go_on(transfer_id=transfer.pk, at=timezone.now(), most=options["batch"]).cases:
            done += number
            if options["verbosity"] and not options["json"]:
                self.stdout.write(f"{done:,} of {max(whole, done):,}")
                self.stdout.flush()
        self.say_result(transfer, options)

    def say_survey(self, found: Survey, options: dict[str, Any]) -> None:
        """What would happen."""
        if options["json"]:
            told = {
                "dry_run": True, "going": found.going, "staying": found.staying, "unbegun": found.unbegun,
                "states": [as_json(each) for each in found.lines], "answers_not_asked_for": found.lost,
                "answers_missing": found.missing,
            }  # fmt: skip
            self.stdout.write(json.dumps(told))
            return
        for each in found.lines:
            self.stdout.write(sentence(each))
        for name, count in found.lost.items():
            self.stdout.write(f"{count:,} cases have an answer to {name!r}, which is not asked any more: it is kept")
        for name, count in found.missing.items():
            self.stdout.write(f"{count:,} cases have no answer to {name!r}, which is asked now")
        if found.unbegun:
            self.stdout.write(f"{found.unbegun:,} were sent a moment ago and have not begun: say it again for those")
        self.stdout.write(f"{found.going:,} cases would go over, {found.staying:,} would stay; nothing was changed")

    def say_back(self, last: Transfer, options: dict[str, Any]) -> None:
        """What would come back."""
        found = selectors.survey_back(last, timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": True, "states": [as_json(each) for each in found]}))
            return
        for each in found:
            self.stdout.write(sentence(each))

    def say_result(self, transfer: Transfer, options: dict[str, Any]) -> None:
        """What came of it."""
        found = selectors.result(transfer)
        if options["json"]:
            told = {
                "transfer": str(transfer.pk), "moved": found.moved, "returned": found.returned,
                "states": dict(found.moves), "staying": [as_json(each) for each in found.stuck],
            }  # fmt: skip
            self.stdout.write(json.dumps(told))
            return
        for each in found.stuck:
            self.stdout.write(sentence(each))
        if transfer.undoes_id:
            self.stdout.write(f"{found.returned:,} cases are as they were before")
        self.stdout.write(f"{found.moved:,} cases went over, {sum(each.count for each in found.stuck):,} stay")


def batch(text: str) -> int:
    """A number of cases. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= BATCH):
        raise ArgumentTypeError(f"Give a number from 1 to {BATCH}.")
    return int(text)


def as_json(line: Line) -> dict[str, Any]:
    """A line as JSON."""
    held = {"states": line.states, "becomes": line.becomes, "why": line.why, "count": line.count}
    return held | {"cases": line.references}


def sentence(line: Line) -> str:
    """A line in words."""
    if line.why:
        return f"{line.count:,} in {line.states} cannot: {line.why} ({', '.join(line.references)})"
    return f"{line.count:,} in {line.states} -> {line.becomes}"
