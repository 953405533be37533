"""Everything that people do with reports."""

from townhall.residents.reports.actions.receiving import KIND, pass_on, receive_report
from townhall.residents.reports.actions.setting_up import Changed, save_category, set_up_categories

__all__ = ["KIND", "Changed", "pass_on", "receive_report", "save_category", "set_up_categories"]
