"""`townhall chaos`: make an installation, use it, break it, let it come back, and count."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom

from townhall.chaos import counting, rules
from townhall.chaos.disk import Disk, go_inside
from townhall.chaos.draining import drain
from townhall.chaos.faults import Faults
from townhall.chaos.installation import Installation
from townhall.chaos.load.clients import Answers, Client
from townhall.chaos.load.journal import Journal
from townhall.chaos.load.officers import Officer
from townhall.chaos.load.others import Sender
from townhall.chaos.load.residents import Follower, Resident
from townhall.chaos.mail import Mailbag, MailServer
from townhall.chaos.processes import Supervisor
from townhall.chaos.receiver import Noticeboard, Receiver
from townhall.chaos.rules import Counts
from townhall.launch import postgres

READY_SECONDS = 120.0
ENDING_SECONDS = 60.0
REST_SECONDS = (1.5, 5.0)
"""Between two faults, once the installation answers again."""
CLIENTS: list[tuple[type[Client], int]] = [(Sender, 3), (Resident, 2), (Follower, 1), (Officer, 1)]
REBUILD = "from townhall.kernel.measures.actions import rebuild; rebuild()"


def chaos(words: list[str]) -> int:
    """Run, print the counts as JSON, and keep the folder where a promise was broken; the exit status."""
    options = parser().parse_args(words)
    skipped = go_inside(words)
    seed = options.seed if options.seed is not None else SystemRandom().randrange(1_000_000)
    run = Run(root=Path(tempfile.mkdtemp(prefix="townhall-chaos-")), seed=seed, minutes=options.minutes)
    run.counts.disk_skipped = skipped
    try:
        run.everything()
    finally:
        run.stop()
    sys.stdout.write(json.dumps(run.counts.as_json()) + "\n")
    if run.counts.holds and not options.keep:
        shutil.rmtree(run.root, ignore_errors=True)
    else:
        say(f"Logs and the order of the faults: {run.root}    (again: townhall chaos --seed {seed})")
    return 0 if run.counts.holds else 1


def parser() -> argparse.ArgumentParser:
    """The options of `townhall chaos`."""
    made = argparse.ArgumentParser(prog="townhall chaos", description=chaos.__doc__)
    made.add_argument("--minutes", type=float, default=1.0, help="how long things break (default 1)")
    made.add_argument("--seed", type=int, default=None, help="the order of the faults; another one each time")
    made.add_argument("--json", action="store_true", help="the counts as one JSON object, which is how they come")
    made.add_argument("--keep", action="store_true", help="keep the folder with the logs in any case")
    return made


def say(text: str) -> None:
    """A line for the person at the terminal, beside the counts."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@dataclass
class Run:
    """One run, from an empty folder to the counts."""

    root: Path
    seed: int
    minutes: float
    counts: Counts = field(default_factory=Counts)
    journal: Journal = field(default_factory=Journal)
    answers: Answers = field(default_factory=Answers)
    clients: list[Client] = field(default_factory=list[Client])
    stopping: threading.Event = field(default_factory=threading.Event)
    disk: Disk | None = None

    def __post_init__(self) -> None:
        self.mail = MailServer(Mailbag(chance=Random(self.seed)))
        self.receiver = Receiver(Noticeboard(chance=Random(self.seed)))
        self.installation = Installation(self.root, self.mail, self.receiver)
        self.supervisor = Supervisor(self.installation.processes())

    def everything(self) -> None:
        """Make, use and break, drain, count."""
        self.make()
        since = self.now()
        self.use()
        self.break_things()
        self.come_back()
        self.count(since)

    def make(self) -> None:
        """Make the installation on a small disk of its own, start it, and wait until it answers."""
        if not self.counts.disk_skipped:
            self.disk = Disk(self.installation.home)
            self.disk.mount()
        else:
            say(f"No disk will be full: {self.counts.disk_skipped}.")
        say(f"Making a village to break, in {self.root} (seed {self.seed}) ...")
        self.installation.make()
        self.supervisor.start()
        self.faults = Faults(self.installation, self.supervisor, self.disk, self.counts, self.seed)
        until = time.monotonic() + READY_SECONDS
        while not self.installation.answers():
            if time.monotonic() > until:
                raise SystemExit(f"The installation did not start; see {self.installation.logs}")
            time.sleep(0.2)
        self.installation.look_around()

    def now(self) -> str:
        """The database's present."""
        with self.installation.connect() as connection:
            return str((connection.execute("select now()").fetchone() or ("",))[0])

    def use(self) -> None:
        """Let everybody begin."""
        for kind, many in CLIENTS:
            self.clients += [
                kind(number, self.installation, self.journal, self.answers, self.seed) for number in range(many)
            ]
        for client in self.clients:
            client.start()

    def break_things(self) -> None:
        """One fault after another until the time is over."""
        chance = Random(self.seed)
        until = time.monotonic() + self.minutes * 60
        names = list(self.supervisor.processes)
        for fault in rules.faults(self.seed, names, has_disk=self.disk is not None):
            if self.stopping.wait(chance.uniform(*REST_SECONDS)) or time.monotonic() > until:
                return
            took = self.faults.do(fault, self.stopping)
            done = sum(each.is_acknowledged for each in self.journal.sendings)
            say(f"{fault}: answers after {took:.1f} s; {done} acknowledged of {len(self.journal.sendings)}")

    def come_back(self) -> None:
        """Nothing breaks any more: what was begun is ended, and what waits is worked off."""
        say("Coming back ...")
        self.mail.bag.behaves = self.receiver.board.behaves = True
        for client in self.clients:
            client.ending.set()
        until = time.monotonic() + ENDING_SECONDS
        for client in self.clients:
            client.join(max(0.1, until - time.monotonic()))
            client.stopping.set()
        if left := drain(self.installation, self.supervisor):
            say(f"Not everything was worked off: {left}.")

    def count(self, since: str) -> None:
        """Compare what is there with what was acknowledged."""
        with self.installation.connect() as connection:
            counting.count_sendings(connection, self.journal, self.counts)
            counting.count_letters(connection, self.mail.bag.taken, since, self.counts)
            counting.count_webhooks(connection, self.receiver.board, since, self.counts)
            before = counting.tallies(connection)
            self.installation.run(["shell", "--verbosity", "0", "-c", REBUILD], self.installation.told())
            counting.count_events(connection, since, before == counting.tallies(connection), self.counts)
        self.counts.answers_unhelpful = len(self.answers.unhelpful)
        self.counts.load_average = round(os.getloadavg()[0] / (os.cpu_count() or 1), 1)
        self.counts.answers_unavailable = self.answers.counts["503"]
        self.tell_problems()

    def tell_problems(self) -> None:
        """What was lost and what surprised the clients, for whoever looks for a reason."""
        problems = [problem for client in self.clients for problem in client.problems]
        problems = [*self.counts.details, *self.answers.unhelpful, *problems]
        (self.root / "problems.txt").write_text("\n".join(problems))
        for said in problems[:10]:
            say(said[:300])

    def stop(self) -> None:
        """Stop everything that was started, and leave nothing mounted."""
        self.stopping.set()
        for client in self.clients:
            client.stopping.set()
            client.ending.set()
        self.supervisor.stop()
        self.mail.stop()
        self.receiver.stop()
        self.installation.keep_what_it_said()
        postgres.stop(self.installation.postgres_folder)
        if self.disk is not None:
            self.disk.leave()
