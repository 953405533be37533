"""Officers, who answer and resolve cases."""

import re

import httpx

from townhall.chaos.load.clients import Client

VERSION = re.compile(r'name="version" value="(\d+)"')


class Officer(Client):
    """An officer at the desk. A reply that was not acknowledged is not sent again: a person would look first."""

    pause_seconds = 1.2

    def work(self, browser: httpx.Client) -> None:
        """Sign in, answer a few cases, resolve some of them."""
        self.send_form(browser, "/demo/as/officer/", {}, page="/demo/")
        for _ in range(6):
            references = self.journal.references()[-40:]
            if references and not self.ending.is_set():
                self.deal_with(browser, self.chance.choice(references))
            self.stopping.wait(self.pause_seconds)

    def deal_with(self, browser: httpx.Client, reference: str) -> None:
        """One case: a reply in words that everybody may read, and perhaps the end of it."""
        shown = self.insist(browser, "GET", f"/work/cases/{reference}/")
        if shown.status_code != 200:
            self.problems.append(f"{shown.status_code} at the case's page")
            return
        sending = self.journal.begin("reply")
        version = version_in(shown.text)
        fields = {"text": f"We have looked at {sending.mark} today", "is_public": "on", "version": version}
        try:
            token = self.token(shown)
            answer = self.ask(browser, "POST", f"/work/cases/{reference}/reply/", data={**token, **fields})
        except httpx.HTTPError:
            return
        if answer.status_code == 302 and "/work/" in answer.headers["Location"]:
            self.journal.acknowledge(sending, reference)
        if self.chance.random() < 0.4:
            self.send_form(browser, f"/work/cases/{reference}/resolve/", {"outcome": "fixed", "text": "Done."},
                           page=f"/work/cases/{reference}/")  # fmt: skip


def version_in(page: str) -> str:
    """The version of the case that the page shows; empty where it shows none."""
    found = VERSION.search(page)
    return found.group(1) if found else ""
