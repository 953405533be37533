"""A service whose process orders documents, and cases of it."""

from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.catalogue.processes.engine import Event
from townhall.residents.services import actions
from townhall.residents.services.models import Application, Course, Version
from townhall.residents.services.tests.movers import ANSWERS, contents

PROCESS = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
variables: {reference_given: string}
messages:
  withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}
  again: {en: Write again, cy: Ysgrifennu eto}
on:
  again: {do: [{letter: received}]}
states:
  paper:
    name: {en: Paper, cy: Papur}
    document: {name: permit, with: {is_new: "true"}}
    on: {done: {set: {reference_given: result.reference}, to: answer}, failed: refused, withdrawn: refused}
  answer:
    name: {en: Answer, cy: Ateb}
    entry: [{document: {name: notes, to: police}}]
    task: {who: contact}
    on: {done: answered}
  refused: {name: {en: Refused, cy: Gwrthodwyd}, final: true}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
"""
PERMIT = """---
title: Permit to ask
title_cy: Trwydded i ofyn
placeholders:
  full_name: Alex Morgan
  reference: 9TX2-MKD
  is_new: yes
  old: no
---
((full_name)) may ask. The case is ((reference)).

# What it allows

* Asking ((is_new??for the first time))
* Thinking

((old??This replaces another permit.))

--- cy ---
Caiff ((full_name)) ofyn. Yr achos yw ((reference)).

# Beth mae'n ei ganiatáu

* Gofyn ((is_new??am y tro cyntaf))
* Meddwl

((old??Mae hon yn disodli trwydded arall.))
"""
NOTES = """---
title: Notes for the police
title_cy: Nodiadau i'r heddlu
placeholders:
  question: May I?
---
They asked: ((question))

--- cy ---
Gofynnodd: ((question))
"""


def files(process: str = PROCESS) -> dict[str, bytes]:
    """The files of the service."""
    found = contents(process) | {"documents/permit.md": PERMIT.encode(), "documents/notes.md": NOTES.encode()}
    del found["decisions/fee.yaml"]
    found["process.yaml"] = process.replace('is_new: "true"', 'is_new: "true", old: "false"').encode()
    told = b"partners:\n  police: {en: Police, cy: Heddlu}\napplicant:"
    return found | {"service.yaml": found["service.yaml"].replace(b"applicant:", told, 1)}


def published(at: datetime, process: str = PROCESS) -> Version:
    """The service, published."""
    return actions.publish(package=read_files("asking", files(process)), at=at)


def asked(version: Version, at: datetime, language: str = "en", **answers: Any) -> Application:
    """Somebody has applied, and the first document is ordered."""
    begun = actions.start_application(
        version=version, secret="of a reader", language=language, at=at, answers=ANSWERS | answers, person=None
    )
    sent = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=sent.pk, at=at)
    return sent


def states(application: Application) -> list[str]:
    """Where the process is."""
    return list(Course.objects.get(application=application).state["active"])


def message(application: Application, name: str, at: datetime) -> None:
    """A message comes."""
    actions.move_on(application_id=application.pk, event=Event("message", name), at=at)
