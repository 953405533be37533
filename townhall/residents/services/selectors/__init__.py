"""Services and applications as pages and other modules read them."""

from townhall.residents.services.selectors.addresses import find_addresses, known_address, points_of, words_at
from townhall.residents.services.selectors.applications import (
    applications_of,
    contact_known,
    facts,
    facts_in_json,
    in_the_making,
    of_case,
    rows_of,
    upload_of,
    whole_of,
)
from townhall.residents.services.selectors.copies import TooLong, copy_pdf
from townhall.residents.services.selectors.fields import asked_inside, found_addresses
from townhall.residents.services.selectors.listing import (
    Entry,
    files_of,
    live,
    live_version,
    running_on,
    search,
    versions_of,
)
from townhall.residents.services.selectors.shelf import browser_sheet, fees, package
from townhall.residents.services.selectors.standing import AccountRow, Standing, account_rows, standing, state_words
from townhall.residents.services.selectors.tasks import Doing, doings, result_of, task_fields
from townhall.residents.services.selectors.waiting import Button, ToDo, buttons, own_url, to_do, waits_for
from townhall.residents.services.selectors.words import day_of, language, span_words

__all__ = [
    "AccountRow",
    "Button",
    "Doing",
    "Entry",
    "Standing",
    "ToDo",
    "TooLong",
    "account_rows",
    "applications_of",
    "asked_inside",
    "browser_sheet",
    "buttons",
    "contact_known",
    "copy_pdf",
    "day_of",
    "doings",
    "facts",
    "facts_in_json",
    "fees",
    "files_of",
    "find_addresses",
    "found_addresses",
    "in_the_making",
    "known_address",
    "language",
    "live",
    "live_version",
    "of_case",
    "own_url",
    "package",
    "points_of",
    "result_of",
    "rows_of",
    "running_on",
    "search",
    "span_words",
    "standing",
    "state_words",
    "task_fields",
    "to_do",
    "upload_of",
    "versions_of",
    "waits_for",
    "whole_of",
    "words_at",
]
