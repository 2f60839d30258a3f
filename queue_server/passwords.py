"""Passwords: hashed and checked with argon2 in native threads, because each takes a tenth of a second."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.threadpool import ThreadPool

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash that is stored."""
    return _hasher.hash(password)


class Passwords:
    """Checks passwords beside the event loop, two at a time."""

    def __init__(self) -> None:
        self._pool = ThreadPool(2)
        self._nobody = ""

    def match(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; None for a name nobody has."""
        # Checked when nobody has that name, so that the answer takes as long as for a wrong password.
        self._nobody = self._nobody or self._pool.apply(hash_password, (secrets.token_urlsafe(16),))
        return bool(self._pool.apply(_check, (stored or self._nobody, password))) and stored is not None


def _check(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
