"""Logs as one JSON object a line, without personal data: what happened and where, never what was sent."""

import logging
from datetime import UTC, datetime

import msgspec

FIELDS = ("request_id", "route", "status", "milliseconds", "event", "count", "part")


class JsonLines(logging.Formatter):
    """Formats a record as JSON: at, level, logger, message, our own fields, and the type and place of an error.

    An exception's own words are left out: they often quote what a person typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON for `record`."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg
            if isinstance(record.msg, str) and record.name.startswith("django")
            else record.getMessage(),
        }
        line |= {field: getattr(record, field) for field in FIELDS if hasattr(record, field)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__qualname__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                line["where"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        return msgspec.json.encode(line).decode()
