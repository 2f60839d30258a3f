"""Refusals: a stable code and facts; the sentence a person reads is in the language files."""

from collections.abc import Mapping

Fact = str | int | tuple[str, ...] | None


class Refusal(Exception):
    """An act the rules do not allow now; `code` is stable, `facts` fill the sentence for the reader."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts


class BadValue(ValueError):
    """A value that cannot be part of a hall, a ticket or a journal; `where` names the field."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
