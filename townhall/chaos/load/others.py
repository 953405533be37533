"""Other systems, which send reports by Open311 under a word of their own, and send again until they are answered."""

from uuid import uuid4

import httpx

from townhall.chaos.load.clients import Client

ADDRESS = "/open311/v2/requests.json"


class Sender(Client):
    """One other system."""

    pause_seconds = 0.7

    def work(self, browser: httpx.Client) -> None:
        """Send one report; one of four is sent again after it was acknowledged, as careless clients do.

        Each sending goes by the hot lane or by the pages' own, so that one may have to know what the other took.
        """
        place = self.chance.choice(self.installation.places)
        sending = self.journal.begin("open311")
        form = {
            "service_code": self.installation.category, "description": f"A test of {sending.mark} by the wall",
            "lat": place.lat, "long": place.long, "email": f"{sending.mark}@example.org", "first_name": "Sam",
            "last_name": "Hill",
        }  # fmt: skip
        headers = {"X-Api-Key": self.installation.key, "Idempotency-Key": str(uuid4())}
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            port = self.chance.choice((self.installation.hot_port, self.installation.hot_port, self.installation.port))
            address = f"http://127.0.0.1:{port}{ADDRESS}"
            answer = self.insist(browser, "POST", address, data=form, headers=headers)
            if answer.status_code not in {200, 201}:
                self.problems.append(f"{answer.status_code} {answer.text[:200]}")
                self.journal.forget(sending)
                return
            self.journal.acknowledge(sending, answer.json()[0]["service_request_id"])
