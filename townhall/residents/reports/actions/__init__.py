"""Everything that people do with reports."""

from townhall.residents.reports.actions.receiving import KIND, pass_on, receive_report

__all__ = ["KIND", "pass_on", "receive_report"]
