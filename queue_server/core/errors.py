"""Refusals: a stable code and facts; the sentence a person reads is in the language files."""

from collections.abc import Iterable, Mapping, Sequence

Fact = str | int | tuple[str, ...] | tuple[Mapping[str, "Fact"], ...] | None


class Refusal(Exception):
    """An act the rules do not allow now; `code` is stable, `facts` fill the sentence for the reader."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts


class BadValue(ValueError):
    """A value that cannot be part of a hall, a ticket or a journal; `where` names the field.

    `way` leads to the value through the fields and places of what was to be made, as far as it is known.
    """

    def __init__(self, where: str, what: str, *way: str | int) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
        self.way = way


class BadValues(BadValue):
    """All that is wrong with something; it reads as the first of `every`."""

    def __init__(self, every: Sequence[BadValue]) -> None:
        super().__init__(every[0].where, every[0].what, *every[0].way)
        self.every = tuple(every)


def refuse(found: Iterable[BadValue]) -> None:
    """Raise `BadValues` with all that was found, if anything was."""
    every = list(found)
    if every:
        raise BadValues(every)
