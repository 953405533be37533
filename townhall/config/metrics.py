"""Prometheus metrics of this process."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter("townhall_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram("townhall_request_seconds", "Time to answer", ["route"], registry=REGISTRY)
UNRELAYED = Gauge("townhall_events_unrelayed", "Events that wait for the relay", registry=REGISTRY)
OLDEST = Gauge("townhall_events_oldest_seconds", "Age of the oldest event that waits", registry=REGISTRY)
LETTERS = Gauge("townhall_letters", "Letters that failed, and that wait to be sent", ["state"], registry=REGISTRY)
REPLICA_SECONDS = Gauge("townhall_replica_seconds", "Seconds that the read replica is behind", registry=REGISTRY)
REPLICA_BYTES = Gauge("townhall_replica_bytes", "Bytes of log that the read replica is behind", registry=REGISTRY)
REPLICA_USED = Gauge("townhall_replica_used", "1 while lists and maps read from the replica", registry=REGISTRY)
