"""Tokens: the id of a receipt, or the sender's own Idempotency-Key with the key that sent it."""
from uuid import UUID

from townhall.residents.open311.models import ApiKey, Receipt


def receipt_of(token: str, key: ApiKey | None) -> Receipt | None:
    """The receipt of a sent request. A sender that lost our answer finds its request by the word it sent it under."""
    requests = Receipt.objects.filter(is_update=False)
    if key and (own := requests.filter(api_key=key, key=token).first()):
        return own
    try:
        return requests.filter(pk=UUID(token)).first()
    except ValueError:
        return None
