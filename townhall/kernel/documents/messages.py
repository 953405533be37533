"""The words for a file that we do not take: what to do about it."""

from django.utils.translation import gettext_lazy as _

from townhall.kernel.documents.rules import MAX_BYTES, Refused

_WORDS = {
    "empty": _("The file is empty. Choose another."),
    "too_large": _("The file is larger than %(megabytes)s MB. Choose a smaller one."),
    "too_many_pixels": _("The picture has too many pixels. Choose a smaller one."),
    "heic": _("Your phone saved this photo as HEIC. Save or send it as JPEG, then add it again."),
    "not_accepted": _("Choose a photo (JPEG, PNG, WebP or GIF) or a PDF."),
    "damaged": _("The file cannot be opened. It may be damaged. Choose another."),
    "infected": _("The file contains a virus, so we have not kept it."),
}


def of(refused: Refused) -> str:
    """What to say about a refused file, in the reader's language."""
    return str(_WORDS[refused.reason]) % {"megabytes": MAX_BYTES // 1_000_000}
