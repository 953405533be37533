"""Whole packages at random: a form with questions of every kind, decisions about its answers, a process, letters."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from townhall.kernel.catalogue.packages.shelf import SMALLEST
from townhall.kernel.catalogue.packages.tests.asking import Asked, form_files
from townhall.kernel.catalogue.processes.tests.generating import MESSAGES, NAME, Parts, Service, block

FACTS = {"yes_no": "boolean", "number": "number", "money": "number", "radios": "string", "text": "string"}
"""The kinds of answers that decisions and processes are asked about, with their types."""
LETTERS = ("late", "sorry", "begun", "over", "soon")
LOOK = """name: {en: Look, cy: Edrych}
pages:
  look:
    questions:
      yes: {type: yes_no, label: {en: All well, cy: Popeth yn iawn}, for: {en: Words, cy: Geiriau}}
"""
TABLE = """name: Rule
inputs: {{{inputs}}}
decisions:
  Answer:
    type: string
    question: What comes of it?
    table:
      hit: first
      inputs: [{columns}]
      outputs: [answer]
      rules:
        - {{when: [{first}], then: '"a"', why: The first rule}}
        - {{when: [{rest}], then: '"b"', why: All others}}
"""
FEE = """name: Fee
inputs: {Turns: number}
decisions:
  Fee:
    type: number
    question: What does it cost, in pence?
    value: if Turns > 1 then 2500 else 0
"""
LETTER = """---
title: Some words
title_cy: Rhai geiriau
subject_en: Some words
subject_cy: Rhai geiriau
placeholders:
  name: Alex Morgan
{more}---
Hello ((name)){said}.

