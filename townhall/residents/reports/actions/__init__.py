"""Everything that people do with reports."""
from townhall.residents.reports.actions.drafting import (
    MOST_PHOTOS,
    add_photo,
    forget_old_drafts,
    join_draft,
    owner_of,
    remove_photo,
    save_draft,
    send_draft,
    start_draft,
)
from townhall.residents.reports.actions.following import (
    confirm,
    follow,
    follower_key,
    follower_of_key,
    support,
    unfollow,
)
from townhall.residents.reports.actions.receiving import KIND, pass_on, receive_report
from townhall.residents.reports.actions.setting_up import Changed, save_category, set_up_categories
from townhall.residents.reports.actions.telling import (
    add_note,
    answer,
    hide_name,
    look_at_note,
    release,
    report_of_key,
    reporter_key,
    say,
)

__all__ = [
    "KIND",
    "MOST_PHOTOS",
    "Changed",
    "add_note",
    "add_photo",
    "answer",
    "confirm",
    "follow",
    "follower_key",
    "follower_of_key",
    "forget_old_drafts",
    "hide_name",
    "join_draft",
    "look_at_note",
    "owner_of",
    "pass_on",
    "receive_report",
    "release",
    "remove_photo",
    "report_of_key",
    "reporter_key",
    "save_category",
    "save_draft",
    "say",
    "send_draft",
    "set_up_categories",
    "start_draft",
    "support",
    "unfollow",
]
