"""Files that wait for what they were chosen for, as whoever chose them sees them."""

from datetime import datetime
from typing import Any

from townhall.residents.services.models import WaitingFile
from townhall.residents.services.rules import Choosing


def waiting_files(choosing: Choosing, at: datetime) -> dict[str, dict[str, Any]]:
    """What is known of each by its key, as an application has it of its own."""
    return {str(each.pk): dict(each.told) for each in WaitingFile.objects.chosen(choosing).filter(until__gt=at)}
