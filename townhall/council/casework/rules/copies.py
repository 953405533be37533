"""What can be sent to somebody who rang: which letter, by which channel."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Copy:
    """A letter and the one channel it goes by."""

    letter: str
    channel: str


COPIES: Final[dict[str, Copy]] = {
    "reference_sms": Copy("call_reference", "sms"),
    "reference_email": Copy("call_reference", "email"),
    "copy_email": Copy("call_copy", "email"),
    "copy_post": Copy("call_copy", "post"),
}
"""By the code of their tick."""
