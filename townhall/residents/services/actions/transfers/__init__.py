"""Running cases go on with another version of their service, in batches, and can be taken back."""

from townhall.residents.services.actions.transfers.beginning import begin_transfer, go_on, take_back

__all__ = ["begin_transfer", "go_on", "take_back"]
