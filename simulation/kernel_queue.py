"""Where the kernel keeps what waits: lanes as linked lists in order of place, deadlines as heaps of whole numbers."""

from simulation.compiled import compiled
from simulation.kernel_rows import KEY, NOBODY, Ints


@compiled
def link(m: Ints, lane: int, who: int, following: int) -> None:
    """Put a visitor into a lane, behind all of a smaller key; `following` and the next number of a row are its links.

    Nearly everybody stands behind nearly everybody else, so the place is looked for from the end.
    """
    key = m[who + KEY]
    before, after = m[lane + 1], NOBODY
    while before >= 0 and m[before + KEY] > key:
        before, after = m[before + following + 1], before
    m[who + following], m[who + following + 1] = after, before
    if before < 0:
        m[lane] = who
    else:
        m[before + following] = who
    if after < 0:
        m[lane + 1] = who
    else:
        m[after + following + 1] = who


@compiled
def unlink(m: Ints, lane: int, who: int, following: int) -> None:
    """Take a visitor out of a lane."""
    after, before = m[who + following], m[who + following + 1]
    if before < 0:
        m[lane] = after
    else:
        m[before + following] = after
    if after < 0:
        m[lane + 1] = before
    else:
        m[after + following + 1] = before


@compiled
def push(m: Ints, heap: int, key: int) -> None:
    """Add to a heap: its first number says how many it holds, the least of them comes next."""
    at = m[heap] + 1
    m[heap] = at
    while at > 1 and m[heap + (at >> 1)] > key:
        m[heap + at] = m[heap + (at >> 1)]
        at >>= 1
    m[heap + at] = key


@compiled
def pop(m: Ints, heap: int) -> int:
    """Take the least out of a heap that holds something."""
    least, size = m[heap + 1], m[heap]
    m[heap] = size - 1
    sink(m, heap, m[heap + size])
    return least


@compiled
def sink(m: Ints, heap: int, key: int) -> None:
    """Put a key in the place of the least."""
    size, at, below = m[heap], 1, 2
    while below <= size:
        if below < size and m[heap + below + 1] < m[heap + below]:
            below += 1
        if m[heap + below] >= key:
            break
        m[heap + at] = m[heap + below]
        at, below = below, 2 * below
    m[heap + at] = key
