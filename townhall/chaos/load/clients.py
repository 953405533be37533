"""What every client does: ask, look at what comes back, and ask again where that can help."""

import re
import threading
from collections import Counter
from random import Random
from typing import Any

import httpx

from townhall.chaos.installation import Installation
from townhall.chaos.load.journal import Journal

TIMEOUT = httpx.Timeout(8.0, connect=2.0)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Stopped(Exception):
    """The time is over."""


class Answers:
    """What the installation answered while things broke."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.unhelpful: list[str] = []
        self.lock = threading.Lock()

    def note(self, answer: httpx.Response) -> None:
        """Count an answer; one that fails without saying what to do is kept word for word.

        Helpful is 503 with Retry-After, and on a page also somebody to telephone.
        """
        with self.lock:
            self.counts[str(answer.status_code)] += 1
            if answer.status_code >= 500 and not is_helpful(answer):
                said = f"{answer.status_code} {answer.request.method} {answer.request.url.path}: {answer.text[:300]}"
                self.unhelpful.append(said)


def is_helpful(answer: httpx.Response) -> bool:
    """Whether an answer that says no says what to do instead. Officers have a page of their own."""
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    names_somebody = "tel:" in answer.text or "th-error-staff" in answer.text
    return answer.status_code == 503 and "retry-after" in answer.headers and (not is_page or names_somebody)


class Client(threading.Thread):
    """One that uses the installation until told to stop. `pause_seconds` is how long it rests between two things."""

    pause_seconds = 0.5

    def __init__(self, number: int, installation: Installation, journal: Journal, answers: Answers, seed: int) -> None:
        super().__init__(name=f"{type(self).__name__}-{number}", daemon=True)
        self.number = number
        self.installation = installation
        self.journal = journal
        self.answers = answers
        self.chance = Random(f"{seed}{self.name}")
        self.ending = threading.Event()
        """No new things; what was begun is ended."""
        self.stopping = threading.Event()
        """Not even that."""
        self.problems: list[str] = []

    def run(self) -> None:
        """Do one thing after another."""
        while not self.ending.wait(self.pause_seconds * self.chance.uniform(0.5, 1.5)):
            try:
                with self.browser() as browser:
                    self.work(browser)
            except Stopped:
                return
            except Exception as error:  # a fault of the load, which must not pass for a fault of the installation
                self.problems.append(f"{type(error).__name__}: {error}"[:300])

    def browser(self) -> httpx.Client:
        """A browser that nobody has used before, at an address of its own on this machine."""
        address = f"127.{self.chance.randrange(1, 250)}.{self.chance.randrange(250)}.{self.chance.randrange(1, 250)}"
        transport = httpx.HTTPTransport(local_address=address, retries=0)
        return httpx.Client(base_url=f"http://127.0.0.1:{self.installation.port}", transport=transport,
                            timeout=TIMEOUT, headers={"Host": f"localhost:{self.installation.port}"})  # fmt: skip

    def work(self, browser: httpx.Client) -> None:
        """One thing from beginning to end."""
        raise NotImplementedError

    def ask(self, browser: httpx.Client, method: str, path: str, **sent: Any) -> httpx.Response:
        """Ask once. Raises httpx.HTTPError."""
        answer = browser.request(method, path, **sent)
        self.answers.note(answer)
        return answer

    def insist(self, browser: httpx.Client, method: str, path: str, **sent: Any) -> httpx.Response:
        """Ask until there is an answer that is neither a fault of the server nor "too often". Raises Stopped."""
        while not self.stopping.is_set():
            try:
                answer = self.ask(browser, method, path, **sent)
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
            except httpx.HTTPError:
                pass
            self.stopping.wait(self.chance.uniform(0.2, 1.0))
        raise Stopped

    def send_form(self, browser: httpx.Client, path: str, fields: dict[str, Any], *, page: str = "") -> httpx.Response:
        """Open a page (`page`, else `path`) and send its form, with its token. Raises Stopped.

        Where the page leads on at once, because what it asks for is done, that is the answer.
        """
        shown = self.insist(browser, "GET", page or path)
        if shown.is_redirect:
            return shown
        return self.insist(browser, "POST", path, data={**self.token(shown), **fields})

    def token(self, shown: httpx.Response) -> dict[str, str]:
        """The token of a page's forms."""
        found = TOKEN.search(shown.text)
        return {"csrfmiddlewaretoken": found.group(1) if found else ""}
