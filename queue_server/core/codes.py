"""Short codes that people read from a slip and type: no letter that looks like another, and a check letter."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
LENGTH = 7
SPACE = len(ALPHABET) ** (LENGTH - 1)
_SAME = str.maketrans({"0": "D", "O": "D", "1": "L", "I": "L", "Z": "2", " ": None, "-": None})


def code(number: int) -> str:
    """The code of a number from 0 up to `SPACE`; a single wrong letter, or two exchanged ones, never give another."""
    letters = [number // len(ALPHABET) ** place % len(ALPHABET) for place in reversed(range(LENGTH - 1))]
    return "".join(ALPHABET[letter] for letter in [*letters, _check(letters)])


def typed(text: str) -> str | None:
    """The code somebody typed, spaces and small letters allowed; None when it cannot be one."""
    said = text.upper().translate(_SAME)
    if len(said) != LENGTH or any(letter not in ALPHABET for letter in said):
        return None
    *letters, check = (ALPHABET.index(letter) for letter in said)
    return said if _check(letters) == check else None


def _check(letters: list[int]) -> int:
    # With the check letter's own weight of 1 the weighted sum is a multiple of 31. That is prime and every weight
    # differs, so one wrong letter and two exchanged ones always change it.
    return -sum((place + 2) * letter for place, letter in enumerate(letters)) % len(ALPHABET)
