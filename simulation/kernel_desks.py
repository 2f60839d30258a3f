"""The kernel's windows: they open, finish their visitor, close; and the time they were open and busy."""

from simulation.compiled import compiled
from simulation.kernel_rows import (
    BUSINESSES,
    BUSY_MS,
    CELL,
    CHANGED_AT,
    CLOSING,
    DESK,
    DESK_PLACE,
    DONE,
    HAS_TIES,
    HERE_SINCE,
    IDLE,
    IDLE_NOW,
    IDLE_PLACE,
    IDLE_SINCE,
    NEVER,
    NEXT_DONE,
    NOBODY,
    NUMBER_BITS,
    OPEN,
    OPEN_MS,
    OWN,
    OWN_NEXT,
    SINCE,
    UNTIL,
    VISITOR,
    WINDOW_CLOSED,
    WINDOW_OPENED,
    WINDOWS,
    Ints,
)
from simulation.kernel_waiting import call_soon, tell, watch_tie


@compiled
def overlap(m: Ints, start: int, end: int) -> int:
    """How much (ms) of a stretch counts: between warm-up and horizon."""
    return max(0, min(end, m[UNTIL]) - max(start, m[SINCE]))


@compiled
def open_desk(m: Ints, desk: int, now: int) -> None:
    """It is to be open from now on; one that was to close and is not done yet simply goes on."""
    m[desk + CLOSING] = 0
    if m[desk + OPEN] == 0:
        m[desk + OPEN], m[desk + CHANGED_AT] = 1, now
        tell(m, WINDOW_OPENED, NOBODY, desk, now)
        stand_idle(m, desk, now)


@compiled
def close_desk(m: Ints, desk: int, now: int) -> None:
    """It is to close, once its visitor is done."""
    m[desk + CLOSING] = 1
    if m[desk + VISITOR] < 0:
        shut(m, desk, now)


@compiled
def shut(m: Ints, desk: int, now: int) -> None:
    """It calls nobody from now on, and the ties to it may end."""
    m[desk + OPEN_MS] += overlap(m, m[desk + CHANGED_AT], now)
    m[desk + OPEN] = m[desk + CLOSING] = 0
    m[desk + CHANGED_AT] = now
    not_idle(m, desk)
    tell(m, WINDOW_CLOSED, NOBODY, desk, now)
    if m[HAS_TIES]:
        for b in range(m[BUSINESSES]):
            who = m[desk + DESK + b * CELL + OWN]
            while who >= 0:
                watch_tie(m, who)
                who = m[who + OWN_NEXT]


@compiled
def stand_idle(m: Ints, desk: int, now: int) -> None:
    """Nobody is there from now on."""
    many = m[IDLE_NOW]
    m[desk + IDLE_SINCE], m[desk + IDLE_PLACE] = now, many
    m[m[IDLE] + many] = desk
    m[IDLE_NOW] = many + 1
    call_soon(m)


@compiled
def not_idle(m: Ints, desk: int) -> None:
    """The window is not among the idle any more."""
    place = m[desk + IDLE_PLACE]
    if place >= 0:
        m[IDLE_NOW] -= 1
        moved = m[m[IDLE] + m[IDLE_NOW]]
        m[m[IDLE] + place], m[moved + IDLE_PLACE] = moved, place
        m[desk + IDLE_PLACE] = NOBODY


@compiled
def done_at(m: Ints, desk: int, at: int) -> None:
    """The visitor there is done then, or it is time to call again; NEVER when nobody is there.

    Windows are few, so the first to be done is found by looking at them all.
    """
    place, key = m[DONE] + m[desk + DESK_PLACE], (at << NUMBER_BITS) + desk
    before, m[place] = m[place], key
    if key <= m[NEXT_DONE]:
        m[NEXT_DONE] = key
    elif before == m[NEXT_DONE]:
        for other in range(m[DONE], m[DONE] + m[WINDOWS]):
            key = min(key, m[other])
        m[NEXT_DONE] = key


@compiled
def free(m: Ints, desk: int, now: int) -> None:
    """Its visitor has gone: it closes if it was to, or calls the next."""
    m[desk + BUSY_MS] += overlap(m, m[m[desk + VISITOR] + HERE_SINCE], now)
    m[desk + VISITOR] = NOBODY
    done_at(m, desk, NEVER)
    if m[desk + CLOSING]:
        shut(m, desk, now)
    else:
        stand_idle(m, desk, now)
