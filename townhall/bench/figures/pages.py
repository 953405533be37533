"""The public page of a report, for anyone."""

from townhall.bench.ground import Ground
from townhall.bench.loading import load
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

OPENED = 120
SOME = "select reference from cases_case where is_public and joined_to_id is null order by md5(reference) limit 240"


@measurement("report", Figure("report_p95", "ms", 50, "at most", "The public page of a report, any of them"), order=50)
def report(ground: Ground) -> dict[str, float]:
    """A visitor opens reports from all over the place and the year, others each time."""
    server = ground.server()
    references = ground.keep("reports", lambda: [reference for (reference,) in ground.rows(SOME)])
    requests = [{"path": f"/reports/{reference}/"} for reference in references]
    shift = ground.round * OPENED % len(requests)
    requests = requests[shift:] + requests[:shift]
    ground.keep("reports.warm", lambda: load(server.port, requests[:10]))
    return {"report_p95": load(server.port, requests, total=ground.some(OPENED)).within(95)}