--- cy ---
Helo ((name)){said}.
"""
PRICE = (
    "price: {{name: {name}, decision: {{name: decisions/fee.yaml#Fee, with: {{Turns: turns}}}}, "
    "on: {{done: {{set: {{fee: result.value}}, to: s0}}, failed: s0}}}}"
)


def told(known: Sequence[Asked]) -> dict[str, Asked]:
    """The answers that decisions and processes may be asked about."""
    return {each.name: each for each in known if each.kind in FACTS}


def services(known: Sequence[Asked]) -> tuple[Service, ...]:
    """What processes ask of others: a booking, a payment, a decision about the answers, and the rest."""
    handed = ", ".join(f"{name.upper()}: {name}" for name in told(known))
    rule = f"decision: {{name: decisions/rule.yaml#Answer, with: {{{handed}}}}}"
    return (
        Service("booking: van, pauses: late", ("result.on != null", 'result.time = "09:00"')),
        Service("booking: {name: van, with: {hold: true}}", ("result.reference != null",)),
        Service("payment: {name: fee, with: {amount_pence: fee}}", ("result.amount_pence > 100",)),
        Service("document: paper", ("turns = 0",)),
        Service("webhook: elsewhere", ("turns = 0",)),
        Service("letter: soon", ("turns = 0",), is_told=True),
        *([Service(rule, ('result.value = "a"',), is_told=True)] if handed else []),
    )


@st.composite
def process_files(draw: st.DrawFn, known: Sequence[Asked]) -> str:
    """The file of a process that looks at what was asked."""
    guards = tuple(held.format(name) for name, each in told(known).items() for held in each.conditions)
    task = "task: {who: contact, form: look, due: {working days: 3}}"
    plain = "task: {who: contact}"
    tasks = (Service(task, ("result.yes = true",)), Service(plain, ("result.more != null",)))
    states = draw(block("", 2, Parts(tasks, services(known), (*guards, "turns < 3", "outcome = null"))))
    has_fee = "payment:" in states
    states = states.replace("{s0:", f"{{{PRICE.format(name=NAME)}, s0:", 1) if has_fee else states
    facts = ", ".join(
        f"{name}: {FACTS[each.kind]}" for name, each in told(known).items() if re.search(rf"\b{name}\b", states)
    )
    is_signed = any(each.kind == "signature" for each in known)
    anywhere = draw(st.sets(st.sampled_from(MESSAGES), min_size=int(is_signed)))
    ways = ", ".join(f"{each}: {{to: s0, set: {{outcome: '\"again\"'}}}}" for each in sorted(anywhere))
    heard = [each for each in MESSAGES if each in anywhere or f" {each}: {{to:" in states]
    price = ", fee: {type: number, begins: 0}" if has_fee else ""
    return "\n".join([
        f"name: {NAME}", f"facts: {{{facts}}}",
        f"variables: {{turns: {{type: number, begins: 0}}, outcome: string{price}}}",
        f"messages: {{{', '.join(f'{each}: {NAME}' for each in heard)}}}",
        "after: {name: late, working days: 10, do: [{letter: late}]}",
        *([f"on: {{{ways}}}"] if ways else []), f"states: {states}",
    ])  # fmt: skip


def rule_file(draw: st.DrawFn, known: Sequence[Asked]) -> str:
    """The file of a decision about the answers: what the first rule wants of each, and a rule for all others."""
    cells = {"boolean": ["true", "false", "-"], "number": ["> 1", "[0..20]", "-", "null"], "string": ['"red"', "-"]}
    found = told(known)
    wanted = [draw(st.sampled_from(cells[FACTS[each.kind]])) for each in found.values()]
    return TABLE.format(
        inputs=", ".join(f"{name.upper()}: {FACTS[each.kind]}" for name, each in found.items()),
        columns=", ".join(f"{{value: {name.upper()}}}" for name in found),
        first=", ".join(f"'{each}'" for each in wanted), rest=", ".join("'-'" for _ in wanted),
    )  # fmt: skip


def letter_file(draw: st.DrawFn, known: Sequence[Asked]) -> str:
    """The file of a letter that tells one of the answers, or none."""
    name = draw(st.sampled_from(["", *(each.name for each in known)]))
    return LETTER.format(more=f"  {name}: words\n" * bool(name), said=f", (({name}))" * bool(name))


def sheet_file(process: str, known: Sequence[Asked]) -> str:
    """What the service is, what it costs and books where the process does, and what is signed where that is asked."""
    text = (SMALLEST / "service.yaml").read_text(encoding="utf-8")
    if "payment:" in process:
        both = "{en: A fee., cy: Ffi.}"
        text = text.replace("fee: free", f"fee: {{decision: decisions/fee.yaml#Fee, about: {both}, source: {both}}}")
    if "booking:" in process:
        text += "bookings:\n  van: {name: {en: Van, cy: Fan}, days: {monday: 09:00-12:00}}\n"
    if signed := [each.name for each in known if each.kind == "signature"]:
        heard = next(each for each in MESSAGES if f"{each}: {NAME}" in process)
        hears = ", ".join(f"{each}: {heard}" for each in ("signed", "refused", "lapsed"))
        told = f"{{says: {NAME}, shows: [full_name], days: 3, on: {{{hears}}}}}"
        text += "".join(["signatures:\n", *(f"  {name}: {told}\n" for name in signed)])
    return text


@st.composite
def packages(draw: st.DrawFn) -> Mapping[str, bytes]:
    """The files of a package by their paths; a process may have states that no case comes to."""
    form, known = draw(form_files())
    process = draw(process_files(known))
    made: dict[str, Any] = {
        "service.yaml": sheet_file(process, known), "process.yaml": process,
        "README.md": "# Words\n\n## The law\n\n## What a council may change\n",
    }  # fmt: skip
    made |= {f"letters/{each}.md": letter_file(draw, known) for each in LETTERS if f"letter: {each}" in process}
    made |= (
        {"documents/paper.md": re.sub("subject_.*\n", "", letter_file(draw, known))} if "document:" in process else {}
    )
    made |= {"forms/look.yaml": LOOK} if "form: look" in process else {}
    made |= {"decisions/rule.yaml": rule_file(draw, known)} if "rule.yaml" in process else {}
    made |= {"decisions/fee.yaml": FEE} if "payment:" in process else {}
    return {path: text.encode() for path, text in made.items()} | {"form.yaml": form}
