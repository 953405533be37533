"""Published versions of services, applications for them, and where the process of each application is."""

from townhall.residents.services.models.applications import KEPT_DAYS, KIND, REMIND_DAYS, Application, ApplicationLink
from townhall.residents.services.models.courses import Course
from townhall.residents.services.models.signings import Signing
from townhall.residents.services.models.transfers import Transfer, TransferredCase
from townhall.residents.services.models.versions import Version

__all__ = [
    "KEPT_DAYS",
    "KIND",
    "REMIND_DAYS",
    "Application",
    "ApplicationLink",
    "Course",
    "Signing",
    "Transfer",
    "TransferredCase",
    "Version",
]
