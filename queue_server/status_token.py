"""The status token on the slip: the ticket's id and a keyed mark; nothing about it is stored."""

import base64
import binascii
import hashlib
import hmac

_ID_BYTES = 16
_MARK_BYTES = 16


def make(key: bytes, ticket_id: str) -> str:
    """The token of a ticket under the hall's key."""
    raw = bytes.fromhex(ticket_id)
    return base64.urlsafe_b64encode(raw + _mark(key, raw)).rstrip(b"=").decode()


def ticket_id(token: str) -> str | None:
    """The ticket id inside a token; None for what cannot be one."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw[:_ID_BYTES].hex() if len(raw) == _ID_BYTES + _MARK_BYTES else None


def genuine(key: bytes, token: str, ticket: str) -> bool:
    """Whether the token was made for this ticket, compared in constant time."""
    return hmac.compare_digest(make(key, ticket), token)


def _mark(key: bytes, raw: bytes) -> bytes:
    return hmac.new(key, raw, hashlib.sha256).digest()[:_MARK_BYTES]
