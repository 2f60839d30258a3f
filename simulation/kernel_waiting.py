"""The kernel's queue: who enters it, who goes, what happens to those who wait by itself, and what is told of it."""

from queue_server.core import arithmetic
from simulation.compiled import compiled
from simulation.kernel_queue import link, push, unlink
from simulation.kernel_rows import (
    AFFINITY_RELEASE,
    ALARMS,
    BUSINESS,
    BUSINESS_ROW,
    BUSINESS_ROWS,
    CALLS_ARE_DUE,
    CELL,
    CHANGED_AT,
    DESK,
    ENTERED,
    ENTERED_AT,
    FREE,
    IDLE_NOW,
    KEY,
    KIND_BITS,
    LEAVES,
    LEFT,
    LINED,
    LINED_NOW,
    LINED_PLACE,
    LINED_UP,
    NEXT,
    NOBODY,
    NOT_BEFORE,
    NUMBER_BITS,
    OPEN,
    OWN,
    OWN_NEXT,
    PLACE,
    RIPE,
    STATE,
    STEP,
    STEPS,
    STEPS_END,
    TIE,
    TIE_RELEASE,
    TIED,
    TOLD,
    TOLD_NOW,
    TOLD_ROW,
    WAITING,
    Ints,
)

release_at = compiled(arithmetic.release_at)


@compiled
def tell(m: Ints, act: int, who: int, window: int, now: int) -> None:
    """Write an entry, where somebody wants to read it; `who` or `window` may be NOBODY."""
    line = m[TOLD]
    if line < 0:
        return
    line += m[TOLD_NOW] * TOLD_ROW
    m[line], m[line + 1], m[line + 2], m[line + 3] = act, who, window, now
    m[TOLD_NOW] += 1


@compiled
def alarm(m: Ints, at: int, kind: int, who: int) -> None:
    """Something may become due for a visitor."""
    push(m, m[ALARMS], (((at << KIND_BITS) + kind) << NUMBER_BITS) + who)


@compiled
def enter(m: Ints, who: int, place: int, now: int) -> None:
    """A visitor begins to wait at a place (ms after midnight), behind those with the same place who came before."""
    m[ENTERED] += 1
    m[who + STATE], m[who + ENTERED_AT] = WAITING, now
    m[who + KEY] = (place << PLACE) + m[ENTERED]
    m[who + RIPE] = m[who + STEP] = 0
    line_up(m, who)
    watch_step(m, who)
    if m[who + TIE] >= 0:
        watch_tie(m, who)
    call_soon(m)


@compiled
def call_soon(m: Ints) -> None:
    """Everything else of this instant comes first, so that a window chooses among all who are there."""
    if m[IDLE_NOW] > 0:
        m[CALLS_ARE_DUE] = 1


@compiled
def line_up(m: Ints, who: int) -> None:
    """Into the lane of the business; who is tied into that of the tied, and into that of the window they belong to."""
    b, tie = m[who + BUSINESS], m[who + TIE]
    business = m[BUSINESS_ROWS] + b * BUSINESS_ROW
    if m[business + LINED_UP] == 0:
        m[m[LINED] + m[LINED_NOW]], m[business + LINED_PLACE] = b, m[LINED_NOW]
        m[LINED_NOW] += 1
    m[business + LINED_UP] += 1
    if tie < 0:
        link(m, business + FREE, who, NEXT)
    else:
        link(m, business + TIED, who, NEXT)
        link(m, tie + DESK + b * CELL + OWN, who, OWN_NEXT)


@compiled
def fall_out(m: Ints, who: int) -> None:
    """A visitor waits no more: out of the lanes."""
    b, tie = m[who + BUSINESS], m[who + TIE]
    business = m[BUSINESS_ROWS] + b * BUSINESS_ROW
    m[business + LINED_UP] -= 1
    if m[business + LINED_UP] == 0:
        m[LINED_NOW] -= 1
        moved, place = m[m[LINED] + m[LINED_NOW]], m[business + LINED_PLACE]
        m[m[LINED] + place] = moved
        m[m[BUSINESS_ROWS] + moved * BUSINESS_ROW + LINED_PLACE] = place
    if tie < 0:
        unlink(m, business + FREE, who, NEXT)
    else:
        unlink(m, business + TIED, who, NEXT)
        unlink(m, tie + DESK + b * CELL + OWN, who, OWN_NEXT)


@compiled
def first(m: Ints, lane: int, following: int, now: int) -> int:
    """The first of a lane; those whose patience ended before now are found gone when they come to its head."""
    who = m[lane]
    while who >= 0 and m[who + LEAVES] < now:
        after = m[who + following]
        m[who + STATE] = LEFT
        fall_out(m, who)
        who = after
    return who


@compiled
def is_waiting(m: Ints, who: int, now: int) -> bool:
    """Whether a visitor waits: whose patience ends at this very instant still does."""
    return m[who + STATE] == WAITING and m[who + LEAVES] >= now


@compiled
def next_step(m: Ints, who: int) -> int:
    """The next length of wait that lets another window in which holds back; NOBODY without one."""
    business = m[BUSINESS_ROWS] + m[who + BUSINESS] * BUSINESS_ROW
    at = m[business + STEPS] + m[who + STEP]
    return m[at] if at < m[business + STEPS_END] else NOBODY


@compiled
def watch_step(m: Ints, who: int) -> None:
    """Set the alarm for the next window that may come to help."""
    step = next_step(m, who)
    if step >= 0:
        alarm(m, m[who + ENTERED_AT] + step, NOT_BEFORE, who)


@compiled
def watch_tie(m: Ints, who: int) -> None:
    """Set the alarm for the end of a tie, while its window is closed."""
    desk = m[who + TIE]
    if m[desk + OPEN] == 0:
        at = release_at(m[desk + CHANGED_AT], m[who + ENTERED_AT], m[AFFINITY_RELEASE])
        alarm(m, at, TIE_RELEASE, who)
