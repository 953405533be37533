"""A service whose process asks whoever applied, a partner and a colleague for more, by forms of its own."""

from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests.movers import ANSWERS, contents

PROCESS = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}, {letter: {name: told, to: police}}]
variables: {meant: string, ground: string}
messages:
  clarified: {en: It was made clear, cy: Eglurwyd, form: clarified}
  withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}
  noted: {en: Something to note, cy: Rhywbeth i'w nodi}
  objection: {en: Objection, cy: Gwrthwynebiad, form: objection}
on:
  withdrawn: stopped
  noted: {do: [{letter: received}]}
  objection: {set: {ground: result.ground}, do: [{letter: {name: told, to: police}}]}
states:
  unclear:
    name: {en: Waiting for the applicant, cy: Yn aros am yr ymgeisydd}
    after: {name: forgotten, days: 20, to: stopped}
    on: {clarified: {set: {meant: result.meant}, to: look}}
  look:
    name: {en: Look at it, cy: Edrych arno}
    task: {who: contact, due: {working days: 5}, form: answer}
    on: {done: answered}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
  stopped: {name: {en: Stopped, cy: Stopiwyd}, final: true}
"""
FORM = b"""
name: {en: Make it clear, cy: Ei egluro}
pages:
  more:
    title: {en: What you mean, cy: Yr hyn a olygwch}
    questions:
      meant:
        type: long_text
        max: 3000
        for: {en: to search for it, cy: i chwilio amdano}
        label: {en: "What do you mean?", cy: "Beth ydych yn ei olygu?"}
      is_urgent: {type: yes_no, required: false, label: {en: "Is it urgent?", cy: "A yw'n frys?"}}
      day:
        type: date
        when: is_urgent
        for: {en: to be in time, cy: i fod mewn pryd}
        label: {en: "By when?", cy: "Erbyn pryd?"}
      papers:
        type: files
        required: false
        types: [pdf, png]
        for: {en: to read them, cy: i'w darllen}
        label: {en: Papers, cy: Papurau}
"""
OBJECTION = b"""
name: {en: Objection, cy: Gwrthwynebiad}
pages:
  why:
    title: {en: Why, cy: Pam}
    questions:
      is_sure: {type: yes_no, label: {en: "Do you object?", cy: "A ydych yn gwrthwynebu?"}}
      ground: {type: text, when: is_sure, label: {en: "Why?", cy: "Pam?"}}
"""
ANSWER = b"""
name: {en: Answer, cy: Ateb}
pages:
  found:
    title: {en: What there is, cy: Yr hyn sydd yno}
    questions:
      is_held: {type: yes_no, label: {en: "Do we hold it?", cy: "A yw gennym ni?"}}
  more:
    title: {en: More, cy: Rhagor}
    when: is_held
    questions:
      place: {type: text, for: {en: to find it again, cy: i'w ganfod eto}, label: {en: "Where is it?", cy: "Ble mae?"}}
"""
TOLD = b"""---
title: Please look
title_cy: Edrychwch
subject_en: Please look at ((reference))
subject_cy: Edrychwch ar ((reference))
placeholders:
  reference: 9TX2-MKD
  name: The police
  link: /services/9TX2-MKD
---
((name)), tell us: ((link))

--- cy ---
((name)), dywedwch wrthym: ((link))
"""
PARTNERS = b"partners: {police: {en: The police, cy: Yr heddlu, tells: [objection]}}\n"
BUTTONS = b"buttons: {clarified: {en: Make it clear, cy: Ei egluro}}\n"


def asking(at: datetime, person: Any) -> Application:
    """Somebody's application, whose process waits for them to make it clear."""
    forms = {"forms/clarified": FORM, "forms/objection": OBJECTION, "forms/answer": ANSWER}
    files = contents(PROCESS, **forms)
    files["service.yaml"] = files["service.yaml"].replace(b"\nbasis:", b"\n" + PARTNERS + BUTTONS + b"basis:")
    files["letters/told.md"] = TOLD
    files.pop("decisions/fee.yaml")
    version = actions.publish(package=read_files("asking", files), at=at)
    begun = actions.start_application(
        version=version, secret="of an applicant", language="en", at=at, answers=ANSWERS, person=person
    )
    made = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=made.pk, at=at)
    return made
