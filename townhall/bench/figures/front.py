"""The first page: what it costs to make, what it weighs, whether it moves while it comes, what works without scripts.

What needs a browser is measured where Playwright is installed.
"""

import json
import subprocess
import sys
from importlib.util import find_spec

from townhall.bench.ground import Ground
from townhall.bench.loading import load
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

OPENED = 150
LOOKS = Figure("front_html", "kB", 30, "at most", "The first page's HTML, unpacked")
CPU = Figure("front_cpu", "ms of CPU", 5, "at most", "Server CPU of making the first page")
BROWSER = (
    Figure("front_all", "kB", 200, "at most", "The first page with all it loads, as sent over the wire, headers too"),
    Figure("front_moves", "layout shift", 0.001, "at most", "How much the first page moves while it comes"),
    Figure("front_unscripted", "of 3 things", 3, "at least", "Search, ask whose it is, report: before scripts arrive"),
)


@measurement("front", CPU, LOOKS, *(BROWSER if find_spec("playwright") else ()), order=60)
def front(ground: Ground) -> dict[str, float]:
    """Anyone opens the first page; a browser looks at it once."""
    server = ground.server()
    asked = [{"path": "/", "headers": {"Accept-Encoding": "gzip", "Accept-Language": "en"}}]
    ground.keep("front.warm", lambda: load(server.port, asked, total=8))
    cost = ground.cost(server, asked, total=ground.some(OPENED))
    html = len(ground.visitor().client.get("/").content) / 1000
    told = {"front_cpu": cost.server_ms, "front_html": html}
    if find_spec("playwright"):
        told |= ground.keep("front.look", lambda: look(server.url))
    return told


def look(url: str) -> dict[str, float]:
    """What a browser sees."""
    command = [sys.executable, "-m", "townhall.bench.looking", f"{url}/"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    for size, address in told["largest"]:
        sys.stderr.write(f"{size / 1000:8.1f} kB {address}\n")
    return {
        "front_all": told["bytes"] / 1000,
        "front_moves": told["moved"],
        "front_unscripted": told["works"],
    }
