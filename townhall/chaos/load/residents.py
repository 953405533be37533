"""Residents, who report on the pages with a session and a token, and follow what others reported."""

import re

import httpx

from townhall.chaos.load.clients import Client

MOST_PAGES = 40
REFERENCE = re.compile(r'class="rp-reference">([^<]+)<')
CONFIRM = re.compile(r"/reports/follow/[^\s\"<>]+")


class Resident(Client):
    """Somebody with a browser; every second one is signed in."""

    pause_seconds = 1.5

    def work(self, browser: httpx.Client) -> None:
        """Write one report and send it."""
        if self.number % 2:
            self.send_form(browser, "/demo/as/resident/", {}, page="/demo/")
        sending = self.journal.begin("pages")
        begun = self.send_form(browser, "/reports/new/", {"text": f"A test of {sending.mark} by the wall"})
        address = begun.headers.get("Location", "")
        for _ in range(MOST_PAGES):
            if address.endswith("/sent/"):
                shown = self.insist(browser, "GET", address)
                found = REFERENCE.search(shown.text)
                self.journal.acknowledge(sending, found.group(1).strip() if found else "")
                return
            address = self.page(browser, address, sending.mark)
        self.journal.forget(sending)
        self.problems.append(f"never came to the end of a report: {address}")

    def page(self, browser: httpx.Client, address: str, mark: str) -> str:
        """Fill in one page; where it leads."""
        place = self.chance.choice(self.installation.places)
        fields = {
            "category": {"category": self.installation.category},
            "where": {"found": f"{place.easting},{place.northing}", "asset": "none", "do": "continue"},
            "contact": {"how": "details", "name": "Sam Hill", "email": f"{mark}@example.org", "phone": ""},
        }.get(address.rstrip("/").rpartition("/")[2], {"do": "continue"})
        answer = self.send_form(browser, address, fields)
        return answer.headers.get("Location", address)


class Follower(Client):
    """Somebody who follows reports by e-mail, and answers the letter that asks whether they meant it."""

    pause_seconds = 2.0

    def work(self, browser: httpx.Client) -> None:
        """Ask to follow a report of the last few, then confirm what letters have come meanwhile."""
        references = self.journal.references()[-30:]
        if references:
            reference = self.chance.choice(references)
            email = f"follower{self.chance.randrange(10**9)}@example.org"
            self.send_form(browser, f"/reports/{reference}/follow/", {"email": email}, page=f"/reports/{reference}/")
        for link in self.installation.links(CONFIRM, most=3):
            self.send_form(browser, link, {})
