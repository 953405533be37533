"""The `townhall` command. Its own words are below; any other word is one of Django's management commands."""

import os
import sys
from collections.abc import Callable

from townhall.launch import environment, postgres, roles

HELP = """usage: townhall WORD [options]

  demo       a living council in one terminal: --port, --seed, --size village|town|city, --only NAME, --fresh
  at         northmere|merrowshire WORD ...: any of these in a council of the demo
  serve      pages, APIs and live streams on one port: --host, --port, --threads, --workers, --lane
  worker     the relay, letters, timers and background jobs
  migrate    make or change the tables
  administrator NAME EMAIL
             the first person who may set everything up; says how they sign in
  categories the kinds of problem that a new council starts with
  chaos      breaks an installation of its own while it works, and counts what was lost: --minutes, --seed, --json
  import     open311 FILE | boundaries FILE | osm FILE
  bench [FIGURE ...]
             the performance figures beside their limits: --only NAME, --size CASES, --json, --write docs
  decisions  check|run|explain|test|import FILE, tck FOLDER: decision tables and FEEL (DMN 1.5)
  process    check|draw|run|import FILE: processes of services as statecharts, in YAML or BPMN
  form       check|try|schema|import FILE: forms of services, their pages, questions and conditions
  package    check|show|new SERVICE: a council's service as a folder, checked whole with its examples
             publish SLUG|FOLDER|--all makes it the version that residents begin on
             migrate SLUG --from HASH --to HASH lets running cases go on with another version: --mapping FILE,
             --dry-run, --back
             simulate SLUG|FOLDER says what would have come out differently on past cases: --since DAY
             pull DIR writes the live versions as folders (--drafts too); push DIR --as EMAIL takes them in as drafts,
             with --publish as live versions
  backup     [FILE] [--to FOLDER] [--keep N]: database and documents in one encrypted file
             backup key FILE makes the pair of keys for it
  restore    FILE --key KEYFILE: a backup put back; --check only looks; --replace over what is there
  export     events --to FOLDER: Parquet files by day, each written once
  replica    how far the read replica is behind
  upgrade    checks, backs up, migrates, verifies; puts the backup back where one of them fails
  doctor     what is set, what can be reached, what to do
  modules    every module with its standard, doors and events
  translate  renew the Welsh catalogue from what pages say; --check fails where a text is missing
  test       the test suite (words after it go to pytest)
  check      ruff, pyright, imports, migrations, documentation; --long adds every page in every role and language,
             --shelf every service of the shelf

Any other word is a management command of Django: townhall help lists them."""

AT_THE_DATABASE = frozenset({"publish", "migrate", "simulate", "pull", "push"})
"""Words of `townhall package` that need the database; the others need the folder alone."""
NO_TABLES = """This database has not all tables of this version. Run 'townhall migrate' for an installation of your own;
for the demo put 'at northmere' before the words.
"""
Word = Callable[[list[str]], int]


def main() -> None:
    """Run the words on the command line; exits with the command's status."""
    words = sys.argv[1:]
    if not words or (words[0] in {"-h", "--help", "help"} and len(words) < 2):
        sys.stdout.write(HELP + "\n")
        sys.exit(0)
    try:
        sys.exit(run(words))
    except postgres.DatabaseUnavailable as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(3)
    except KeyboardInterrupt:
        sys.exit(130)


def run(words: list[str]) -> int:
    """Run one command; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townhall.config.settings")
    if words[0] == "at":
        from townhall.demo import entering  # noqa: PLC0415

        words = entering.enter(words[1:])
    first, rest = words[0], words[1:]
    if first in {"test", "check"}:
        from townhall.config import checking  # noqa: PLC0415

        return checking.test(rest) if first == "test" else checking.check(rest)
    if first == "demo":
        os.environ["TOWNHALL_DEMO"] = "1"
        from townhall.demo import running  # noqa: PLC0415

        return running.demo(rest)
    if first == "bench":
        from townhall.bench import running as benching  # noqa: PLC0415

        return benching.bench(rest)
    if first == "package" and rest and rest[0] in AT_THE_DATABASE:
        first, rest = f"package_{rest[0]}", rest[1:]
    if first in {"decisions", "process", "form", "package"}:
        from townhall.kernel.catalogue.decisions import command as deciding  # noqa: PLC0415
        from townhall.kernel.catalogue.forms import command as asking  # noqa: PLC0415
        from townhall.kernel.catalogue.packages import command as packing  # noqa: PLC0415
        from townhall.kernel.catalogue.processes import command as processing  # noqa: PLC0415

        engines = {"decisions": deciding, "process": processing, "form": asking, "package": packing}
        return engines[first].main(rest)
    if first == "chaos":
        from townhall.chaos import running as breaking  # noqa: PLC0415

        return breaking.chaos(rest)
    use_database(as_owner=first in {"migrate", "flush", "sqlflush"}, keep=first in {"serve", "worker"})
    if environment.text("DATABASE_DIRECT_URL") and first != "migrate" and not _serves_pages(first, rest):
        os.environ["DATABASE_URL"] = environment.text("DATABASE_DIRECT_URL")
    if first in {"import", "export"} and rest:
        first, rest = f"{first}_{rest[0]}", rest[1:]
    return manage([first, *rest])


def use_database(*, as_owner: bool = False, keep: bool = False) -> None:
    """Point the environment at a database: the given one, else the embedded server, started if need be.

    `keep` starts the embedded server again whenever it dies while this process lives.
    """
    if not environment.text("DATABASE_URL"):
        server = postgres.start(environment.home() / "postgres")
        if keep:
            postgres.keep_in_background(environment.home() / "postgres")
        serving, owning = roles.ensure_database(server, "townhall")
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = serving, owning
    if as_owner and environment.text("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = environment.text("DATABASE_OWNER_URL")


def _serves_pages(first: str, rest: list[str]) -> bool:
    """Whether this process may go through a pooler: only pages hold a connection no longer than a transaction."""
    return first == "serve" and "hot" not in {*rest, os.environ.get("TOWNHALL_LANE")}


def manage(words: list[str]) -> int:
    """Run a management command; 0, or the status it exits with. A database without our tables is said in a sentence."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db.utils import ProgrammingError  # noqa: PLC0415
    from psycopg.errors import UndefinedTable  # noqa: PLC0415

    try:
        execute_from_command_line(["townhall", *words])
    except ProgrammingError as problem:
        if not isinstance(problem.__cause__, UndefinedTable):
            raise
        sys.stderr.write(NO_TABLES)
        return 1
    return 0
