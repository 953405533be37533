"""How tests make processes and take cases through them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from townhall.kernel.catalogue.processes.engine import Definition, Event, Moved, read, send, start

MONDAY = datetime(2026, 5, 11, 9, tzinfo=UTC)
BOTH = "{en: Some text, cy: Rhyw destun}"
BULKY = """
name: {en: Bulky waste, cy: Gwastraff swmpus}
facts: {items: number}
variables: {fee: number, visits: {type: number, begins: 0}}
messages:
  withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}
after: {name: late, working days: 20, nation: wales, do: [{letter: delay}]}
on:
  withdrawn: {to: stopped, undo: true}
states:
  price:
    name: {en: Price, cy: Pris}
    next:
      - {if: items > 3, set: {fee: 2500 + 500 * (items - 3)}, to: pay}
      - {set: {fee: "2500"}, to: pay}
  pay:
    name: {en: Payment, cy: Taliad}
    payment: {name: collection, with: {amount_pence: fee}}
    undo: [{payment: {name: refund, with: {amount_pence: -fee}}}]
    on: {done: prepare, failed: stopped}
  prepare:
    name: {en: Prepare, cy: Paratoi}
    regions:
      crew:
        name: {en: Crew, cy: Criw}
        states:
          assign:
            name: {en: Assign a crew, cy: Pennu criw}
            task: {who: waste, skills: [lifting], form: crew, due: {working days: 5}}
            undo: [{letter: crew_stood_down}]
            on: {done: assigned}
          assigned: {name: {en: Assigned, cy: Wedi'i bennu}, final: true}
      slot:
        name: {en: Slot, cy: Slot}
        states:
          book:
            name: {en: Book, cy: Archebu}
            booking: van
            on: {done: booked, failed: book}
          booked: {name: {en: Booked, cy: Wedi'i archebu}, final: true}
    on: {done: collect}
  collect:
    name: {en: Collect, cy: Casglu}
    task: {who: waste}
    on:
      done:
        - {if: result.found = false, set: {visits: visits + 1}, to: prepare}
        - {to: collected, do: [{letter: collected}]}
  collected: {name: {en: Collected, cy: Wedi'i gasglu}, final: true}
  stopped: {name: {en: Stopped, cy: Wedi'i stopio}, final: true}
"""


def process(states: str, head: str = "", folder: Path | None = None) -> Definition:
    """A process of these states; every name for people that is missing is filled in."""
    text = f"name: {BOTH}\n{dedent(head)}\nstates:\n{indent(dedent(states).replace('NAME', BOTH), '  ')}"
    return read(text.encode(), "process.yaml", folder)


def bulky() -> Definition:
    """A process with a bit of everything."""
    return read(BULKY.encode(), "bulky.yaml")


class Case:
    """A case that is taken through a process, for tests to look at."""

    def __init__(self, definition: Definition, **answers: Any) -> None:
        assert definition.problems == []
        self.definition, self.at = definition, MONDAY
        self.moved: Moved = start(definition, answers, at=self.at)

    def send(self, kind: str, name: str = "", reason: str = "", **data: Any) -> "Case":
        """Send an event; the number of a task or service is added."""
        if kind in {"done", "failed"} and "#" not in name:
            name = f"{name}#{self.moved.state.active.get(name, 0)}"
        event = Event(kind, name, data, reason)
        self.moved = send(self.definition, self.moved.state, event, at=self.at)
        return self

    def later(self, **span: int) -> "Case":
        """Let time pass."""
        self.at += timedelta(**span)
        return self

    @property
    def where(self) -> str:
        """The states that the case is in."""
        return " ".join(sorted(self.moved.state.active))

    @property
    def orders(self) -> list[str]:
        """What the last event asked of the outside: kind, and key or name."""
        named = ("letter", "payment", "booking", "document", "webhook", "decision")
        return [f"{each.kind} {each.details['name'] if each.kind in named else each.key}" for each in self.moved.orders]

    @property
    def values(self) -> dict[str, Any]:
        """The variables of the process."""
        return self.moved.state.values[""]
