"""Public reports and categories as JSON. Nothing here says who reported."""

from townhall.residents.reports.api import categories, reports

__all__ = ["categories", "reports"]
