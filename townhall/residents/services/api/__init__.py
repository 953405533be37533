"""Services for other systems: what there is, what each asks, sending an application and asking how it stands."""

from townhall.residents.services.api import applications, services

__all__ = ["applications", "services"]
