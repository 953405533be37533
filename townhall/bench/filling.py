"""Fills the form of 100 pages in through the real pages: a process of its own, run by `figures/forms.py`. Says as JSON
how many milliseconds it takes to open a page in the middle, to answer it, and to open the list of pages.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from statistics import median
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.test import Client  # noqa: E402

from townhall.bench.figures.forms import PAGES, written  # noqa: E402
from townhall.kernel.catalogue.packages.folder import hash_of  # noqa: E402
from townhall.kernel.catalogue.packages.shelf import SMALLEST  # noqa: E402
from townhall.residents.services import actions  # noqa: E402

Application, Version = (apps.get_model("services", each) for each in ("Application", "Version"))
SLUG, SECRET, MIDDLE = "bench_form", "of the bench", PAGES // 2
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
PART = re.compile(r"(name|value)=\"([^\"]*)\"")


def version(at: datetime) -> Any:
    """A version with the form; its other files are those of the smallest service."""
    paths = [each for each in SMALLEST.rglob("*") if each.is_file() and "examples" not in each.parts]
    files = {str(each.relative_to(SMALLEST)): each.read_bytes() for each in paths} | {"form.yaml": written()}
    told = {"name": "Form", "name_cy": "Ffurflen", "kept_days": 1, "published_at": at}
    kept = {path: content.decode() for path, content in files.items()}
    return Version.objects.get_or_create(slug=SLUG, hash=hash_of(files), defaults={"files": kept, **told})[0]


def begun(at: datetime) -> Any:
    """Somebody who has answered all pages."""
    answers: dict[str, Any] = {}
    for number in range(PAGES):
        answers |= {f"yes_{number}": True, f"count_{number}": 20, f"name_{number}": "A name that is long"}
    return actions.start_application(
        version=version(at), secret=SECRET, language="en", at=at, answers=answers, page="page_0"
    )


def hidden(html: str) -> dict[str, str]:
    """What the form of a page sends along unseen."""
    found = [dict(PART.findall(each)) for each in HIDDEN.findall(html)]
    return {each["name"]: unescape(each.get("value", "")) for each in found if "name" in each}


def milliseconds(ask: Callable[[], Any], wanted: int, rounds: int) -> float:
    """The median of how long an answer takes. Raises SystemExit where it is not the one that is wanted."""
    taken: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != wanted:
            sys.exit(f"the page answers {answer.status_code}, not {wanted}")
    return median(taken)


def main(rounds: int) -> None:
    """Open a page, and answer it, again and again."""
    application, client = begun(datetime.now(UTC)), Client(HTTP_HOST="localhost")
    client.cookies["applications"] = SECRET
    here = f"/services/application/{application.pk}/page/page_{MIDDLE}/"
    sent = {f"yes_{MIDDLE}": "yes", f"count_{MIDDLE}": "30", f"name_{MIDDLE}": "Another name", "_do": "continue"}

    def answer() -> Any:
        return client.post(here, unseen | sent)

    unseen = hidden(client.get(here).content.decode())
    opening = milliseconds(lambda: client.get(here), 200, rounds)
    taken = list[float]()
    for _ in range(rounds):
        unseen = hidden(client.get(here).content.decode())
        taken.append(milliseconds(answer, 302, 1))
    Application.objects.filter(pk=application.pk).delete()
    sys.stdout.write(json.dumps({"open": opening, "answer": median(taken)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
