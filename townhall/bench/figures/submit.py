"""A report sent through the pages: the last press, which makes the report, its case, its reporter and its events."""

import re
from dataclasses import dataclass

from townhall.bench.ground import Ground
from townhall.bench.loading import form, load
from townhall.bench.measurements import measurement
from townhall.bench.processes import Served
from townhall.bench.rules import Figure
from townhall.bench.visiting import Visitor, visit

SENDS, WARM = 150, 4
TEXT = "A mattress and four black bags were left behind the shops last night"
PLACE = """select point[0]::int, point[1]::int from cases_case
    where category = 'fly_tipping' and passed_to = '' order by opened_at desc limit 1"""
REPORTS = "select count(*) from reports_draft where report_id is not null"
COPY = """insert into reports_draft
        (id, owner, person_id, taken_by_id, answers, photos, devices, report_id, created_at, updated_at)
    select gen_random_uuid(), owner, person_id, taken_by_id,
        jsonb_set(answers, '{contact,email}', to_jsonb('bench.' || gen_random_uuid() || '@example.org')),
        photos, devices, null, now(), now()
    from reports_draft, generate_series(1, %s) where id = %s returning id::text"""


@dataclass(frozen=True, slots=True)
class Writer:
    """A visitor who has written one report up to its last page, and the key of that draft."""

    visitor: Visitor
    draft: str


def write(ground: Ground, served: Served) -> Writer:
    """Go through the pages as a person without an account does, up to `check`."""
    visitor = visit(served.url)
    visitor.get("/reports/new/")
    page = visitor.post("/reports/new/", text=TEXT)
    draft = re.findall(r"/reports/new/([0-9a-f-]{36})/", str(page.url))[0]
    east, north = ground.rows(PLACE)[0]
    typed: dict[str, dict[str, str]] = {
        "category": {"category": "fly_tipping"}, "where": {"found": f"{east},{north}", "do": "continue"},
        "questions": {"size": "van", "danger": "no"}, "photos": {"do": "continue"}, "nearby": {"do": "continue"},
        "contact": {"how": "details", "name": "Ben Chmark", "email": "ben@example.org"},
    }  # fmt: skip
    for step, fields in typed.items():
        page = visitor.get(f"/reports/new/{draft}/{step}/")
        if f"/{step}/" in str(page.url):
            page = visitor.post(f"/reports/new/{draft}/{step}/", **fields)
    if not str(page.url).endswith("/check/"):
        raise RuntimeError(f"the pages of a report led to {page.url}, not to the last one")
    return Writer(visitor, draft)


def copies(ground: Ground, writer: Writer, number: int) -> list[str]:
    """As many more drafts like the writer's, each with an e-mail address of its own."""
    return [key for (key,) in ground.rows(COPY, number, writer.draft)]


@measurement(
    "submit",
    Figure("submit_statements", "SQL statements", 15, "at most", "Statements of sending a report, by a new reporter"),
    Figure("submit_cpu", "times one", 4, "at most", "Server CPU of sending a report, as a multiple of one"),
    order=20,
)
def submit(ground: Ground) -> dict[str, float]:
    """Many drafts of one browser, sent by two clients."""
    server = ground.server()
    writer: Writer = ground.keep("submit.writer", lambda: write(ground, server))
    number = ground.some(SENDS)
    sends = [
        form(f"/reports/new/{key}/check/", writer.visitor.body(), **writer.visitor.headers)
        for key in copies(ground, writer, number + WARM)
    ]
    load(server.port, sends[:WARM], expects=[302])
    sends = sends[WARM:]
    before = ground.rows(REPORTS)[0][0]
    cost = ground.cost(server, sends, clients=2, expects=[302])
    if (made := ground.rows(REPORTS)[0][0] - before) != number:
        raise RuntimeError(f"{number} reports were sent, but {made} were made")
    ground.settle()
    statements = ground.keep("submit.statements", lambda: count(ground))
    return {"submit_statements": statements, "submit_cpu": cost.server_ms / ground.one().server_ms}


def count(ground: Ground) -> int:
    """How many statements the last press takes in a process that has sent one before."""
    writer = write(ground, ground.counted())
    first, second = copies(ground, writer, 2)

    def send(key: str) -> None:
        answer = writer.visitor.client.post(
            f"/reports/new/{key}/check/", data={"csrfmiddlewaretoken": writer.visitor.token}
        )
        if answer.status_code != 302:
            raise RuntimeError(f"the report was answered {answer.status_code}")

    send(first)
    return ground.statements(lambda: send(second))
