"""What goes wrong in upkeep, in words that say what to do."""


class UpkeepFailed(RuntimeError):
    """A backup, restore or upgrade that was not done; the message says why and what to do."""


class NeedsKey(UpkeepFailed):
    """No key, or not the one that opens this backup."""
