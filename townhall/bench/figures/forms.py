"""Forms: what it costs to open a form of 100 pages, and to answer one of them: the engine's CPU, and the real pages."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure
from townhall.kernel.catalogue.forms.engine import Form, asked, checked, first_unanswered, next_page, opened
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.reading import read

PAGES, ROUNDS, QUICK = 100, 50, 5
BOTH = "{en: Words, cy: Geiriau}"


def written() -> bytes:
    """A form of 100 pages with three questions each, and five conditions a page: 100, 300 and 500."""
    lines = [f"name: {BOTH}", "pages:"]
    for number in range(PAGES):
        before = number - 1
        lines += [f"  page_{number}:", f"    title: {BOTH}"]
        if number:
            lines += [f"    when: yes_{before} or count_{before} != {number} or name_{before} = null"]
        lines += [
            "    questions:",
            f"      yes_{number}: {{type: yes_no, label: {BOTH}}}",
            f"      count_{number}:",
            f"        {{type: number, label: {BOTH}, when: yes_{number} = true,",
            f"        must: {{holds: count_{number} between 1 and 1000, say: {BOTH}}}}}",
            f"      name_{number}:",
            f"        {{type: text, label: {BOTH}, required: false, when: yes_{number} or count_{number} > 5,",
            f"        must: {{holds: string length(name_{number}) > {number % 7}, say: {BOTH}}}}}",
        ]
        if not number:
            lines += [f"    must: {{holds: yes_0 or not(yes_0), say: {BOTH}}}"]
    return "\n".join(lines).encode()


def conditions(form: Form) -> int:
    """How many expressions a form has."""
    return sum(1 for page in form.pages.values() for _ in page.feels())


def milliseconds(what: Callable[[], object], rounds: int) -> float:
    """The median of the CPU time of a call, in milliseconds."""
    taken: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        what()
        taken.append((time.process_time() - began) * 1000)
    return median(taken)


@measurement(
    "forms",
    Figure("form_open", "ms of CPU", 50, "at most", "A form of 100 pages, 300 questions and 500 conditions is opened"),
    Figure("form_answer", "ms of CPU", 50, "at most", "A page of it is answered, and the next one found"),
    Figure("form_compile", "ms of CPU", 2000, "at most", "The same form is compiled, once for each version"),
    order=170,
)
def forms(ground: Ground) -> dict[str, float]:
    """All pages are answered; the one in the middle is opened and answered again and again."""
    content, rounds = written(), QUICK if ground.quick else ROUNDS
    form, answers = opened(content), dict[str, Json]()
    for number in range(PAGES):
        answers |= {f"yes_{number}": True, f"count_{number}": 20, f"name_{number}": "A name that is long"}
    sent = {"yes_50": "yes", "count_50": "30", "name_50": "Another name"}

    def open_page() -> None:
        asked(opened(content), answers)
        first_unanswered(form, answers)

    def answer_page() -> None:
        found = checked(form, "page_50", sent, answers)
        next_page(form, found.answers, "page_50")

    return {
        "form_open": milliseconds(open_page, rounds),
        "form_answer": milliseconds(answer_page, rounds),
        "form_compile": milliseconds(lambda: read(content, "form.yaml"), 3),
    }


@measurement(
    "form_pages",
    Figure("form_page_open", "ms", 50, "at most", "A page of that form is opened: the whole request, in process"),
    Figure("form_page_answer", "ms", 50, "at most", "It is answered and kept: the whole request, in process"),
    order=171,
)
def pages(ground: Ground) -> dict[str, float]:
    """Somebody who has answered all pages opens the one in the middle and answers it again."""
    command = [sys.executable, "-m", "townhall.bench.filling", str(QUICK if ground.quick else ROUNDS)]
    ended = subprocess.run(command, env=ground.database.environment(0), stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    return {"form_page_open": told["open"], "form_page_answer": told["answer"]}
