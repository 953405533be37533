"""Visitors with real sessions: they walk in by the demo's buttons and keep their cookies."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(slots=True)
class Visitor:
    """A browser's cookies, and the token that its forms carry."""

    client: httpx.Client
    token: str = ""

    def get(self, path: str) -> httpx.Response:
        """Open a page; its form's token is kept. Raises HTTPStatusError where it cannot be opened."""
        answer = self.client.get(path, follow_redirects=True).raise_for_status()
        if found := TOKEN.search(answer.text):
            self.token = found.group(1)
        return answer

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form, and follow where it leads. Raises HTTPStatusError where it is refused."""
        answer = self.client.post(path, data=fields | {"csrfmiddlewaretoken": self.token}, follow_redirects=True)
        return answer.raise_for_status()

    def body(self, **fields: str) -> str:
        """A form's fields with the token, urlencoded, for the loader."""
        return urlencode(fields | {"csrfmiddlewaretoken": self.token})

    @property
    def headers(self) -> dict[str, str]:
        """What the loader sends to be this visitor."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        return {"Accept-Language": "en", "Accept-Encoding": "gzip"} | ({"Cookie": cookies} if cookies else {})


def visit(url: str, role: str = "") -> Visitor:
    """A new visitor of the site, walked in as one of the demo's roles where it is named."""
    headers = {"Accept-Language": "en", "Referer": f"{url}/"}
    visitor = Visitor(httpx.Client(base_url=url, headers=headers, timeout=30))
    if role:
        visitor.get("/demo/")
        visitor.post(f"/demo/as/{role}/")
    return visitor
