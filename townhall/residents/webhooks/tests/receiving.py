"""A receiver on this machine that answers what a test says, and a service that calls it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.residents.services import actions
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.tests.movers import ANSWERS, contents

PROCESS = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
facts: {question: string}
variables: {ticket: string, urgent: boolean, why: string}
messages: {withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}}
states:
  register:
    name: {en: Register, cy: Cofrestru}
    webhook: {name: desk, with: {asked: question, copies: "2"}}
    on:
      done: {set: {ticket: result.ticket, urgent: result.urgent}, to: answer}
      failed: {set: {why: result.why}, to: refused}
      withdrawn: refused
  answer:
    name: {en: Answer, cy: Ateb}
    entry: [{webhook: {name: archive, with: {ticket: ticket}}}]
    task: {who: contact}
    on: {done: answered}
  refused: {name: {en: Refused, cy: Gwrthodwyd}, final: true}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
"""


@dataclass
class Receiver:
    """What came, and the status and body of each answer, the last one for ever."""

    address: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b'{"ticket": "T-1", "urgent": true}')])
    came: list[tuple[dict[str, str], str]] = field(default_factory=list[tuple[dict[str, str], str]])
    arrived: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)

    def ids(self) -> list[str]:
        """The id of each call."""
        return [headers["webhook-id"] for headers, _body in self.came]

    def events(self) -> list[dict[str, Any]]:
        """What it was told."""
        return [json.loads(body) for _headers, body in self.came]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver while this lasts; it answers once `held` is set, which it is at first."""
    found = Receiver()
    found.held.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.came.append((dict(self.headers), body))
            found.arrived.set()
            found.held.wait(30)
            status, said = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}/in"
    try:
        yield found
    finally:
        found.held.set()
        server.shutdown()
        server.server_close()


def published(at: datetime, process: str = PROCESS) -> Version:
    """The service, published."""
    files = contents(process)
    del files["decisions/fee.yaml"]
    return actions.publish(package=read_files("asking", files), at=at)


def asked(version: Version, at: datetime) -> Application:
    """Somebody has applied, and the first call is ordered."""
    begun = actions.start_application(
        version=version, secret="of a caller", language="en", at=at, answers=ANSWERS, person=None
    )
    sent = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=sent.pk, at=at)
    return sent


def course(application: Application) -> Any:
    """Where the process is: its states, and its variables."""
    state = Course.objects.get(application=application).state
    return list(state["active"]), state["values"].get("", {})
