"""Published versions of services, applications for them, where their processes are, and what those have ordered."""

from townhall.residents.services.models.applications import KEPT_DAYS, KIND, REMIND_DAYS, Application, ApplicationLink
from townhall.residents.services.models.counts import Count
from townhall.residents.services.models.courses import Course
from townhall.residents.services.models.documents import APPLICANT, DocumentOrder
from townhall.residents.services.models.partners import PartnerAddress
from townhall.residents.services.models.signings import Signing
from townhall.residents.services.models.submissions import Submission
from townhall.residents.services.models.transfers import Transfer, TransferredCase
from townhall.residents.services.models.versions import Version
from townhall.residents.services.models.waiting import WaitingFile

__all__ = [
    "APPLICANT",
    "KEPT_DAYS",
    "KIND",
    "REMIND_DAYS",
    "Application",
    "ApplicationLink",
    "Count",
    "Course",
    "DocumentOrder",
    "PartnerAddress",
    "Signing",
    "Submission",
    "Transfer",
    "TransferredCase",
    "Version",
    "WaitingFile",
]
