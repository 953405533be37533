"""`townhall translate`: the Welsh catalogue, brought up to date with what the pages say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townhall.kernel.design import translating


class Command(BaseCommand):
    """Renews and compiles the catalogue, or with --check only says what is wrong with it."""

    help = "Find the sentences of all pages, renew the Welsh catalogue and compile it; --check changes nothing."
    requires_system_checks: list[str] = []  # pyright: ignore[reportIncompatibleVariableOverride]

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check`."""
        parser.add_argument("--check", action="store_true", help="only fail where a text is missing or does not fit")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Say each problem. Raises CommandError with --check and any of them."""
        template, catalogue = translating.found_in_source(), translating.read()
        if not check:
            translating.renew(catalogue, template)
            translating.write(catalogue)
            translating.compile_catalogue(catalogue)
        wrong = translating.problems(catalogue, template)
        self.stdout.write("\n".join([*wrong, f"{len(template)} sentences, {len(wrong)} to be looked at"]))
        if check and wrong:
            raise CommandError("The Welsh catalogue is behind: run `townhall translate`, then write what is missing.")
