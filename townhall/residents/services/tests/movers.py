"""Two versions of a service, and cases of the first that are somewhere in their process."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.catalogue.packages.shelf import SMALLEST
from townhall.kernel.catalogue.processes.engine import Event
from townhall.residents.services import actions
from townhall.residents.services.actions.tasks import settle
from townhall.residents.services.models import Application, Course, Version

FIRST = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
variables: {fee_pence: {type: number, begins: 0}}
messages: {withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}}
after: {name: slow, days: 30, to: stopped}
states:
  look:
    name: {en: Look at it, cy: Edrych arno}
    task: {who: contact, due: {working days: 5}}
    on: {done: {set: {fee_pence: result.pence}, to: price}, withdrawn: stopped}
  price:
    name: {en: Price, cy: Pris}
    decision: {name: decisions/fee.yaml#Fee}
    on: {done: {set: {fee_pence: result.value}, to: pay}, failed: stopped}
  pay:
    name: {en: Payment, cy: Taliad}
    payment: {name: fee, with: {amount_pence: fee_pence}}
    on: {done: answer, failed: stopped, withdrawn: stopped}
  answer:
    name: {en: Answer, cy: Ateb}
    task: {who: contact}
    on: {done: answered}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
  stopped: {name: {en: Stopped, cy: Stopiwyd}, final: true}
"""
SECOND = (
    FIRST.replace("  look:", "  read:").replace("en: Look at it", "en: Read it").replace("name: slow", "name: late")
)
"""The first step has another name, and the time that there is has another name too."""
FREE = (
    FIRST.replace("payment: {name: fee, with: {amount_pence: fee_pence}}", "task: {who: contact}")
    .replace("en: Payment", "en: Wait for money")
)  # fmt: skip
"""Nobody pays online any more: a colleague waits for the money."""
FEE = 'name: Fee\ndecisions:\n  Fee: {type: number, question: "What does it cost, in pence?", value: "3750"}\n'
COSTS = """fee:
  decision: decisions/fee.yaml#Fee
  about: {en: One price, cy: Un pris}
  source: {en: A test's own, cy: Prawf}"""
ANSWERS: dict[str, Any] = {"question": "May I?", "full_name": "Asha Begum", "email": "asha@example.org"}


def contents(process: str, **other: bytes) -> dict[str, bytes]:
    """The files of a version with this process."""
    files = {str(each.relative_to(SMALLEST)): each.read_bytes() for each in SMALLEST.rglob("*") if each.is_file()}
    files = {path: content for path, content in files.items() if not path.startswith("examples/")}
    files["process.yaml"], files["decisions/fee.yaml"] = process.encode(), FEE.encode()
    if "payment:" in process:
        files["service.yaml"] = files["service.yaml"].replace(b"fee: free", COSTS.encode())
    return files | {f"{name}.yaml": content for name, content in other.items()}


def published(process: str, at: datetime, **other: bytes) -> Version:
    """A version with this process."""
    return actions.publish(package=read_files("asking", contents(process, **other)), at=at)


def running(version: Version, at: datetime, events: Mapping[str, Any] | None = None) -> Application:
    """A case that was begun on a version; `events` are tasks that are done, by the state, with what they brought."""
    begun = actions.start_application(
        version=version, secret="of a mover", language="en", at=at, answers=ANSWERS, person=None
    )
    sent = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=sent.pk, at=at)
    for state, brought in (events or {}).items():
        done(sent, state, at, brought)
    return sent


def done(application: Application, state: str, at: datetime, brought: Mapping[str, Any] | None = None) -> None:
    """Somebody does the task of a state."""
    course = Course.objects.get(application=application)
    key = f"{state}#{course.state['active'][state]}"
    for task in [task for task, about in course.tasks.items() if about["key"] == key]:
        settle(course, UUID(task), by=None, at=at)
    course.save(update_fields=["tasks"])
    event = Event("done", key, dict(brought or {}))
    actions.move_on(application_id=application.pk, event=event, at=at)
