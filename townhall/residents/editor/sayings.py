"""What the editor's pages call things: changes, parts, kinds of questions and steps, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANGED = {
    "sheet": _("Changed what the service is"), "page_added": _("Added a page"), "page": _("Changed a page"),
    "page_moved": _("Moved a page"), "page_removed": _("Took a page out"), "question_added": _("Added a question"),
    "question": _("Changed a question"), "question_moved": _("Moved a question"),
    "question_removed": _("Took a question out"), "table_added": _("Added a table"), "table": _("Changed a table"),
    "step_added": _("Added a step"), "step": _("Changed a step"), "step_moved": _("Moved a step"),
    "step_removed": _("Took a step out"), "names": _("Changed what the process looks at"),
    "bookable_added": _("Added something to book"), "bookable": _("Changed what can be booked"),
    "bookable_removed": _("Took out something to book"),
    "message_added": _("Added a message"), "message": _("Changed a message"), "button": _("Changed a button"),
    "message_removed": _("Took a message out"), "document_added": _("Added a document"),
    "document": _("Changed a document"),
    "letter_added": _("Added a letter"), "letter": _("Changed a letter"), "example_added": _("Kept an example"),
    "file": _("Changed a file"), "file_added": _("Added a file"), "file_removed": _("Took a file out"),
    "brought": _("Brought in a file"), "undone": _("Took back"),
}  # fmt: skip
QUESTIONS = {
    "text": _("A few words"), "long_text": _("Several lines"), "number": _("Number"), "money": _("Money"),
    "date": _("Date"), "yes_no": _("Yes or no"), "radios": _("Choose one"), "select": _("Choose one of many"),
    "checkboxes": _("Choose several"), "matrix": _("One answer in each row"), "address": _("Address"),
    "place": _("Place on a map"), "files": _("Files"), "email": _("E-mail address"), "phone": _("Telephone number"),
    "ni_number": _("National Insurance number"), "bank_details": _("Bank account"), "declaration": _("Declaration"),
    "signature": _("Signature of somebody else"), "group": _("Group that repeats"),
    "calculated": _("Calculated, shown"), "hidden": _("Calculated, not shown"),
}  # fmt: skip
STEPS = {
    "task": _("A colleague does it"), "decision": _("A table decides"), "letter": _("A letter goes"),
    "payment": _("A payment"), "booking": _("A booking"), "document": _("A document"),
    "webhook": _("Another system is told"), "choice": _("Goes on by itself"), "wait": _("Waits"), "end": _("The end"),
}  # fmt: skip
PARTS = {
    "service": _("What it is"), "page": _("Page"), "question": _("Question"), "rule": _("Rule"), "table": _("Table"),
    "fee": _("Fee"), "step": _("Step"), "bookable": _("To book"), "letter": _("Letter"),
    "document": _("Document"), "button": _("Button"), "message": _("Message"), "partner": _("Partner"),
    "example": _("Example"), "file": _("File"),
}  # fmt: skip
SORTS = {
    "added": pgettext_lazy("a part of a service", "added"),
    "removed": pgettext_lazy("a part of a service", "taken out"),
    "changed": pgettext_lazy("a part of a service", "changed"),
    "moved": pgettext_lazy("a part of a service", "in another order"),
}  # fmt: skip
KEYS = {
    "label": _("Label"), "label_cy": _("Label in Welsh"), "hint": _("Hint"), "hint_cy": _("Hint in Welsh"),
    "called": _("What messages call it"), "called_cy": _("What messages call it, in Welsh"), "for": _("What it is for"),
    "for_cy": _("What it is for, in Welsh"), "item": _("What one is called"),
    "item_cy": _("What one is called, in Welsh"),
    "title": _("Title"), "title_cy": _("Title in Welsh"), "text": _("Text"), "text_cy": _("Text in Welsh"),
    "when": _("Asked when"), "type": _("Type"), "page": _("Page"), "required": _("Must be answered"),
    "options": _("Answers"), "must": _("Must hold"), "min": _("Least"), "max": _("Most"), "value": _("Value"),
    "subject_en": _("Subject"), "subject_cy": _("Subject in Welsh"), "body": _("Text"), "body_cy": _("Text in Welsh"),
    "name": _("Name"), "name_cy": _("Name in Welsh"), "kind": _("Kind"), "who": _("Who"), "due": _("Due"),
    "ways": _("What comes next"), "letters": _("Letters"), "service": _("Name"), "values": _("What it is handed"),
    "hit": _("How rules count"), "columns": _("Columns"), "summary": _("Summary"),
    "owner": _("Team that answers for it"),
    "monday": _("Monday"), "tuesday": _("Tuesday"), "wednesday": _("Wednesday"), "thursday": _("Thursday"),
    "friday": _("Friday"), "saturday": _("Saturday"), "sunday": _("Sunday"), "capacity": _("Bookings at one time"),
    "slot_minutes": _("Minutes of one booking"), "notice_days": _("Days of notice"), "ahead_days": _("Days ahead"),
    "hold_minutes": _("Minutes that a place is held while somebody pays"),
    "change_days": _("Days before, until which it can be moved or given up"),
    "fee": _("Fee"), "fee_about": _("About the fee"), "fee_about_cy": _("About the fee, in Welsh"),
    "target": _("Target"), "statutes": _("Law"), "form": _("Form"), "tells": _("What they can say"),
}  # fmt: skip
HITS = {
    "unique": _("Only one rule may fit"), "first": _("The first that fits"),
    "priority": _("The most important that fits"),
    "any": _("Any that fits: all say the same"), "collect": _("All that fit, together"),
    "rule order": _("All that fit, in their order"), "output order": _("All that fit, the most important first"),
}  # fmt: skip
TOTALS = {
    "": _("as a list"), "sum": _("added up"), "count": _("counted"), "min": _("the smallest"), "max": _("the largest"),
}  # fmt: skip
TYPES = {
    "number": _("Number"), "string": _("Text"), "boolean": _("Yes or no"), "date": _("Date"), "time": _("Time"),
    "date and time": _("Date and time"), "days and time duration": _("Days and hours"),
    "years and months duration": _("Years and months"),
}  # fmt: skip
STATES = {
    "live": _("Live"), "draft": _("Draft"), "review": _("Waiting for review"), "planned": _("Planned"),
    "shelf": _("Not offered"), "open": _("Draft"), "asked": _("Waiting for review"), "published": _("Published"),
    "dropped": _("Put away"),
}  # fmt: skip
REASONS = {
    "overtaken": _("Another version was published in the meantime. Compare again, and ask for review again."),
    "broken": _("It has mistakes that it did not have when it was approved."),
}  # fmt: skip
UNITS = {
    "days": _("days"), "working days": _("working days"), "weeks": _("weeks"), "months": _("months"),
    "years": _("years"), "hours": _("hours"),
}  # fmt: skip
DATA = {
    "public_task": _("Public task"), "legal_obligation": _("Legal obligation"), "consent": _("Consent"),
    "contract": _("Contract"), "vital_interests": _("Vital interests"),
    "legitimate_interests": _("Legitimate interests"),
}  # fmt: skip
SPECIAL = {
    "": _("None"), "explicit_consent": _("Explicit consent"), "social_protection": _("Social protection"),
    "vital_interests": _("Vital interests"), "legal_claims": _("Legal claims"),
    "substantial_public_interest": _("Substantial public interest"),
    "health_or_social_care": _("Health or social care"), "public_health": _("Public health"),
}  # fmt: skip
