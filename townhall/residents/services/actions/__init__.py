"""Everything that can be done with a service: publish it, fill in its form, keep that for later, send it, go on."""

from townhall.residents.services.actions.filling import (
    TooManyFiles,
    changing,
    forget_files,
    forget_old_applications,
    keep_file,
    keep_page,
    keep_typed,
    owner_of,
    start_application,
)
from townhall.residents.services.actions.publishing import publish
from townhall.residents.services.actions.saving import (
    CannotMail,
    TooManyLinks,
    application_of_link,
    mail_link,
    open_on,
    remind_of_applications,
)
from townhall.residents.services.actions.sending import NotReady, send_application

__all__ = [
    "CannotMail",
    "NotReady",
    "TooManyFiles",
    "TooManyLinks",
    "application_of_link",
    "changing",
    "forget_files",
    "forget_old_applications",
    "keep_file",
    "keep_page",
    "keep_typed",
    "mail_link",
    "open_on",
    "owner_of",
    "publish",
    "remind_of_applications",
    "send_application",
    "start_application",
]
